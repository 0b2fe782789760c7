//! Every rule of the attributes, and its message.

use proc_macro2::Span;
use syn::{Error, Ident, LitStr, Path, parse_quote};

use crate::attribute::{Attributes, Item, Value};
use crate::fault::Faults;
use crate::input::{Data, Fields};
use crate::model::{Default, Mask, Show};

/// What the attributes of a type say.
pub(crate) struct Container {
    pub(crate) default: Default,
    pub(crate) krate: Path,
    pub(crate) hide_variant: bool,
    pub(crate) wipe: bool,
    pub(crate) serialize: bool,
    pub(crate) display: Option<LitStr>,
}

pub(crate) fn container(attributes: &Attributes, data: &Data, faults: &mut Faults) -> Container {
    let mut container = Container {
        default: Default::Decide,
        krate: parse_quote!(::secret_core),
        hide_variant: false,
        wipe: false,
        serialize: false,
        display: None,
    };
    for span in &attributes.bare {
        faults.add(
            *span,
            "on a type, say what to redact: `#[redact(all)]` marks every field",
        );
    }
    for item in without_duplicates(attributes, faults) {
        match (item.name.as_str(), &item.value) {
            ("all", _) => set_default(&mut container, item, Default::Redacted, faults),
            ("default", Value::Path(path)) if path.is_ident("safe") => {
                set_default(&mut container, item, Default::Safe, faults);
            }
            ("default", _) => faults.add(item.span, "the only default is `default = safe`"),
            ("crate", Value::Path(path)) => container.krate = path.clone(),
            ("zeroize", _) => container.wipe = true,
            ("serialize", _) => container.serialize = true,
            ("variant", _) if matches!(data, Data::Enum(_)) => container.hide_variant = true,
            ("variant", _) => faults.add(
                item.span,
                "`variant` hides which variant it is, and this is no enum",
            ),
            ("display", _) if matches!(data, Data::Enum(_)) => faults.add(
                item.span,
                "an enum has one template a variant: write `#[redact(display = \"…\")]` on each variant",
            ),
            ("display", Value::Text(template)) => container.display = Some(template.clone()),
            (name, _) => faults.add(
                item.span,
                format!("`{name}` is an option of a field: write it on the field"),
            ),
        }
    }
    if container.hide_variant {
        if let Some(item) = attributes
            .items
            .iter()
            .find(|item| matches!(item.name.as_str(), "all" | "default"))
        {
            faults.add(
                item.span,
                format!("`variant` hides every field: drop `{}`", item.name),
            );
        }
        container.default = Default::Redacted;
    }
    container
}

fn set_default(container: &mut Container, item: &Item, default: Default, faults: &mut Faults) {
    if !matches!(container.default, Default::Decide) {
        faults.add(
            item.span,
            "`all` and `default = safe` contradict each other: keep one",
        );
    }
    container.default = default;
}

/// What the attributes of a variant say.
pub(crate) struct Variant {
    /// Fields that say nothing are redacted.
    pub(crate) redacted: bool,
    pub(crate) display: Option<LitStr>,
}

pub(crate) fn variant(attributes: &Attributes, fields: &Fields, faults: &mut Faults) -> Variant {
    if let (Some(span), true) = (attributes.bare.first(), fields.list().is_empty()) {
        faults.add(
            *span,
            "the variant has no fields to redact; `#[redact(variant)]` on the type hides which variant it is",
        );
    }
    let mut display = None;
    for item in without_duplicates(attributes, faults) {
        match (item.name.as_str(), &item.value) {
            ("display", Value::Text(template)) => display = Some(template.clone()),
            (name, _) => faults.add(
                item.span,
                format!(
                    "`{name}` is no option of a variant: it takes `#[redact]`, which marks all its fields, or `display`"
                ),
            ),
        }
    }
    Variant {
        redacted: !attributes.bare.is_empty(),
        display,
    }
}

/// A template on one variant asks for one on all, and for an enum that shows which variant it is.
pub(crate) fn templates(
    variants: &[(&Ident, Option<LitStr>)],
    hide_variant: bool,
    faults: &mut Faults,
) {
    let Some(first) = variants.iter().find_map(|(_, template)| template.as_ref()) else {
        return;
    };
    if hide_variant {
        faults.add(
            first.span(),
            "`display` would show which variant it is, and `variant` on the type hides it: keep one",
        );
        return;
    }
    for (name, _) in variants.iter().filter(|(_, template)| template.is_none()) {
        faults.add(
            name.span(),
            format!(
                "the variant `{name}` has no template, and others have: write `#[redact(display = \"…\")]` on it"
            ),
        );
    }
}

/// What the attributes of a field say, or nothing where there are none.
pub(crate) fn field(attributes: &Attributes, faults: &mut Faults) -> Option<Show> {
    let mut items = without_duplicates(attributes, faults);
    items.retain(|item| {
        let of_type = matches!(
            item.name.as_str(),
            "all" | "default" | "variant" | "crate" | "display" | "serialize" | "zeroize"
        );
        if of_type {
            faults.add(
                item.span,
                format!(
                    "`{}` is an option of a type: write it above the `struct` or `enum`",
                    item.name
                ),
            );
        }
        !of_type
    });
    if let (Some(_), Some(item)) = (attributes.bare.first(), items.first()) {
        faults.add(
            item.span,
            "the field is already marked `#[redact]`: keep one of the two",
        );
    }
    if let [_, second, ..] = items.as_slice()
        && !items
            .iter()
            .all(|item| matches!(item.name.as_str(), "first" | "last"))
    {
        let names: Vec<_> = items
            .iter()
            .map(|item| format!("`{}`", item.name))
            .collect();
        faults.add(
            second.span,
            format!(
                "{} contradict each other: a field is shown in one way",
                names.join(" and ")
            ),
        );
    }
    show(&items, faults).or(attributes.bare.first().map(|_| Show::Redacted))
}

fn show(items: &[&Item], faults: &mut Faults) -> Option<Show> {
    let item = items.first()?;
    Some(match (item.name.as_str(), &item.value) {
        ("safe", _) => Show::Safe,
        ("email", _) => Show::Masked(Mask::Email),
        ("url", _) => Show::Masked(Mask::Url),
        ("fingerprint", _) => Show::Masked(Mask::Fingerprint),
        ("with", Value::Path(path)) => Show::With(path.clone()),
        ("fixed", Value::Number(stars)) => {
            if *stars == 0 {
                faults.add(
                    item.span,
                    "`fixed = 0` would show nothing at all: write how many stars, or `#[redact]` alone",
                );
            }
            Show::Masked(Mask::Fixed(*stars))
        }
        _ => {
            let (first, last) = (characters(items, "first"), characters(items, "last"));
            if first == 0 && last == 0 {
                faults.add(
                    item.span,
                    "this shows no character: write `#[redact]` alone",
                );
            }
            Show::Masked(Mask::FirstLast { first, last })
        }
    })
}

/// Under `variant` a mark would be dropped silently, but `safe` still says which fields are not wiped.
pub(crate) fn under_hidden_variant(attributes: &Attributes, wipe: bool, faults: &mut Faults) {
    if let Some(item) = attributes
        .items
        .iter()
        .find(|item| !(wipe && item.name == "safe"))
    {
        faults.add(
            item.span,
            format!(
                "`variant` on the type hides every field: drop `{}`",
                item.name
            ),
        );
    }
}

pub(crate) fn union(union: Span) -> Error {
    Error::new(
        union,
        "`Redact` cannot be derived for a union: which field is valid is not known; wrap it in a `Secret` or `Redacted`",
    )
}

pub(crate) fn unsupported_serde(name: &Ident) -> Error {
    Error::new(
        name.span(),
        format!(
            "`redact(serialize)` writes the type itself and cannot follow serde's `{name}`: put both on the type that is written"
        ),
    )
}

pub(crate) fn serde_with_on_variant(variant: &Ident) -> Error {
    Error::new(
        variant.span(),
        "`redact(serialize)` cannot follow a function that writes a whole variant: write the function on its fields",
    )
}

/// The options, each the first time it is given.
fn without_duplicates<'a>(attributes: &'a Attributes, faults: &mut Faults) -> Vec<&'a Item> {
    for span in attributes.bare.iter().skip(1) {
        faults.add(*span, "`#[redact]` is given twice");
    }
    let mut kept: Vec<&Item> = Vec::new();
    for item in &attributes.items {
        if kept.iter().any(|earlier| earlier.name == item.name) {
            faults.add(item.span, format!("`{}` is given twice", item.name));
        } else {
            kept.push(item);
        }
    }
    kept
}

fn characters(items: &[&Item], name: &str) -> usize {
    match items
        .iter()
        .find(|item| item.name == name)
        .map(|item| &item.value)
    {
        Some(Value::Number(characters)) => *characters,
        _ => 0,
    }
}
