//! What a type is made of, and what is decided about each of its fields.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Fields, Generics, Ident, Index, Member, Path, Result, Type};

use crate::attribute::Attributes;
use crate::validate;
use crate::words::looks_secret;

pub(crate) struct Model<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) generics: &'a Generics,
    /// Where the support code lives, `::secret_core` unless the user says otherwise.
    pub(crate) krate: Path,
    pub(crate) hide_variant: bool,
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
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Named,
    Tuple,
    Unit,
}

pub(crate) struct Field<'a> {
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
    pub(crate) span: Span,
    pub(crate) show: Show,
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
    FirstLast {
        first: usize,
        last: usize,
    },
    Fixed(usize),
    Email,
    Url,
    Fingerprint,
    With(Path),
}

/// What the type says about fields that say nothing.
#[derive(Clone, Copy)]
pub(crate) enum Default {
    Decide,
    Safe,
    Redacted,
}

impl<'a> Model<'a> {
    pub(crate) fn new(input: &'a DeriveInput) -> Result<Self> {
        let mut errors = None;
        let container = Attributes::parse(&input.attrs)
            .and_then(|attributes| validate::container(&attributes, &input.data))
            .unwrap_or_else(|error| {
                collect(&mut errors, error);
                validate::Container::default()
            });
        let mut shape = |name, fields: &'a Fields| Shape {
            name,
            kind: match fields {
                Fields::Named(fields) if !fields.named.is_empty() => Kind::Named,
                Fields::Unnamed(fields) if !fields.unnamed.is_empty() => Kind::Tuple,
                _ => Kind::Unit,
            },
            fields: fields
                .iter()
                .enumerate()
                .filter_map(|(index, field)| {
                    Field::new(index, field, container.default)
                        .map_err(|error| collect(&mut errors, error))
                        .ok()
                })
                .collect(),
        };
        let body = match &input.data {
            Data::Struct(data) => Body::Struct(shape(&input.ident, &data.fields)),
            Data::Enum(data) => Body::Enum(
                data.variants
                    .iter()
                    .map(|variant| shape(&variant.ident, &variant.fields))
                    .collect(),
            ),
            Data::Union(data) => return Err(validate::union(data)),
        };
        match errors {
            Some(errors) => Err(errors),
            None => Ok(Self {
                name: &input.ident,
                generics: &input.generics,
                krate: container.krate,
                hide_variant: container.hide_variant,
                body,
            }),
        }
    }

    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field<'a>> {
        let shapes = match &self.body {
            Body::Struct(shape) => std::slice::from_ref(shape),
            Body::Enum(shapes) => shapes.as_slice(),
        };
        shapes.iter().flat_map(|shape| &shape.fields)
    }
}

impl<'a> Field<'a> {
    fn new(index: usize, field: &'a syn::Field, default: Default) -> Result<Self> {
        let (member, span) = if let Some(ident) = &field.ident {
            (Member::Named(ident.clone()), ident.span())
        } else {
            (Member::Unnamed(Index::from(index)), field.ty.span())
        };
        let names_secret = field
            .ident
            .as_ref()
            .is_some_and(|ident| looks_secret(&ident.unraw().to_string()));
        let marked = validate::field(&Attributes::parse(&field.attrs)?)?;
        let show = marked.unwrap_or(match default {
            Default::Redacted => Show::Redacted,
            _ if names_secret => Show::Redacting,
            Default::Safe => Show::Safe,
            Default::Decide => Show::LogSafe,
        });
        Ok(Self {
            member,
            ty: &field.ty,
            span,
            show,
        })
    }
}

fn collect(errors: &mut Option<Error>, error: Error) {
    match errors {
        Some(errors) => errors.combine(error),
        None => *errors = Some(error),
    }
}
