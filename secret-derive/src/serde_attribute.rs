//! What stands in `#[serde(…)]`, as far as it shapes what is written.

use proc_macro2::TokenStream;
use quote::quote;
use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, Lit, LitStr, Result, Token, WherePredicate};

use crate::fault::Faults;
use crate::validate::unsupported_serde;

/// The predicates of `bound = "…"`.
pub(crate) type Bound = Punctuated<WherePredicate, Token![,]>;

/// All `#[serde]` attributes of one type, variant or field.
#[derive(Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a flag of serde's own"
)]
pub(crate) struct SerdeAttributes {
    /// What the copied type takes over as it is.
    pub(crate) kept: Vec<TokenStream>,
    pub(crate) renamed: bool,
    pub(crate) skip: bool,
    pub(crate) flatten: bool,
    pub(crate) transparent: bool,
    /// Variants are written into a map that holds the tag.
    pub(crate) tag: bool,
    pub(crate) content: bool,
    /// The function that decides whether a field is left out.
    pub(crate) skip_if: Option<TokenStream>,
    /// The function that writes a field.
    pub(crate) with: Option<TokenStream>,
    pub(crate) bound: Option<Bound>,
}

impl SerdeAttributes {
    pub(crate) fn parse(attributes: &[Attribute], faults: &mut Faults) -> Self {
        let mut parsed = Self::default();
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("serde"))
        {
            if let Err(fault) = attribute.parse_nested_meta(|meta| parsed.item(&meta)) {
                faults.push(fault);
            }
        }
        parsed
    }

    fn item(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let name = meta.path.require_ident()?;
        match name.to_string().as_str() {
            "rename" => self.renamed |= self.keep_serialize(name, meta)?,
            "rename_all" | "rename_all_fields" => {
                self.keep_serialize(name, meta)?;
            }
            "tag" => {
                self.tag = true;
                self.keep_value(name, meta)?;
            }
            "content" => {
                self.content = true;
                self.keep_value(name, meta)?;
            }
            "untagged" => self.kept.push(quote!(#name)),
            "transparent" => {
                self.transparent = true;
                self.kept.push(quote!(#name));
            }
            "flatten" => {
                self.flatten = true;
                self.kept.push(quote!(#name));
            }
            "skip" | "skip_serializing" => self.skip = true,
            "skip_serializing_if" => self.skip_if = Some(function(meta)?),
            "serialize_with" => self.with = Some(function(meta)?),
            "with" => {
                let module = function(meta)?;
                self.with = Some(quote!(#module::serialize));
            }
            "bound" => {
                if let Some(bound) = for_serialize(meta)? {
                    let bound: Bound = bound.parse_with(Bound::parse_terminated)?;
                    self.bound.get_or_insert_default().extend(bound);
                }
            }
            "into" | "remote" => return Err(unsupported_serde(name)),
            // The rest speaks about reading.
            _ => drop_value(meta)?,
        }
        Ok(())
    }

    fn keep_value(&mut self, name: &Ident, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let value: LitStr = meta.value()?.parse()?;
        self.kept.push(quote!(#name = #value));
        Ok(())
    }

    /// Keeps `name = "…"` and `name(serialize = "…")`, and says whether it was either.
    fn keep_serialize(&mut self, name: &Ident, meta: &ParseNestedMeta<'_>) -> Result<bool> {
        let value = for_serialize(meta)?;
        self.kept
            .extend(value.as_ref().map(|value| quote!(#name = #value)));
        Ok(value.is_some())
    }
}

/// The value of `name = "…"` or `name(serialize = "…", deserialize = "…")`.
fn for_serialize(meta: &ParseNestedMeta<'_>) -> Result<Option<LitStr>> {
    if meta.input.peek(Token![=]) {
        return meta.value()?.parse().map(Some);
    }
    let mut found = None;
    meta.parse_nested_meta(|inner| {
        if inner.path.is_ident("serialize") {
            found = Some(inner.value()?.parse()?);
            Ok(())
        } else {
            drop_value(&inner)
        }
    })?;
    Ok(found)
}

/// A path in a string, with the place of the string.
fn function(meta: &ParseNestedMeta<'_>) -> Result<TokenStream> {
    meta.value()?.parse::<LitStr>()?.parse()
}

fn drop_value(meta: &ParseNestedMeta<'_>) -> Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<Lit>()?;
    } else if meta.input.peek(syn::token::Paren) {
        meta.parse_nested_meta(|inner| drop_value(&inner))?;
    }
    Ok(())
}
