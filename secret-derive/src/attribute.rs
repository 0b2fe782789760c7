//! What stands in `#[redact(…)]`, as written.

use proc_macro2::Span;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Error, LitInt, Meta, Path, Result};

/// One option with the place it was written at.
pub(crate) struct Item {
    pub(crate) span: Span,
    pub(crate) name: String,
    pub(crate) value: Value,
}

pub(crate) enum Value {
    None,
    Number(LitInt),
    Path(Path),
}

/// All `#[redact]` attributes of one field or type.
pub(crate) struct Attributes {
    /// Where a bare `#[redact]` stands.
    pub(crate) bare: Option<Span>,
    pub(crate) items: Vec<Item>,
}

impl Attributes {
    pub(crate) fn parse(attributes: &[Attribute]) -> Result<Self> {
        let mut bare = None;
        let mut items = Vec::new();
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("redact"))
        {
            if let Meta::Path(path) = &attribute.meta {
                let span = path
                    .segments
                    .first()
                    .map_or_else(Span::call_site, |segment| segment.ident.span());
                bare = Some(span);
                continue;
            }
            attribute.parse_nested_meta(|meta| {
                items.push(parse_item(&meta)?);
                Ok(())
            })?;
        }
        Ok(Self { bare, items })
    }
}

fn parse_item(meta: &ParseNestedMeta<'_>) -> Result<Item> {
    let Some(segment) = meta.path.segments.first() else {
        return Err(meta.error("expected an option of `redact`"));
    };
    let name = segment.ident.to_string();
    let value = match name.as_str() {
        "first" | "last" | "fixed" => Value::Number(meta.value()?.parse()?),
        "with" | "crate" | "default" => Value::Path(meta.value()?.call(Path::parse_mod_style)?),
        "safe" | "email" | "url" | "fingerprint" | "all" | "variant" => Value::None,
        _ => {
            return Err(Error::new(
                segment.ident.span(),
                format!(
                    "unknown option `{name}`: a field takes `safe`, `first`, `last`, `fixed`, `email`, `url`, \
                     `fingerprint` or `with`; a type takes `all`, `default`, `variant` or `crate`"
                ),
            ));
        }
    };
    Ok(Item {
        span: segment.ident.span(),
        name,
        value,
    })
}
