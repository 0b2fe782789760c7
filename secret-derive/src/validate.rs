//! Every rule of the attributes, and its message.

use syn::{Data, DataUnion, Error, LitInt, Path, Result, parse_quote};

use crate::attribute::{Attributes, Item, Value};
use crate::model::{Default, Show};

/// What the attributes of a type say.
pub(crate) struct Container {
    pub(crate) default: Default,
    pub(crate) krate: Path,
    pub(crate) hide_variant: bool,
}

impl std::default::Default for Container {
    fn default() -> Self {
        Self {
            default: Default::Decide,
            krate: parse_quote!(::secret_core),
            hide_variant: false,
        }
    }
}

pub(crate) fn container(attributes: &Attributes, data: &Data) -> Result<Container> {
    if let Some(span) = attributes.bare {
        return Err(Error::new(
            span,
            "on a type, say what to redact: `#[redact(all)]` marks every field",
        ));
    }
    no_duplicates(&attributes.items)?;
    let mut container = Container::default();
    for item in &attributes.items {
        match (item.name.as_str(), &item.value) {
            ("all", _) => set_default(&mut container, item, Default::Redacted)?,
            ("default", Value::Path(path)) if path.is_ident("safe") => {
                set_default(&mut container, item, Default::Safe)?;
            }
            ("default", _) => {
                return Err(Error::new(
                    item.span,
                    "the only default is `default = safe`",
                ));
            }
            ("crate", Value::Path(path)) => container.krate = path.clone(),
            ("variant", _) if matches!(data, Data::Enum(_)) => container.hide_variant = true,
            ("variant", _) => {
                return Err(Error::new(
                    item.span,
                    "`variant` hides which variant it is, and this is no enum",
                ));
            }
            (name, _) => {
                return Err(Error::new(
                    item.span,
                    format!("`{name}` is an option of a field: write it on the field"),
                ));
            }
        }
    }
    if container.hide_variant {
        container.default = Default::Redacted;
    }
    Ok(container)
}

fn set_default(container: &mut Container, item: &Item, default: Default) -> Result<()> {
    if !matches!(container.default, Default::Decide) {
        return Err(Error::new(
            item.span,
            "`all` and `default = safe` contradict each other: keep one",
        ));
    }
    container.default = default;
    Ok(())
}

/// What the attributes of a field say, or nothing where there are none.
pub(crate) fn field(attributes: &Attributes) -> Result<Option<Show>> {
    no_duplicates(&attributes.items)?;
    if let (Some(_), Some(item)) = (attributes.bare, attributes.items.first()) {
        return Err(Error::new(
            item.span,
            "the field is already marked `#[redact]`: keep one of the two",
        ));
    }
    if let [_, .., second] = attributes.items.as_slice()
        && !attributes
            .items
            .iter()
            .all(|item| matches!(item.name.as_str(), "first" | "last"))
    {
        let names: Vec<_> = attributes
            .items
            .iter()
            .map(|item| format!("`{}`", item.name))
            .collect();
        let message = format!(
            "{} contradict each other: a field is shown in one way",
            names.join(" and ")
        );
        return Err(Error::new(second.span, message));
    }
    let Some(item) = attributes.items.first() else {
        return Ok(attributes.bare.map(|_| Show::Redacted));
    };
    Ok(Some(match (item.name.as_str(), &item.value) {
        ("safe", _) => Show::Safe,
        ("email", _) => Show::Email,
        ("url", _) => Show::Url,
        ("fingerprint", _) => Show::Fingerprint,
        ("fixed", Value::Number(stars)) => Show::Fixed(number(stars)?),
        ("with", Value::Path(path)) => Show::With(path.clone()),
        ("first" | "last", _) => Show::FirstLast {
            first: characters(&attributes.items, "first")?,
            last: characters(&attributes.items, "last")?,
        },
        (name, _) => {
            return Err(Error::new(
                item.span,
                format!("`{name}` is an option of a type: write it above the `struct` or `enum`"),
            ));
        }
    }))
}

pub(crate) fn union(data: &DataUnion) -> Error {
    Error::new(
        data.union_token.span,
        "`Redact` cannot be derived for a union: which field is valid is not known; wrap it in a `Secret` or `Redacted`",
    )
}

fn no_duplicates(items: &[Item]) -> Result<()> {
    for (index, item) in items.iter().enumerate() {
        if items[..index]
            .iter()
            .any(|earlier| earlier.name == item.name)
        {
            return Err(Error::new(
                item.span,
                format!("`{}` is given twice", item.name),
            ));
        }
    }
    Ok(())
}

fn characters(items: &[Item], name: &str) -> Result<usize> {
    match items
        .iter()
        .find(|item| item.name == name)
        .map(|item| &item.value)
    {
        Some(Value::Number(literal)) => number(literal),
        _ => Ok(0),
    }
}

fn number(literal: &LitInt) -> Result<usize> {
    literal.base10_parse()
}
