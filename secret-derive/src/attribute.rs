//! What stands in `#[redact(…)]`, as written.

use proc_macro2::{Span, TokenTree};
use syn::meta::ParseNestedMeta;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Attribute, Error, LitInt, LitStr, Meta, Path, Result, Token};

use crate::fault::Faults;

/// One option with the place it was written at.
pub(crate) struct Item {
    pub(crate) span: Span,
    pub(crate) name: String,
    pub(crate) value: Value,
}

pub(crate) enum Value {
    None,
    Number(usize),
    Path(Path),
    Text(LitStr),
}

/// All `#[redact]` attributes of one field, variant or type.
#[derive(Default)]
pub(crate) struct Attributes {
    /// Where a bare `#[redact]` stands.
    pub(crate) bare: Vec<Span>,
    pub(crate) items: Vec<Item>,
}

impl Attributes {
    pub(crate) fn parse(attributes: &[Attribute], faults: &mut Faults) -> Self {
        let mut parsed = Self::default();
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("redact"))
        {
            let span = attribute.path().span();
            match &attribute.meta {
                Meta::Path(_) => parsed.bare.push(span),
                Meta::List(list) if list.tokens.is_empty() => faults.add(
                    span,
                    "`#[redact()]` says nothing: write `#[redact]` to hide a field, or name an option",
                ),
                Meta::NameValue(_) => faults.add(
                    span,
                    "options stand in parentheses, as in `#[redact(safe)]`",
                ),
                Meta::List(_) => {
                    let result = attribute.parse_nested_meta(|meta| {
                        match parse_item(&meta) {
                            Ok(item) => parsed.items.push(item),
                            Err(fault) => {
                                faults.push(fault);
                                skip_option(meta.input)?;
                            }
                        }
                        Ok(())
                    });
                    if let Err(fault) = result {
                        faults.push(fault);
                    }
                }
            }
        }
        parsed
    }
}

fn parse_item(meta: &ParseNestedMeta<'_>) -> Result<Item> {
    let span = meta.path.span();
    let Some(name) = meta.path.get_ident().map(ToString::to_string) else {
        return Err(Error::new(
            span,
            "an option is one word, as in `#[redact(safe)]`",
        ));
    };
    let value = match name.as_str() {
        "first" | "last" | "fixed" => Value::Number(number(meta, &name)?),
        "with" => Value::Path(parse_value(
            meta,
            "the path of a `fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result`, as in `with = path::to::function`",
            Path::parse,
        )?),
        "crate" => Value::Path(path(meta, "a path, as in `crate = my_crate::secret_core`")?),
        "default" => Value::Path(path(meta, "`default = safe`")?),
        "display" => Value::Text(value(
            meta,
            "a template in quotes, as in `display = \"{host}:{port}\"`",
        )?),
        "safe" | "email" | "url" | "fingerprint" | "all" | "variant" | "zeroize" | "serialize" => {
            no_value(meta, &name)?;
            Value::None
        }
        _ => {
            return Err(Error::new(
                span,
                format!(
                    "unknown option `{name}`: a field takes `safe`, `first`, `last`, `fixed`, `email`, `url`, \
                     `fingerprint` or `with`; a type takes `all`, `default`, `display`, `variant`, `serialize`, `zeroize` or `crate`"
                ),
            ));
        }
    };
    Ok(Item { span, name, value })
}

/// The value after `=`, or what was expected at the token that is not one.
fn value<T: Parse>(meta: &ParseNestedMeta<'_>, expected: &str) -> Result<T> {
    parse_value(meta, expected, T::parse)
}

fn parse_value<T>(
    meta: &ParseNestedMeta<'_>,
    expected: &str,
    parse: fn(ParseStream<'_>) -> Result<T>,
) -> Result<T> {
    let wanted = |span| Error::new(span, format!("expected {expected}"));
    let input = meta.value().map_err(|_| wanted(meta.path.span()))?;
    if input.is_empty() {
        return Err(wanted(meta.path.span()));
    }
    let span = input.span();
    parse(input).map_err(|_| wanted(span))
}

fn path(meta: &ParseNestedMeta<'_>, expected: &str) -> Result<Path> {
    parse_value(meta, expected, Path::parse_mod_style)
}

fn number(meta: &ParseNestedMeta<'_>, name: &str) -> Result<usize> {
    let expected = format!("a number, as in `{name} = 4`");
    let literal: LitInt = value(meta, &expected)?;
    literal
        .base10_parse()
        .map_err(|_| Error::new(literal.span(), format!("expected {expected}")))
}

fn no_value(meta: &ParseNestedMeta<'_>, name: &str) -> Result<()> {
    if meta.input.is_empty() || meta.input.peek(Token![,]) {
        return Ok(());
    }
    Err(meta.error(format!("`{name}` takes no value: write `{name}` alone")))
}

/// Goes on to the next option, so that its faults are reported too.
fn skip_option(input: ParseStream<'_>) -> Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}
