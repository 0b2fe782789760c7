//! What the code written by `#[derive(Redact)]` calls. Not part of the public interface.
#![allow(missing_docs, reason = "hidden from users")]

mod in_template;
mod wipe;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt::{self, Debug};
use core::mem::needs_drop;

use crate::log_safe::{LogSafe, Redact};
use crate::mask::{Mask, MaskText};
use crate::placeholder::{Placeholder, REDACTED};

#[cfg(feature = "serde")]
pub use crate::serde::view;
#[cfg(feature = "serde")]
pub use ::serde;
pub use in_template::{DisplayedField, InTemplate, InTemplateField, displayed, in_template};
pub use wipe::{Wipe, WipeAny, WipeField, WipesItself};

/// How a field is written.
///
/// The expansion coerces each field in a call of one of these constructors. That checks the same as a generic function
/// would and costs the user's build less; coerced in an array, only the first of several undecided fields would be
/// reported.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    /// As it is, since its type is `LogSafe`.
    Plain(&'a dyn Field),
    /// As it is: a field that is printed by decision, or what stands for one that is masked.
    Shown(&'a dyn Debug),
    /// As it is, since its type redacts itself, as its name demands.
    Redacting(&'a dyn RedactingField),
    /// As a placeholder.
    Marked(Shape),
}

pub use Value::{Plain, Redacting, Shown};

impl Value<'_> {
    /// Whether `Debug` writes the bare placeholder, which then is part of the text around it.
    #[inline]
    fn is_hidden(&self) -> bool {
        match self {
            Self::Plain(_) | Self::Shown(_) => false,
            Self::Redacting(field) => field.is_hidden(),
            Self::Marked(shape) => matches!(shape, Shape::Hidden),
        }
    }
}

impl Debug for Value<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(field) => field.fmt(f),
            Self::Redacting(field) => field.fmt(f),
            Self::Shown(field) => field.fmt(f),
            Self::Marked(shape) => shape.fmt(f),
        }
    }
}

/// A field that may be printed whatever its name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` may hold a secret: it is not `LogSafe`",
    label = "nobody has decided whether this field may be printed",
    note = "if it is secret, mark the field `#[redact]`, or use `SecretString` or `Secret<T>`",
    note = "if it may be printed, mark the field `#[redact(safe)]`",
    note = "for a type of your own, `#[derive(Redact)]` on it, or `impl LogSafe` if nothing in it is ever secret"
)]
pub trait Field: Debug {}

#[diagnostic::do_not_recommend]
impl<T: LogSafe + Debug> Field for T {}

macro_rules! printed_alone {
    ($($type:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl Field for $type {}
    )* };
}

// Safe one at a time, while a list of them is text or a key.
printed_alone!(u8, i8, char, Option<u8>, Option<i8>, Option<char>);

/// A field whose name says secret, or the name of the variant or newtype that holds it.
#[diagnostic::on_unimplemented(
    message = "the name says that this is secret, but `{Self}` does not redact itself",
    label = "this would print the field as it is",
    note = "if it is secret, use `SecretString` or `Secret<T>`, or mark the field `#[redact]`",
    note = "if it may be printed, say so: `#[redact(safe)]`"
)]
pub trait RedactingField: Debug {
    fn is_hidden(&self) -> bool;
}

#[diagnostic::do_not_recommend]
impl<T: Redact + Debug> RedactingField for T {
    #[inline]
    fn is_hidden(&self) -> bool {
        T::is_always_redacted()
    }
}

/// Its type does not name that of the value, so that a value which is no text is one error.
pub fn masked<T: MaskText>(value: &T, mask: Mask) -> MaskedField<'_> {
    MaskedField(value, mask)
}

pub struct MaskedField<'a>(&'a dyn MaskText, Mask);

impl Debug for MaskedField<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt_masked(self.1, f)
    }
}

pub struct With<'a, T: ?Sized, F>(&'a T, F);

impl<T: ?Sized, F: Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result> Debug for With<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.1(self.0, f)
    }
}

/// A function, so that the type of the closure is known where it is written.
pub fn with<T: ?Sized, F>(value: &T, write: F) -> With<'_, T, F>
where
    F: Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
{
    With(value, write)
}

/// The `Debug` of a type with functions of `#[redact(with = …)]`.
pub trait CallsFunctions {
    /// # Errors
    ///
    /// As `Debug`.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// A field marked `#[redact]`. The methods of the shapes that are kept stand on the type itself, so that they are
/// found before [`MarkedAny`], whatever alias the type is written as.
pub struct Marked<'a, T: ?Sized>(pub &'a T);

/// What is shown of a field marked `#[redact]`.
#[derive(Clone, Copy)]
pub enum Shape {
    Hidden,
    Option { is_some: bool },
    List { length: usize },
    Map { length: usize },
}

impl Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Hidden => Placeholder.fmt(f),
            Self::Option { is_some } => is_some.then_some(Placeholder).fmt(f),
            Self::List { length } => f
                .debug_list()
                .entries((0..length).map(|_| Placeholder))
                .finish(),
            Self::Map { length } => f
                .debug_map()
                .entries((0..length).map(|_| (Placeholder, Placeholder)))
                .finish(),
        }
    }
}

/// Any other type. By reference, so that it is found last.
pub trait MarkedAny {
    fn shape(&self) -> Shape {
        Shape::Hidden
    }

    fn placeholder(&self) -> Value<'static> {
        Value::Marked(Shape::Hidden)
    }
}

impl<T: ?Sized> MarkedAny for Marked<'_, T> {}

macro_rules! shape_is_kept {
    ([$($parameter:ident),*] $type:ty, $value:ident => $shape:expr) => {
        impl<$($parameter),*> Marked<'_, $type> {
            pub fn shape(self) -> Shape {
                let $value = self.0;
                $shape
            }

            pub fn placeholder(self) -> Value<'static> {
                Value::Marked(self.shape())
            }
        }
    };
}

shape_is_kept!([T] Option<T>, value => Shape::Option { is_some: value.is_some() });
shape_is_kept!([T] Vec<T>, value => list_shape(value));
shape_is_kept!([K, V] BTreeMap<K, V>, value => Shape::Map { length: value.len() });
#[cfg(feature = "std")]
shape_is_kept!(
    [K, V, S] std::collections::HashMap<K, V, S>,
    value => Shape::Map { length: value.len() }
);

/// Of a list of small plain values, such as bytes, characters or UTF-16 units, not even the length is told: it is a text
/// or a key.
fn list_shape<T>(list: &[T]) -> Shape {
    if size_of::<T>() <= size_of::<char>() && !needs_drop::<T>() {
        Shape::Hidden
    } else {
        Shape::List { length: list.len() }
    }
}

/// Writes a struct with named fields in the layout of std's `Debug`.
///
/// `text` is how the struct reads with every public value left out and the others hidden:
/// `Config { port: , key: [REDACTED] }`. `lengths` are those of the text before each value, `Config { port: ` and
/// `, key: `: one literal costs the user's build far less than an array. They are missing where one would not fit.
/// All text between two values is written in one go, however many names and placeholders it spans.
pub fn named(
    f: &mut fmt::Formatter<'_>,
    text: &str,
    lengths: &[u8],
    fields: &[Value<'_>],
) -> fmt::Result {
    if f.alternate() || f.width().is_some() || lengths.len() != fields.len() {
        return named_by_builder(f, text, fields);
    }
    let mut rest = text;
    let mut end = 0;
    for (&length, field) in lengths.iter().zip(fields) {
        end += usize::from(length);
        if let Plain(_) | Shown(_) = field {
            let (before, after) = rest.split_at(end);
            f.write_str(before)?;
            field.fmt(f)?;
            rest = after;
            end = 0;
        } else if field.is_hidden() {
            end += REDACTED.len();
        } else {
            rest = instead_of_placeholder(f, rest, end, field)?;
            end = 0;
        }
    }
    f.write_str(rest)
}

/// Writes the text before a placeholder and the value that it stands for; returns the text after it.
#[cold]
fn instead_of_placeholder<'a>(
    f: &mut fmt::Formatter<'_>,
    text: &'a str,
    end: usize,
    value: &Value<'_>,
) -> Result<&'a str, fmt::Error> {
    f.write_str(&text[..end])?;
    value.fmt(f)?;
    Ok(&text[end + REDACTED.len()..])
}

/// Padding and indentation apply to each value.
#[cold]
fn named_by_builder(f: &mut fmt::Formatter<'_>, text: &str, fields: &[Value<'_>]) -> fmt::Result {
    let name = text.split(' ').next().unwrap_or(text);
    let mut output = f.debug_struct(name);
    for (before, field) in text.split(": ").zip(fields) {
        let field_name = before.rsplit(' ').next().unwrap_or(before);
        output.field(field_name, field);
    }
    output.finish()
}

/// Writes a tuple struct in the layout of std's `Debug`.
pub fn tuple(f: &mut fmt::Formatter<'_>, name: &str, fields: &[Value<'_>]) -> fmt::Result {
    let mut output = f.debug_tuple(name);
    for field in fields {
        output.field(field);
    }
    output.finish()
}

/// Holds what needs serde, so that without it one error says which feature is missing.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_serde {
    ($($code:tt)*) => { $($code)* };
}

#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_serde {
    ($($code:tt)*) => {
        ::core::compile_error!("`#[redact(serialize)]` needs feature `serde` of `secret-core`");
    };
}
