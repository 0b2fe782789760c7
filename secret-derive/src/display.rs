//! The code for `#[redact(display = "…")]`.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Generics, Ident, Path};

use crate::bound::{self, Bounds};
use crate::expand::{at_field, binding, imports, place, receiver, value};
use crate::model::{Body, Field, Model, Shape, Show};
use crate::template::Template;

/// An `impl Display`, if there is a template.
pub(crate) fn expand(model: &Model<'_>) -> Option<TokenStream> {
    let Model { name, krate, .. } = model;
    model
        .shapes()
        .iter()
        .find_map(|shape| shape.display.as_ref())?;
    let receiver = receiver();
    let formatter = Ident::new("__formatter", Span::mixed_site());
    let body = match &model.body {
        Body::Struct(shape) => {
            let write = write_template(krate, shape, &formatter, &|field| {
                let (receiver, member) = place(field);
                quote_spanned!(field.site()=> &#receiver.#member)
            });
            quote!(#write)
        }
        Body::Enum(shapes) => {
            let arms = shapes.iter().map(|shape| {
                let name = shape.name;
                let shown = shape
                    .fields
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| is_shown(shape, *index))
                    .map(|(_, field)| field);
                let members = shown.clone().map(|field| &field.member);
                let bindings = shown.map(binding);
                let write = write_template(krate, shape, &formatter, &|field| {
                    let binding = binding(field);
                    quote!(#binding)
                });
                quote!(Self::#name { #(#members: #bindings,)* .. } => #write)
            });
            quote!(match #receiver { #(#arms),* })
        }
    };
    let imports = imports(model);
    let generics = generics(model);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    Some(quote! {
        #[automatically_derived]
        impl #impl_generics ::core::fmt::Display for #name #type_generics #where_clause {
            fn fmt(&#receiver, #formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #imports
                #body
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #impl_generics #krate::__private::InTemplateField for #name #type_generics #where_clause {}
    })
}

fn is_shown(shape: &Shape<'_>, index: usize) -> bool {
    shape
        .display
        .iter()
        .flat_map(|template| &template.values)
        .any(|placeholder| placeholder.field == index)
}

fn write_template(
    krate: &Path,
    shape: &Shape<'_>,
    formatter: &Ident,
    access: &dyn Fn(&Field<'_>) -> TokenStream,
) -> Option<TokenStream> {
    let Template { format, values } = shape.display.as_ref()?;
    let values = values.iter().map(|placeholder| {
        let field = &shape.fields[placeholder.field];
        let access = access(field);
        let shown = value(krate, field, &access);
        if field.show.is_marked() {
            quote!(#krate::__private::InTemplate(#shown))
        } else if placeholder.debug {
            shown
        } else {
            let (krate, span) = at_field(krate, field);
            let sized = field.is_unsized.then(|| quote_spanned!(span=> &));
            let displayed = if let Show::Safe = field.show {
                quote_spanned!(span=> displayed)
            } else {
                quote_spanned!(span=> in_template)
            };
            quote_spanned!(span=> #krate::__private::#displayed(#shown, #sized #access))
        }
    });
    Some(quote!(#formatter.write_fmt(::core::format_args!(#format, #(#values),*))))
}

/// Those of `Debug`, and `Display` for the parameters of fields that are shown by it.
fn generics(model: &Model<'_>) -> Generics {
    let krate = &model.krate;
    let mut bounds = Bounds::new(&bound::debug(model));
    for shape in model.shapes() {
        for placeholder in shape.display.iter().flat_map(|template| &template.values) {
            let field = &shape.fields[placeholder.field];
            if !placeholder.debug && !field.show.is_marked() {
                let needed = if let Show::Safe = field.show {
                    quote!(::core::fmt::Display)
                } else {
                    quote!(#krate::__private::InTemplateField)
                };
                bounds.require(field.ty, &needed);
            }
        }
    }
    bounds.into_generics()
}
