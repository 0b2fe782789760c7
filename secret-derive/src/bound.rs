//! What the type parameters must be for the fields to be shown.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    GenericArgument, Generics, Ident, PathArguments, Type, TypePath, WherePredicate, parse_quote,
};

use crate::model::{Model, Show};

/// Types that may be printed whatever they are made of. Where such a type is written under another name, its
/// parameter is asked for more than it must be; nothing more is shown.
const SAFE_WHATEVER_INSIDE: &[&str] = &["Secret", "Redacted", "PhantomData"];

/// The generics under which `Debug`, `LogSafe` and `Redact` are implemented.
pub(crate) fn debug(model: &Model<'_>) -> Generics {
    let krate = &model.krate;
    let mut bounds = Bounds::new(model.generics);
    if !model.hide_variant && !bounds.parameters.is_empty() {
        for field in model.fields() {
            let needed = match &field.show {
                Show::LogSafe => quote!(#krate::LogSafe + ::core::fmt::Debug),
                Show::Redacting => quote!(#krate::Redact + ::core::fmt::Debug),
                Show::Safe => quote!(::core::fmt::Debug),
                Show::Masked(_) => quote!(#krate::MaskText),
                Show::Redacted | Show::With(_) => continue,
            };
            bounds.require(field.ty, &needed);
        }
    }
    bounds.into_generics()
}

/// Generics to which bounds are added, each once.
pub(crate) struct Bounds {
    generics: Generics,
    parameters: Vec<Ident>,
    written: Vec<String>,
}

impl Bounds {
    pub(crate) fn new(generics: &Generics) -> Self {
        Self {
            generics: generics.clone(),
            parameters: generics
                .type_params()
                .map(|parameter| parameter.ident.clone())
                .collect(),
            written: Vec::new(),
        }
    }

    pub(crate) fn into_generics(self) -> Generics {
        self.generics
    }

    /// Bounds the parameters that the type mentions, rather than the type, so that recursive types compile.
    pub(crate) fn require(&mut self, ty: &TokenStream, needed: &TokenStream) {
        if !mentions_any(ty, &self.parameters) {
            return;
        }
        let ty = syn::parse2(ty.clone()).unwrap_or_else(|_| Type::Verbatim(ty.clone()));
        for ty in bounded_types(&ty, &self.parameters) {
            let predicate: WherePredicate = parse_quote!(#ty: #needed);
            let text = predicate.to_token_stream().to_string();
            if !self.written.contains(&text) {
                self.generics.make_where_clause().predicates.push(predicate);
                self.written.push(text);
            }
        }
    }
}

/// The smallest parts of a type that decide whether it can be shown: parameters, their associated types, and types
/// that are safe whatever is inside.
fn bounded_types(ty: &Type, parameters: &[Ident]) -> Vec<TokenStream> {
    if !mentions_any(&ty.to_token_stream(), parameters) {
        return Vec::new();
    }
    let inner: Vec<&Type> = match ty {
        Type::Path(path) if is_bounded_itself(path, parameters) => {
            return vec![ty.to_token_stream()];
        }
        Type::Path(path) => arguments(path).collect(),
        Type::Array(array) => vec![&*array.elem],
        Type::Group(group) => vec![&*group.elem],
        Type::Paren(paren) => vec![&*paren.elem],
        Type::Ptr(pointer) => vec![&*pointer.elem],
        Type::Reference(reference) => vec![&*reference.elem],
        Type::Slice(slice) => vec![&*slice.elem],
        Type::Tuple(tuple) => tuple.elems.iter().collect(),
        _ => {
            return parameters
                .iter()
                .filter(|parameter| mentions(ty.to_token_stream(), parameter))
                .map(ToTokens::to_token_stream)
                .collect();
        }
    };
    inner
        .into_iter()
        .flat_map(|ty| bounded_types(ty, parameters))
        .collect()
}

fn is_bounded_itself(path: &TypePath, parameters: &[Ident]) -> bool {
    let segments = &path.path.segments;
    path.qself.is_some()
        || segments
            .first()
            .is_some_and(|segment| parameters.contains(&segment.ident))
        || segments.last().is_some_and(|segment| {
            SAFE_WHATEVER_INSIDE
                .iter()
                .any(|name| segment.ident == name)
        })
}

/// The types between the angle brackets of a path.
fn arguments(path: &TypePath) -> impl Iterator<Item = &Type> {
    path.path
        .segments
        .iter()
        .filter_map(|segment| match &segment.arguments {
            PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
            _ => None,
        })
        .flatten()
        .filter_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            GenericArgument::AssocType(binding) => Some(&binding.ty),
            _ => None,
        })
}

fn mentions_any(ty: &TokenStream, parameters: &[Ident]) -> bool {
    parameters
        .iter()
        .any(|parameter| mentions(ty.clone(), parameter))
}

fn mentions(tokens: TokenStream, parameter: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *parameter,
        TokenTree::Group(group) => mentions(group.stream(), parameter),
        _ => false,
    })
}
