//! The code that is written for a valid type. It decides nothing.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{DeriveInput, Generics, Ident, Member, Path, parse_quote};

use crate::model::{Body, Field, Kind, Model, Shape, Show};

pub(crate) fn expand(model: &Model<'_>) -> TokenStream {
    let Model { name, krate, .. } = model;
    let generics = bounded(model);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let formatter = Ident::new("formatter", Span::mixed_site());
    let body = body(model, &formatter);
    quote! {
        #[automatically_derived]
        impl #impl_generics ::core::fmt::Debug for #name #type_generics #where_clause {
            fn fmt(&self, #formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #[allow(unused_imports)]
                use #krate::__private::MarkedAny as _;
                #body
            }
        }
        #[automatically_derived]
        impl #impl_generics #krate::LogSafe for #name #type_generics #where_clause {}
        #[automatically_derived]
        impl #impl_generics #krate::Redact for #name #type_generics #where_clause {}
    }
}

/// What a faulty type gets beside its errors: it shows its name and nothing else, and causes no further errors.
pub(crate) fn fallback(input: &DeriveInput) -> TokenStream {
    let name = &input.ident;
    let text = name.unraw().to_string();
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::core::fmt::Debug for #name #type_generics #where_clause {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.write_str(#text)
            }
        }
        #[automatically_derived]
        impl #impl_generics ::secret_core::LogSafe for #name #type_generics #where_clause {}
        #[automatically_derived]
        impl #impl_generics ::secret_core::Redact for #name #type_generics #where_clause {}
    }
}

fn body(model: &Model<'_>, formatter: &Ident) -> TokenStream {
    let krate = &model.krate;
    match &model.body {
        Body::Struct(shape) => {
            // A `self` at the field's place would not be found where the field comes out of a macro.
            let this = Ident::new("this", Span::mixed_site());
            let write = write_shape(krate, shape, formatter, &|field| {
                let this = Ident::new("this", Span::mixed_site().located_at(field.span));
                let member = &field.member;
                quote_spanned!(field.span=> &#this.#member)
            });
            quote! {
                let #this = self;
                #write
            }
        }
        Body::Enum(_) if model.hide_variant => {
            let text = format!("{}([REDACTED])", model.name.unraw());
            quote!(#formatter.write_str(#text))
        }
        Body::Enum(shapes) if shapes.is_empty() => quote!(match *self {}),
        Body::Enum(shapes) => {
            let arms = shapes.iter().map(|shape| {
                let name = shape.name;
                let members = shape.fields.iter().map(|field| &field.member);
                let bindings = shape.fields.iter().map(binding);
                let write = write_shape(krate, shape, formatter, &|field| {
                    binding(field).into_token_stream()
                });
                quote!(Self::#name { #(#members: #bindings),* } => #write)
            });
            quote!(match self { #(#arms),* })
        }
    }
}

fn binding(field: &Field<'_>) -> Ident {
    let name = match &field.member {
        Member::Named(ident) => format_ident!("field_{}", ident.unraw()),
        Member::Unnamed(index) => format_ident!("field_{}", index.index),
    };
    Ident::new(&name.to_string(), Span::mixed_site().located_at(field.span))
}

/// A call that writes the fields between pieces of constant text.
fn write_shape(
    krate: &Path,
    shape: &Shape<'_>,
    formatter: &Ident,
    access: &dyn Fn(&Field<'_>) -> TokenStream,
) -> TokenStream {
    let name = shape.name.unraw().to_string();
    let values = shape
        .fields
        .iter()
        .map(|field| value(krate, field, &access(field)));
    match shape.kind {
        Kind::Unit => quote!(#formatter.write_str(#name)),
        Kind::Tuple => quote!(#krate::__private::tuple(#formatter, #name, &[#(#values),*])),
        Kind::Named => {
            let names: Vec<_> = shape
                .fields
                .iter()
                .map(|field| match &field.member {
                    Member::Named(ident) => ident.unraw().to_string(),
                    Member::Unnamed(index) => index.index.to_string(),
                })
                .collect();
            let pieces = names.iter().enumerate().map(|(index, field)| match index {
                0 => format!("{name} {{ {field}: "),
                _ => format!(", {field}: "),
            });
            quote!(#krate::__private::named(#formatter, #name, &[#(#names),*], &[#(#pieces),*], &[#(#values),*]))
        }
    }
}

/// What stands for a field, as a `&dyn Debug`.
fn value(krate: &Path, field: &Field<'_>, access: &TokenStream) -> TokenStream {
    let private = quote!(#krate::__private);
    let mask = match &field.show {
        Show::LogSafe => return quote!(#private::log_safe(#access)),
        Show::Redacting => return quote!(#private::redacting(#access)),
        Show::Safe => return quote!(#private::safe(#access)),
        Show::Redacted => return quote!(&#private::Marked(#access).redacted()),
        Show::With(path) => {
            return quote!(&#private::with(#access, |value, formatter| #path(value, formatter)));
        }
        Show::FirstLast { first, last } => quote!(first_last(#first, #last)),
        Show::Fixed(stars) => quote!(fixed(#stars)),
        Show::Email => quote!(email()),
        Show::Url => quote!(url()),
        Show::Fingerprint => quote!(fingerprint()),
    };
    quote!(&#private::masked(#access, #krate::Mask::#mask))
}

/// The generics with a bound on each type parameter for each way in which a field that mentions it is shown.
fn bounded(model: &Model<'_>) -> Generics {
    let krate = &model.krate;
    let mut generics = model.generics.clone();
    if model.hide_variant {
        return generics;
    }
    for parameter in generics.type_params_mut() {
        for field in model
            .fields()
            .filter(|field| mentions(field, &parameter.ident))
        {
            match &field.show {
                Show::LogSafe => {
                    parameter.bounds.push(parse_quote!(#krate::LogSafe));
                    parameter.bounds.push(parse_quote!(::core::fmt::Debug));
                }
                Show::Redacting => {
                    parameter.bounds.push(parse_quote!(#krate::Redact));
                    parameter.bounds.push(parse_quote!(::core::fmt::Debug));
                }
                Show::Safe => parameter.bounds.push(parse_quote!(::core::fmt::Debug)),
                Show::Redacted | Show::With(_) => {}
                _ => parameter.bounds.push(parse_quote!(#krate::MaskText)),
            }
        }
    }
    generics
}

fn mentions(field: &Field<'_>, parameter: &Ident) -> bool {
    fn search(tokens: TokenStream, parameter: &Ident) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => ident == *parameter,
            TokenTree::Group(group) => search(group.stream(), parameter),
            _ => false,
        })
    }
    search(field.ty.to_token_stream(), parameter)
}
