//! What the code written by `#[derive(Redact)]` calls. Not part of the public interface.
#![allow(missing_docs, reason = "hidden from users")]

mod in_template;
mod wipe;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt::{self, Debug};

use crate::log_safe::{LogSafe, Redact};
use crate::mask::{Mask, MaskText};
use crate::placeholder::Placeholder;

#[cfg(feature = "serde")]
pub use crate::serde::view;
#[cfg(feature = "serde")]
pub use ::serde;
pub use in_template::{InTemplate, InTemplateField, in_template};
pub use wipe::{Wipe, WipeAny, WipeField, WipesItself};

/// A field that may be printed as it is.
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
printed_alone!(u8, char, Option<u8>, Option<char>);

#[inline]
pub fn log_safe<T: Field>(value: &T) -> &dyn Debug {
    value
}

#[inline]
pub fn redacting<T: Redact + Debug>(value: &T) -> &dyn Debug {
    value
}

#[inline]
pub fn safe<T: Debug>(value: &T) -> &dyn Debug {
    value
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

/// Writes a struct with named fields in the layout of std's `Debug`. `pieces` is the constant text before each value.
pub fn named(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    names: &[&str],
    pieces: &[&str],
    values: &[&dyn Debug],
) -> fmt::Result {
    if f.alternate() {
        let mut output = f.debug_struct(name);
        for (name, value) in names.iter().zip(values) {
            output.field(name, value);
        }
        return output.finish();
    }
    for (piece, value) in pieces.iter().zip(values) {
        f.write_str(piece)?;
        value.fmt(f)?;
    }
    f.write_str(" }")
}

/// Writes a tuple struct in the layout of std's `Debug`.
pub fn tuple(f: &mut fmt::Formatter<'_>, name: &str, values: &[&dyn Debug]) -> fmt::Result {
    let mut output = f.debug_tuple(name);
    for value in values {
        output.field(value);
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
