//! The code for `#[redact(zeroize)]`.
//!
//! `Zeroize` itself is not implemented: it would wipe the marked fields and leave each `Secret` beside them alive.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::Path;

use crate::expand::{at_field, binding, place, receiver};
use crate::model::{Body, Field, Model};

/// An `impl Drop` that wipes the marked fields, if the user asks for it.
pub(crate) fn expand(model: &Model<'_>) -> Option<TokenStream> {
    if !model.wipe {
        return None;
    }
    let Model { name, krate, .. } = model;
    let receiver = receiver();
    let body = match &model.body {
        Body::Struct(shape) => {
            let wipes = marked(&shape.fields).map(|field| {
                let (receiver, member) = place(field);
                wipe(
                    krate,
                    field,
                    &quote_spanned!(field.site()=> &mut #receiver.#member),
                )
            });
            quote!(#(#wipes)*)
        }
        Body::Enum(shapes) if shapes.is_empty() => quote!(),
        Body::Enum(shapes) => {
            let arms = shapes.iter().map(|shape| {
                let name = shape.name;
                let members = marked(&shape.fields).map(|field| &field.member);
                let bindings = marked(&shape.fields).map(binding);
                let wipes = marked(&shape.fields)
                    .map(|field| wipe(krate, field, &binding(field).into_token_stream()));
                quote!(Self::#name { #(#members: #bindings,)* .. } => { #(#wipes)* })
            });
            quote!(match #receiver { #(#arms),* })
        }
    };
    // `Drop` may not ask for more than the type does.
    let (impl_generics, type_generics, where_clause) = model.generics.split_for_impl();
    Some(quote! {
        #[automatically_derived]
        impl #impl_generics ::core::ops::Drop for #name #type_generics #where_clause {
            fn drop(&mut #receiver) {
                #[allow(unused_imports)]
                use #krate::__private::{WipeAny as _, WipesItself as _};
                #body
            }
        }
        #[automatically_derived]
        impl #impl_generics #krate::zeroize::ZeroizeOnDrop for #name #type_generics #where_clause {}
    })
}

fn marked<'a, 'b>(fields: &'b [Field<'a>]) -> impl Iterator<Item = &'b Field<'a>> {
    fields.iter().filter(|field| field.show.is_marked())
}

fn wipe(krate: &Path, field: &Field<'_>, access: &TokenStream) -> TokenStream {
    let (krate, span) = at_field(krate, field);
    quote_spanned!(span=> #krate::__private::Wipe(#access).wipe();)
}
