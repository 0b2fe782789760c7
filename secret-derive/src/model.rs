//! What a type is made of, and what is decided about each of its fields.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Error, Generics, Ident, Index, LitStr, Member, Path};

use crate::attribute::Attributes;
use crate::fault::Faults;
use crate::input::{self, Data, Fields, Input};
use crate::template::Template;
use crate::validate;
use crate::words::looks_secret;

pub(crate) struct Model<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) generics: &'a Generics,
    /// Where the support code lives, `::secret_core` unless the user says otherwise.
    pub(crate) krate: Path,
    pub(crate) hide_variant: bool,
    /// Marked fields are wiped on drop.
    pub(crate) wipe: bool,
    /// Whether there are views for serde.
    pub(crate) serialize: bool,
    pub(crate) body: Body<'a>,
}

pub(crate) enum Body<'a> {
    Struct(Shape<'a>),
    Enum(Vec<Shape<'a>>),
}

/// A struct, or one variant of an enum.
pub(crate) struct Shape<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) kind: Kind,
    pub(crate) fields: Vec<Field<'a>>,
    /// What `Display` writes, if the user gave a template.
    pub(crate) display: Option<Template>,
}

/// A type that breaks a rule, with what its fallback needs.
pub(crate) struct Faulty {
    pub(crate) errors: Error,
    pub(crate) krate: Path,
    /// The user gave a template, so code that displays the type is not at fault.
    pub(crate) display: bool,
    /// Likewise code that serialises it.
    pub(crate) serialize: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Named,
    Tuple,
    Unit,
}

pub(crate) struct Field<'a> {
    pub(crate) member: Member,
    pub(crate) ty: &'a TokenStream,
    pub(crate) span: Span,
    pub(crate) show: Show,
    /// Whether the type may have no size known to the compiler.
    pub(crate) is_unsized: bool,
}

/// What is printed of a field.
pub(crate) enum Show {
    /// Its own `Debug`, since its type is `LogSafe`.
    LogSafe,
    /// Its own `Debug`, since its type redacts itself, as its name demands.
    Redacting,
    /// Its own `Debug`, by decision.
    Safe,
    /// A placeholder.
    Redacted,
    /// Part of it.
    Masked(Mask),
    /// What a function of the user's writes.
    With(Path),
}

/// Which part of a field is shown.
pub(crate) enum Mask {
    FirstLast { first: usize, last: usize },
    Fixed(usize),
    Email,
    Url,
    Fingerprint,
}

/// What the type says about fields that say nothing.
#[derive(Clone, Copy)]
pub(crate) enum Default {
    Decide,
    Safe,
    Redacted,
}

impl<'a> Model<'a> {
    pub(crate) fn new(input: &'a Input) -> Result<Self, Faulty> {
        let mut faults = Faults::default();
        let attributes = Attributes::parse(&input.attributes, &mut faults);
        let container = validate::container(&attributes, &input.data, &mut faults);
        let mut display = container.display.is_some();
        let body = match &input.data {
            Data::Struct(fields) => Body::Struct(Shape::new(
                &input.name,
                fields,
                matches!(fields, Fields::Tuple(fields) if fields.len() == 1),
                container.default,
                container.display.as_ref(),
                &mut faults,
            )),
            Data::Enum(variants) => {
                let mut templates = Vec::new();
                let mut shapes = Vec::new();
                for variant in variants {
                    let attributes = Attributes::parse(&variant.attributes, &mut faults);
                    if container.hide_variant {
                        for field in variant.fields.list() {
                            let attributes =
                                Attributes::parse(&field.attributes, &mut Faults::default());
                            validate::under_hidden_variant(
                                &attributes,
                                container.wipe,
                                &mut faults,
                            );
                        }
                    }
                    let said = validate::variant(&attributes, &variant.fields, &mut faults);
                    let default = if said.redacted {
                        Default::Redacted
                    } else {
                        container.default
                    };
                    shapes.push(Shape::new(
                        &variant.name,
                        &variant.fields,
                        true,
                        default,
                        said.display.as_ref(),
                        &mut faults,
                    ));
                    display |= said.display.is_some();
                    templates.push((&variant.name, said.display));
                }
                validate::templates(&templates, container.hide_variant, &mut faults);
                Body::Enum(shapes)
            }
            Data::Union(union) => {
                faults.push(validate::union(*union));
                Body::Enum(Vec::new())
            }
        };
        match faults.into_error() {
            Some(errors) => Err(Faulty {
                errors,
                krate: container.krate,
                display,
                serialize: container.serialize,
            }),
            None => Ok(Self {
                name: &input.name,
                generics: &input.generics,
                krate: container.krate,
                hide_variant: container.hide_variant,
                wipe: container.wipe,
                serialize: container.serialize,
                body,
            }),
        }
    }

    pub(crate) fn shapes(&self) -> &[Shape<'a>] {
        match &self.body {
            Body::Struct(shape) => std::slice::from_ref(shape),
            Body::Enum(shapes) => shapes,
        }
    }

    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field<'a>> {
        self.shapes().iter().flat_map(|shape| &shape.fields)
    }
}

impl<'a> Shape<'a> {
    fn new(
        name: &'a Ident,
        fields: &'a Fields,
        // Whether the name also speaks for the fields.
        names_its_fields: bool,
        default: Default,
        template: Option<&LitStr>,
        faults: &mut Faults,
    ) -> Self {
        let kind = match fields {
            Fields::Named(fields) if !fields.is_empty() => Kind::Named,
            Fields::Tuple(fields) if !fields.is_empty() => Kind::Tuple,
            _ => Kind::Unit,
        };
        let fields: Vec<_> = fields
            .list()
            .iter()
            .enumerate()
            .map(|(index, field)| {
                let owner = names_its_fields.then_some(name);
                Field::new(index, field, owner, default, faults)
            })
            .collect();
        let display = template.and_then(|template| {
            let names: Vec<_> = fields.iter().map(Field::name).collect();
            Template::parse(template, &names, faults)
        });
        Self {
            name,
            kind,
            fields,
            display,
        }
    }
}

impl<'a> Field<'a> {
    fn new(
        index: usize,
        field: &'a input::Field,
        owner: Option<&Ident>,
        default: Default,
        faults: &mut Faults,
    ) -> Self {
        let (member, span) = if let Some(ident) = &field.name {
            (Member::Named(ident.clone()), ident.span())
        } else {
            (Member::Unnamed(Index::from(index)), field.ty.span())
        };
        let attributes = Attributes::parse(&field.attributes, faults);
        let marked = validate::field(&attributes, faults);
        let show = marked.unwrap_or_else(|| match default {
            Default::Redacted => Show::Redacted,
            _ if names_secret(owner, field.name.as_ref()) => Show::Redacting,
            Default::Safe => Show::Safe,
            Default::Decide => Show::LogSafe,
        });
        Self {
            member,
            ty: &field.ty,
            span,
            show,
            is_unsized: is_unsized(&field.ty),
        }
    }

    /// The place of the field, for code that is not the user's: lints leave it alone.
    pub(crate) fn site(&self) -> Span {
        Span::mixed_site().located_at(self.span)
    }

    /// The name that `Debug` and templates use: `type` for `r#type`, `0` for the first field of a tuple.
    pub(crate) fn name(&self) -> String {
        match &self.member {
            Member::Named(ident) => ident.unraw().to_string(),
            Member::Unnamed(index) => index.index.to_string(),
        }
    }
}

/// `str`, `[T]` or `dyn Trait`, as the last field of a struct may be.
fn is_unsized(ty: &TokenStream) -> bool {
    let mut tokens = ty.clone().into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(word)), None) => word == "str",
        (Some(TokenTree::Ident(word)), Some(_)) => word == "dyn",
        (Some(TokenTree::Group(group)), None) => {
            group.delimiter() == Delimiter::Bracket
                && !group
                    .stream()
                    .into_iter()
                    .any(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';'))
        }
        _ => false,
    }
}

/// Whether a field's name says secret, or that of what holds it: a `Password(u64)` is one, whatever stands inside. A word
/// of the field's own can make that harmless, as in `Password { length: usize }`.
fn names_secret(owner: Option<&Ident>, name: Option<&Ident>) -> bool {
    let own = |name: &Ident| name.unraw().to_string();
    match (owner, name) {
        (Some(owner), Some(name)) => {
            let name = own(name);
            looks_secret(&name) || looks_secret(&format!("{}_{name}", own(owner)))
        }
        (Some(name), None) | (None, Some(name)) => looks_secret(&own(name)),
        (None, None) => false,
    }
}

impl Show {
    /// Whether the user marked the field, so that its value may be secret and its type may not know.
    pub(crate) fn is_marked(&self) -> bool {
        !matches!(self, Self::LogSafe | Self::Redacting | Self::Safe)
    }
}
