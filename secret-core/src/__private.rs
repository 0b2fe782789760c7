//! What the code written by `#[derive(Redact)]` calls. Not part of the public interface.
#![allow(missing_docs, reason = "hidden from users")]

mod in_template;
mod wipe;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt::{self, Debug};

use crate::log_safe::{LogSafe, Redact};
use crate::mask::{Mask, MaskText};
use crate::placeholder::{Placeholder, REDACTED};

#[cfg(feature = "serde")]
pub use crate::serde::view;
#[cfg(feature = "serde")]
pub use ::serde;
pub use in_template::{InTemplate, InTemplateField, in_template};
pub use wipe::{Wipe, WipeAny, WipeField, WipesItself};

/// What a field is written as: a `LogSafe` value stands for itself, anything else in one of the wrappers below.
///
#[diagnostic::on_unimplemented(
    message = "`{Self}` may hold a secret: it is not `LogSafe`",
    label = "nobody has decided whether this field may be printed",
    note = "if it is secret, mark the field `#[redact]`, or use `SecretString` or `Secret<T>`",
    note = "if it may be printed, mark the field `#[redact(safe)]`",
    note = "for a type of your own, `#[derive(Redact)]` on it, or `impl LogSafe` if nothing in it is ever secret"
)]
pub trait Field: Debug {
    /// Whether `Debug` writes the bare placeholder, which then becomes part of the text around it.
    #[inline]
    fn is_hidden(&self) -> bool {
        false
    }
}

#[diagnostic::do_not_recommend]
impl<T: LogSafe + Debug> Field for T {
    #[inline]
    fn is_hidden(&self) -> bool {
        T::is_always_redacted()
    }
}

macro_rules! printed_alone {
    ($($type:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl Field for $type {}
    )* };
}

// Safe one at a time, while a list of them is text or a key.
printed_alone!(u8, char, Option<u8>, Option<char>);

/// A field to be written.
///
/// The expansion coerces each field in a call of this constructor. That checks the same as a generic function would
/// and costs the user's build less; coerced in an array, only the first of several undecided fields would be reported.
#[derive(Clone, Copy)]
pub struct Value<'a>(pub &'a dyn Field);

impl Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A field whose name says secret.
#[inline]
pub fn redacting<T: Redact + Debug>(value: &T) -> Value<'_> {
    Value(value)
}

/// A field that is printed by decision.
pub struct Safe<'a, T>(pub &'a T);

impl<T: Debug> Debug for Safe<'_, T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Debug> Field for Safe<'_, T> {}

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

#[diagnostic::do_not_recommend]
impl Field for MaskedField<'_> {}

pub struct With<'a, T: ?Sized, F>(&'a T, F);

impl<T: ?Sized, F: Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result> Debug for With<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.1(self.0, f)
    }
}

#[diagnostic::do_not_recommend]
impl<T: ?Sized, F: Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result> Field for With<'_, T, F> {}

/// A function, so that the type of the closure is known where it is written.
pub fn with<T: ?Sized, F>(value: &T, write: F) -> With<'_, T, F>
where
    F: Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
{
    With(value, write)
}

/// A field marked `#[redact]`. The methods of the shapes that are kept stand on the type itself, so that they are
/// found before [`MarkedAny`], whatever alias the type is written as.
pub struct Marked<'a, T: ?Sized>(pub &'a T);

/// What is shown of a field marked `#[redact]`.
pub enum Shape {
    Hidden,
    Option { is_some: bool },
    List { length: usize },
    Map { length: usize },
}

#[diagnostic::do_not_recommend]
impl Field for Shape {
    #[inline]
    fn is_hidden(&self) -> bool {
        matches!(self, Self::Hidden)
    }
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

pub trait MarkedAny {
    fn redacted(&self) -> Shape {
        Shape::Hidden
    }
}

impl<T: ?Sized> MarkedAny for Marked<'_, T> {}

impl<T> Marked<'_, Option<T>> {
    pub fn redacted(&self) -> Shape {
        Shape::Option {
            is_some: self.0.is_some(),
        }
    }
}

impl<T> Marked<'_, Vec<T>> {
    pub fn redacted(&self) -> Shape {
        Shape::List {
            length: self.0.len(),
        }
    }
}

impl<K, V> Marked<'_, BTreeMap<K, V>> {
    pub fn redacted(&self) -> Shape {
        Shape::Map {
            length: self.0.len(),
        }
    }
}

#[cfg(feature = "std")]
impl<K, V, S> Marked<'_, std::collections::HashMap<K, V, S>> {
    pub fn redacted(&self) -> Shape {
        Shape::Map {
            length: self.0.len(),
        }
    }
}

/// Writes a struct with named fields in the layout of std's `Debug`.
///
/// `pieces` is the text before each value: `Config { port: `, then `, key: `. `hidden` is how the struct reads with every
/// field hidden: `Config { port: [REDACTED], key: [REDACTED] }`. All text between two values is written in one go,
/// however many names and placeholders it spans.
pub fn named(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    pieces: &[&str],
    hidden: &str,
    fields: &[Value<'_>],
) -> fmt::Result {
    if f.alternate() || f.width().is_some() {
        return named_by_builder(f, name, pieces, fields);
    }
    let mut written = 0;
    let mut end = 0;
    let mut run = false;
    for (piece, Value(field)) in pieces.iter().zip(fields) {
        end += piece.len();
        if field.is_hidden() {
            run = true;
            end += REDACTED.len();
        } else {
            f.write_str(if run { &hidden[written..end] } else { piece })?;
            field.fmt(f)?;
            run = false;
            end += REDACTED.len();
            written = end;
        }
    }
    f.write_str(&hidden[written..])
}

/// Padding and indentation apply to each value.
#[cold]
fn named_by_builder(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    pieces: &[&str],
    fields: &[Value<'_>],
) -> fmt::Result {
    let mut output = f.debug_struct(name);
    for (piece, Value(field)) in pieces.iter().zip(fields) {
        let before_value = piece.trim_end_matches(": ");
        let field_name = before_value.rsplit(' ').next().unwrap_or(before_value);
        output.field(field_name, *field);
    }
    output.finish()
}

/// Writes a tuple struct in the layout of std's `Debug`.
pub fn tuple(f: &mut fmt::Formatter<'_>, name: &str, fields: &[Value<'_>]) -> fmt::Result {
    let mut output = f.debug_tuple(name);
    for Value(field) in fields {
        output.field(*field);
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
