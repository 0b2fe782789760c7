//! The code that is written for a valid type. It decides nothing.

use proc_macro2::{Delimiter, Group, Literal, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Ident, Member, Path};

use crate::input::Input;
use crate::model::{Body, Faulty, Field, Kind, Mask, Model, Shape, Show};
use crate::{bound, display, zeroize};

pub(crate) fn expand(model: &Model<'_>) -> TokenStream {
    let Model { name, krate, .. } = model;
    let generics = bound::debug(model);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let formatter = Ident::new("__formatter", Span::mixed_site());
    let receiver = receiver();
    let body = body(model, &receiver, &formatter);
    let imports = imports(model);
    let display = display::expand(model);
    let zeroize = zeroize::expand(model);
    let mut body = quote!(#imports #body);
    // What only a derived `Debug` calls counts as never used, so a user's function is called elsewhere.
    let calls = calls_functions(model).then(|| {
        let called = std::mem::replace(
            &mut body,
            quote!(#krate::__private::CallsFunctions::write(#receiver, #formatter)),
        );
        quote! {
            #[automatically_derived]
            impl #impl_generics #krate::__private::CallsFunctions for #name #type_generics #where_clause {
                fn write(&#receiver, #formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    #called
                }
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #impl_generics ::core::fmt::Debug for #name #type_generics #where_clause {
            fn fmt(&#receiver, #formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #body
            }
        }
        #calls
        #[automatically_derived]
        impl #impl_generics #krate::LogSafe for #name #type_generics #where_clause {}
        #[automatically_derived]
        impl #impl_generics #krate::Redact for #name #type_generics #where_clause {}
        #display
        #zeroize
    }
}

fn calls_functions(model: &Model<'_>) -> bool {
    model
        .fields()
        .any(|field| matches!(field.show, Show::With(_)) && !model.hide_variant)
}

/// Marks that keep a shape are found on the type itself, all others by a trait.
pub(crate) fn imports(model: &Model<'_>) -> Option<TokenStream> {
    let krate = &model.krate;
    model
        .fields()
        .any(|field| matches!(field.show, Show::Redacted) && !model.hide_variant)
        .then(|| quote!(#[allow(unused_imports)] use #krate::__private::MarkedAny as _;))
}

/// What a faulty type gets beside its errors: it shows its name and nothing else, and causes no further errors.
pub(crate) fn fallback(input: &Input, faulty: &Faulty) -> TokenStream {
    let name = &input.name;
    let krate = &faulty.krate;
    let text = name.unraw().to_string();
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let display = faulty.display.then(|| {
        quote! {
            #[automatically_derived]
            impl #impl_generics ::core::fmt::Display for #name #type_generics #where_clause {
                fn fmt(&self, __formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    __formatter.write_str(#text)
                }
            }
            #[automatically_derived]
            impl #impl_generics #krate::__private::InTemplateField for #name #type_generics #where_clause {}
        }
    });
    quote! {
        #[automatically_derived]
        impl #impl_generics ::core::fmt::Debug for #name #type_generics #where_clause {
            fn fmt(&self, __formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __formatter.write_str(#text)
            }
        }
        #[automatically_derived]
        impl #impl_generics #krate::LogSafe for #name #type_generics #where_clause {}
        #[automatically_derived]
        impl #impl_generics #krate::Redact for #name #type_generics #where_clause {}
        #display
    }
}

fn body(model: &Model<'_>, receiver: &Ident, formatter: &Ident) -> TokenStream {
    let krate = &model.krate;
    match &model.body {
        Body::Struct(shape) => write_shape(krate, shape, formatter, &|field| {
            let (receiver, member) = place(field);
            quote_spanned!(field.site()=> &#receiver.#member)
        }),
        Body::Enum(_) if model.hide_variant => {
            let text = format!("{}([REDACTED])", model.name.unraw());
            quote!(#formatter.write_str(#text))
        }
        Body::Enum(shapes) if shapes.is_empty() => quote!(match *#receiver {}),
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
            quote!(match #receiver { #(#arms),* })
        }
    }
}

pub(crate) fn binding(field: &Field<'_>) -> Ident {
    let span = Span::mixed_site().located_at(field.span);
    format_ident!("__field_{}", field.name(), span = span)
}

/// The path and the span for code that the compiler is to report at the field. Tokens that resolve in different places
/// are reported at the derive, so the path keeps what it resolves to and the rest resolves as the derive does.
pub(crate) fn at_field(path: &Path, field: &Field<'_>) -> (TokenStream, Span) {
    let path = path.to_token_stream().into_iter().map(|mut token| {
        token.set_span(token.span().located_at(field.span));
        token
    });
    (path.collect(), Span::call_site().located_at(field.span))
}

/// The `self` of a method, which is also found at a field that comes out of a macro.
pub(crate) fn receiver() -> Ident {
    Ident::new("self", Span::mixed_site())
}

/// The parts of `self.field`, where the struct is the [`receiver`].
pub(crate) fn place<'a>(field: &'a Field<'_>) -> (Ident, &'a Member) {
    let receiver = Ident::new("self", Span::mixed_site().located_at(field.span));
    (receiver, &field.member)
}

/// A call that writes the fields between pieces of constant text.
fn write_shape(
    krate: &Path,
    shape: &Shape<'_>,
    formatter: &Ident,
    access: &dyn Fn(&Field<'_>) -> TokenStream,
) -> TokenStream {
    let name = shape.name.unraw().to_string();
    let private = quote!(#krate::__private);
    let mut values = TokenStream::new();
    for field in &shape.fields {
        push_value(&mut values, krate, &private, field, &access(field));
        values.append(Punct::new(',', Spacing::Alone));
    }
    let values = Group::new(Delimiter::Bracket, values);
    match shape.kind {
        Kind::Unit => quote!(#formatter.write_str(#name)),
        Kind::Tuple => quote!(#private::tuple(#formatter, #name, &#values)),
        Kind::Named => {
            let (text, lengths) = text(name, &shape.fields);
            quote!(#private::named(#formatter, #text, #lengths, &#values))
        }
    }
}

/// The constant text of a struct with named fields, and the lengths of its parts before the values.
fn text(mut text: String, fields: &[Field<'_>]) -> (String, Literal) {
    let mut lengths = Vec::with_capacity(fields.len());
    let mut start = 0;
    for field in fields {
        text.push_str(if start == 0 { " { " } else { ", " });
        text.push_str(&field.name());
        text.push_str(": ");
        // A length that does not fit is missing, which the support code sees by their number.
        lengths.extend(u8::try_from(text.len() - start));
        if matches!(field.show, Show::Redacting | Show::Redacted) {
            text.push_str("[REDACTED]");
        }
        start = text.len();
    }
    text.push_str(" }");
    (text, Literal::byte_string(&lengths))
}

/// What stands for a field, as a `Value`.
pub(crate) fn value(krate: &Path, field: &Field<'_>, access: &TokenStream) -> TokenStream {
    let mut value = TokenStream::new();
    push_value(&mut value, krate, &quote!(#krate::__private), field, access);
    value
}

/// Writes each token where it belongs: this is done for every field, and macros are compiled without optimisation.
fn push_value(
    output: &mut TokenStream,
    krate: &Path,
    private: &TokenStream,
    field: &Field<'_>,
    access: &TokenStream,
) {
    // A reference to it has a size.
    let sized = field
        .is_unsized
        .then(|| quote_spanned!(field.site()=> &#access));
    let access = match field.show {
        Show::Redacted | Show::With(_) => access,
        _ => sized.as_ref().unwrap_or(access),
    };
    match &field.show {
        Show::LogSafe => push_call(output, private, "Plain", access.clone()),
        Show::Redacting => push_call(output, private, "Redacting", access.clone()),
        Show::Safe => push_call(output, private, "Shown", access.clone()),
        Show::Redacted => {
            push_call(output, private, "Marked", access.clone());
            output.extend(quote!(.placeholder()));
        }
        Show::With(path) => {
            // At the user's function, but the macro's: it is no closure that the user could leave out.
            let span = Span::mixed_site().located_at(path.span());
            let call = quote_spanned!(span=> |__value, __formatter| #path(__value, __formatter));
            let shown = quote!(&#private::with(#access, #call));
            push_call(output, private, "Shown", shown);
        }
        Show::Masked(mask) => {
            let mask = mask_value(krate, mask);
            let shown = quote!(&#private::masked(#access, #mask));
            push_call(output, private, "Shown", shown);
        }
    }
}

/// Calls a function of the support code.
fn push_call(
    output: &mut TokenStream,
    private: &TokenStream,
    function: &str,
    arguments: TokenStream,
) {
    private.to_tokens(output);
    output.append(Punct::new(':', Spacing::Joint));
    output.append(Punct::new(':', Spacing::Alone));
    output.append(Ident::new(function, Span::call_site()));
    output.append(Group::new(Delimiter::Parenthesis, arguments));
}

/// The call that makes the mask.
pub(crate) fn mask_value(krate: &Path, mask: &Mask) -> TokenStream {
    let call = match mask {
        Mask::FirstLast { first, last } => quote!(first_last(#first, #last)),
        Mask::Fixed(stars) => quote!(fixed(#stars)),
        Mask::Email => quote!(email()),
        Mask::Url => quote!(url()),
        Mask::Fingerprint => quote!(fingerprint()),
    };
    quote!(#krate::Mask::#call)
}
