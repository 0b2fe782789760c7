//! The views of `#[redact(serialize)]`.
//!
//! What is written is a private copy of the type under serde's own derive, so that names, tags and flattening are
//! serde's. The copy has one type parameter for each field, hence no generics, lifetimes or bounds of the user's;
//! the compiler infers for each the wrapper that writes the field masked or as it is.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Generics, Ident, Path, Result, Type};

use crate::bound::{self, Bounds};
use crate::expand::{binding, mask_value};
use crate::fault::Faults;
use crate::input::{Data, Fields, Input};
use crate::model::{Body, Field, Model, Shape, Show};
use crate::serde_attribute::{Bound, SerdeAttributes};
use crate::validate;

/// One field of the type and its counterpart in the copy.
struct Part<'a> {
    field: &'a Field<'a>,
    serde: SerdeAttributes,
    /// The number of the field among all of the type.
    number: usize,
    parameter: Ident,
    /// Whether the field is written where only a map fits.
    entries: bool,
}

/// A struct, or one variant.
struct Copy<'a> {
    name: &'a Ident,
    serde: SerdeAttributes,
    fields: &'a Fields,
    parts: Vec<Part<'a>>,
}

#[derive(Clone, PartialEq, Eq)]
enum Mode {
    Hide,
    Reveal,
}

pub(crate) fn expand(model: &Model<'_>, input: &Input) -> Result<TokenStream> {
    let mut faults = Faults::default();
    let container = SerdeAttributes::parse(&input.attributes, &mut faults);
    let copies = copies(model, input, &container, &mut faults);
    if let Some(errors) = faults.into_error() {
        return Err(errors);
    }
    let Model { name, krate, .. } = model;
    let generics = view_bounds(model, &container, &copies);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let definition = definition(model, &container, &copies);
    let functions = copies
        .iter()
        .flat_map(|copy| &copy.parts)
        .filter_map(|part| function(model, &container, part));
    let serializer = Ident::new("__serializer", Span::mixed_site());
    let methods = methods(input);
    let reveal = write(&copies, model, &Mode::Reveal, &serializer);
    let hide = if model.hide_variant {
        quote!(secret_core_serde::Serializer::serialize_str(#serializer, #krate::REDACTED))
    } else {
        write(&copies, model, &Mode::Hide, &serializer)
    };
    Ok(quote! {
        #krate::__with_serde! {
            const _: () = {
                use #krate::__private::{serde as secret_core_serde, view as secret_core_view};

                #definition
                #(#functions)*

                #[automatically_derived]
                impl #impl_generics secret_core_view::View for #name #type_generics #where_clause {
                    fn serialize<__Mode: secret_core_view::Mode, __Serializer: secret_core_serde::Serializer>(
                        &self,
                        #serializer: __Serializer,
                    ) -> ::core::result::Result<__Serializer::Ok, __Serializer::Error> {
                        #[allow(unused_imports)]
                        use #krate::__private::MarkedAny as _;
                        #[allow(unused_imports)]
                        use secret_core_view::{
                            DecidedOther as _, DecidedPlain as _, SafeWithOther as _, SafeWithView as _,
                            UnmarkedLogSafe as _, UnmarkedOther as _, UnmarkedWithNoSecret as _,
                            UnmarkedWithOther as _, UnmarkedWithView as _,
                        };
                        if <__Mode as secret_core_view::Mode>::REVEAL { #reveal } else { #hide }
                    }
                }

                #methods
            };
        }
    })
}

/// What a faulty type gets, so that code which serialises it is no further error.
pub(crate) fn fallback(input: &Input, krate: &Path) -> TokenStream {
    let name = &input.name;
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let methods = methods(input);
    quote! {
        #krate::__with_serde! {
            const _: () = {
                use #krate::__private::{serde as secret_core_serde, view as secret_core_view};

                #[automatically_derived]
                impl #impl_generics secret_core_view::View for #name #type_generics #where_clause {
                    fn serialize<__Mode: secret_core_view::Mode, __Serializer: secret_core_serde::Serializer>(
                        &self,
                        __serializer: __Serializer,
                    ) -> ::core::result::Result<__Serializer::Ok, __Serializer::Error> {
                        secret_core_serde::Serializer::serialize_str(__serializer, #krate::REDACTED)
                    }
                }

                #methods
            };
        }
    }
}

/// Without the bounds of the view, so that the error is about the parameter that does not meet them.
fn methods(input: &Input) -> TokenStream {
    let name = &input.name;
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        #[allow(dead_code)]
        impl #impl_generics #name #type_generics #where_clause {
            /// What `Debug` shows, for serde: secrets are written as `"[REDACTED]"`.
            pub fn redacted(&self) -> secret_core_view::RedactedView<'_, Self> {
                secret_core_view::RedactedView::new(self)
            }

            /// The real values, secrets included, as `Deserialize` reads them. The reason is for the reader.
            pub fn revealed(&self, reason: &'static str) -> secret_core_view::RevealedView<'_, Self> {
                secret_core_view::RevealedView::new(self, reason)
            }
        }
    }
}

fn copies<'a>(
    model: &'a Model<'a>,
    input: &'a Input,
    container: &SerdeAttributes,
    faults: &mut Faults,
) -> Vec<Copy<'a>> {
    let mut number = 0;
    let mut copy =
        |shape: &'a Shape<'a>, serde: SerdeAttributes, fields: &'a Fields, faults: &mut Faults| {
            let tagged = container.tag
                && !container.content
                && matches!(fields, Fields::Tuple(fields) if fields.len() == 1);
            let parts = shape
                .fields
                .iter()
                .zip(fields.list())
                .map(|(field, source)| {
                    let mut attributes = SerdeAttributes::parse(&source.attributes, faults);
                    attributes.skip |=
                        serde.skip || container.transparent && is_phantom(&source.ty);
                    number += 1;
                    Part {
                        field,
                        number,
                        parameter: format_ident!("Field{}", number),
                        entries: tagged || attributes.flatten,
                        serde: attributes,
                    }
                });
            Copy {
                name: shape.name,
                fields,
                parts: parts.collect(),
                serde,
            }
        };
    match (&model.body, &input.data) {
        (Body::Struct(shape), Data::Struct(fields)) => {
            vec![copy(shape, SerdeAttributes::default(), fields, faults)]
        }
        (Body::Enum(shapes), Data::Enum(variants)) => shapes
            .iter()
            .zip(variants)
            .map(|(shape, variant)| {
                let serde = SerdeAttributes::parse(&variant.attributes, faults);
                if serde.with.is_some() {
                    faults.push(validate::serde_with_on_variant(&variant.name));
                }
                copy(shape, serde, &variant.fields, faults)
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// As serde does: of a transparent struct, a `PhantomData` is not the field that is written.
fn is_phantom(ty: &TokenStream) -> bool {
    matches!(syn::parse2(ty.clone()), Ok(Type::Path(ty)) if ty.path.segments.last().is_some_and(|last| last.ident == "PhantomData"))
}

/// The copied type.
fn definition(model: &Model<'_>, container: &SerdeAttributes, copies: &[Copy<'_>]) -> TokenStream {
    let parameters = copies
        .iter()
        .flat_map(|copy| &copy.parts)
        .filter(|part| !part.serde.skip)
        .map(|part| &part.parameter);
    let kept = &container.kept;
    let rename = (!container.renamed).then(|| {
        let name = model.name.unraw().to_string();
        quote!(, rename = #name)
    });
    let bodies = copies.iter().map(|copy| match copy.fields {
        _ if copy.serde.skip => TokenStream::new(),
        Fields::Named(_) => {
            let fields = copy.parts.iter().map(|part| {
                let (attribute, ty) = copied_field(part);
                let member = &part.field.member;
                quote!(#attribute #member: #ty)
            });
            quote!({ #(#fields),* })
        }
        Fields::Tuple(_) => {
            let fields = copy.parts.iter().map(|part| {
                let (attribute, ty) = copied_field(part);
                quote!(#attribute #ty)
            });
            quote!((#(#fields),*))
        }
        Fields::Unit => TokenStream::new(),
    });
    let head = quote! {
        #[derive(secret_core_serde::Serialize)]
        #[serde(crate = "secret_core_serde" #rename #(, #kept)*)]
    };
    if let (Body::Struct(_), [copy]) = (&model.body, copies) {
        let end = (!matches!(copy.fields, Fields::Named(_))).then(|| quote!(;));
        return quote!(#head struct __Copy<#(#parameters),*> #(#bodies)* #end);
    }
    let variants = copies.iter().zip(bodies).map(|(copy, body)| {
        let name = copy.name;
        let kept = &copy.serde.kept;
        let skip = copy.serde.skip.then(|| quote!(#[serde(skip_serializing)]));
        quote!(#[serde(#(#kept),*)] #skip #name #body)
    });
    quote!(#head enum __Copy<#(#parameters),*> { #(#variants),* })
}

fn copied_field(part: &Part<'_>) -> (TokenStream, TokenStream) {
    let Part {
        serde, parameter, ..
    } = part;
    let kept = &serde.kept;
    if serde.skip {
        (quote!(#[serde(skip_serializing)]), quote!(()))
    } else if serde.skip_if.is_some() {
        (
            quote!(#[serde(#(#kept,)* skip_serializing_if = "secret_core_view::Skippable::skip")]),
            quote!(secret_core_view::Skippable<#parameter>),
        )
    } else {
        (quote!(#[serde(#(#kept),*)]), quote!(#parameter))
    }
}

/// Makes the copy of `self` and serialises it.
fn write(copies: &[Copy<'_>], model: &Model<'_>, mode: &Mode, serializer: &Ident) -> TokenStream {
    if copies.is_empty() {
        return quote!(match *self {});
    }
    let arms = copies.iter().map(|copy| {
        let name = copy.name;
        let variant = match model.body {
            Body::Struct(_) => TokenStream::new(),
            Body::Enum(_) => quote!(::#name),
        };
        if copy.serde.skip {
            return quote!(Self #variant { .. } => __Copy #variant);
        }
        let members: Vec<_> = copy.parts.iter().map(|part| &part.field.member).collect();
        let bindings = copy.parts.iter().map(|part| {
            if part.serde.skip {
                quote!(_)
            } else {
                let binding = binding(part.field);
                quote!(#binding)
            }
        });
        let values = copy.parts.iter().map(|part| value(part, model, mode));
        quote!(Self #variant { #(#members: #bindings),* } => __Copy #variant { #(#members: #values),* })
    });
    quote! {{
        let __copy = match self { #(#arms),* };
        secret_core_serde::Serialize::serialize(&__copy, #serializer)
    }}
}

/// What stands for a field in the copy.
fn value(part: &Part<'_>, model: &Model<'_>, mode: &Mode) -> TokenStream {
    if part.serde.skip {
        return quote!(());
    }
    let access = binding(part.field);
    let value = match mode {
        Mode::Hide => hidden(part, model, &access),
        Mode::Reveal => revealed(part, &access),
    };
    match &part.serde.skip_if {
        Some(condition) => quote!(secret_core_view::Skippable::new(#condition(#access), #value)),
        None => value,
    }
}

fn revealed(part: &Part<'_>, access: &Ident) -> TokenStream {
    let Part { number, field, .. } = part;
    if part.serde.with.is_some() {
        return quote_spanned!(field.site()=> secret_core_view::Written::<Self, #number>::new(#access));
    }
    match field.show {
        Show::LogSafe | Show::Redacting => {
            quote_spanned!(field.site()=> (&secret_core_view::Unmarked(#access)).view::<secret_core_view::Reveal>())
        }
        _ => {
            quote_spanned!(field.site()=> (&secret_core_view::Decided(#access)).view::<secret_core_view::Reveal>())
        }
    }
}

fn hidden(part: &Part<'_>, model: &Model<'_>, access: &Ident) -> TokenStream {
    let Part { number, field, .. } = part;
    let krate = &model.krate;
    let private = quote!(#krate::__private);
    match &field.show {
        Show::LogSafe if part.serde.with.is_some() => {
            quote_spanned!(field.site()=> (&&secret_core_view::UnmarkedWith(#access)).view::<Self, #number>())
        }
        Show::Safe if part.serde.with.is_some() => {
            quote_spanned!(field.site()=> (&secret_core_view::SafeWith(#access)).view::<Self, #number>())
        }
        Show::LogSafe | Show::Redacting => {
            quote_spanned!(field.site()=> (&secret_core_view::Unmarked(#access)).view::<secret_core_view::Hide>())
        }
        Show::Safe => {
            quote_spanned!(field.site()=> (&secret_core_view::Decided(#access)).view::<secret_core_view::Hide>())
        }
        Show::Redacted if part.entries => {
            quote!(secret_core_view::Entries(#private::Marked(#access).shape()))
        }
        Show::Redacted => quote!(#private::Marked(#access).shape()),
        Show::With(path) => {
            quote! {
                secret_core_view::Text(#private::with(#access, |__value, __formatter| #path(__value, __formatter)))
            }
        }
        Show::Masked(mask) => {
            let mask = mask_value(krate, mask);
            quote_spanned!(field.site()=> secret_core_view::Masked::new(#access, #mask))
        }
    }
}

/// The `serialize_with` function of a field, where the type's own generics are in scope.
fn function(
    model: &Model<'_>,
    container: &SerdeAttributes,
    part: &Part<'_>,
) -> Option<TokenStream> {
    let path = part.serde.with.as_ref().filter(|_| !part.serde.skip)?;
    let Part { number, field, .. } = part;
    let mut generics = model.generics.clone();
    add_predicates(&mut generics, container.bound.as_ref());
    add_predicates(&mut generics, part.serde.bound.as_ref());
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let (name, ty) = (model.name, field.ty);
    Some(quote! {
        impl #impl_generics secret_core_view::FieldWith<#number> for #name #type_generics #where_clause {
            type Value = #ty;

            fn serialize<__Serializer: secret_core_serde::Serializer>(
                __value: &#ty,
                __serializer: __Serializer,
            ) -> ::core::result::Result<__Serializer::Ok, __Serializer::Error> {
                #[allow(unused_imports)]
                use secret_core_view::Closed as _;
                let __opened = (&secret_core_view::Opening(__value)).open();
                #path(__opened.get(), __serializer)
            }
        }
    })
}

/// The bounds of `Debug`, and for each type parameter what its fields need; `#[serde(bound)]` stands instead of the
/// latter, as it does with serde.
fn view_bounds(model: &Model<'_>, container: &SerdeAttributes, copies: &[Copy<'_>]) -> Generics {
    let mut bounds = Bounds::new(&bound::debug(model));
    let written = || {
        copies
            .iter()
            .flat_map(|copy| &copy.parts)
            .filter(|part| !part.serde.skip)
    };
    for part in written() {
        if container.bound.is_none() && part.serde.bound.is_none() {
            for needed in needs(part, &model.krate) {
                bounds.require(part.field.ty, &needed);
            }
        }
    }
    let mut generics = bounds.into_generics();
    add_predicates(&mut generics, container.bound.as_ref());
    for part in written() {
        add_predicates(&mut generics, part.serde.bound.as_ref());
    }
    generics
}

/// What a type parameter must be for a field that mentions it.
fn needs(part: &Part<'_>, krate: &Path) -> Vec<TokenStream> {
    let view = quote!(#krate::__private::view);
    let mut bounds = Vec::new();
    match &part.field.show {
        Show::LogSafe | Show::Redacting => return vec![quote!(#view::View)],
        Show::Safe | Show::Redacted | Show::With(_) => {}
        Show::Masked(_) => bounds.push(quote!(#view::MaskView)),
    }
    if part.serde.with.is_none() {
        bounds.push(quote!(#krate::__private::serde::Serialize));
    }
    bounds
}

fn add_predicates(generics: &mut Generics, predicates: Option<&Bound>) {
    if let Some(predicates) = predicates.filter(|predicates| !predicates.is_empty()) {
        generics
            .make_where_clause()
            .predicates
            .extend(predicates.iter().cloned());
    }
}
