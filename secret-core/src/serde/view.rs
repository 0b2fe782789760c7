//! What `#[redact(serialize)]` is made of: [`RedactedView`] and [`RevealedView`], and how a value is written in each.
//!
//! The derive writes a copy of the type whose fields are the wrappers of this module and puts serde's own derive on
//! it, so that names, tags and flattening are serde's. Everything but the two views is hidden from users.
#![allow(
    missing_docs,
    clippy::missing_errors_doc,
    reason = "hidden from users, apart from the two views"
)]

mod bytes;
mod impls;
mod mask;
mod probe;
mod shape;
mod with;

use core::fmt;
use core::marker::PhantomData;

use ::serde::{Serialize, Serializer};

#[cfg(any(feature = "base64ct", feature = "base16ct"))]
pub(in crate::serde) use bytes::serialize_text;
pub use bytes::{Closed, HasBytes, Opened, Opening, RevealedBytes};
pub use mask::{MaskView, Masked};
pub use probe::{Decided, DecidedOther, DecidedPlain, Unmarked, UnmarkedLogSafe, UnmarkedOther};
pub use shape::{Entries, Text};
pub use with::{
    SafeWith, SafeWithOther, SafeWithView, UnmarkedWith, UnmarkedWithNoSecret, UnmarkedWithOther,
    UnmarkedWithView,
};

/// What [`RedactedView`] and [`RevealedView`] need of a value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no redacted form that can be serialised",
    label = "this cannot be part of a type with `#[redact(serialize)]`",
    note = "for a type of your own, `#[derive(Redact)]` with `#[redact(serialize)]` on it",
    note = "if what its `Serialize` writes may be shown, mark the field `#[redact(safe)]`",
    note = "to leave the field out, mark it `#[serde(skip)]`"
)]
pub trait View {
    fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// What is written of a secret.
pub trait Mode {
    const REVEAL: bool;
}

pub enum Hide {}
pub enum Reveal {}

impl Mode for Hide {
    const REVEAL: bool = false;
}

impl Mode for Reveal {
    const REVEAL: bool = true;
}

/// A value that is written as it is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be serialised",
    label = "this cannot be part of a type with `#[redact(serialize)]`",
    note = "derive `serde::Serialize` for it, or `Redact` with `#[redact(serialize)]` if something in it is secret",
    note = "to write it your own way, `#[serde(serialize_with = \"path::to::function\")]`; to leave it out, `#[serde(skip)]`"
)]
pub trait Plain: Serialize {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> Plain for T {}

/// A value in one of the two modes, for serde.
pub struct In<'a, T: ?Sized, M>(&'a T, PhantomData<M>);

impl<'a, T: ?Sized, M> In<'a, T, M> {
    pub fn new(value: &'a T) -> Self {
        Self(value, PhantomData)
    }
}

impl<T: View + ?Sized, M: Mode> Serialize for In<'_, T, M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize::<M, S>(serializer)
    }
}

/// A field that `skip_serializing_if` may leave out. The condition is asked of the real value beforehand.
pub struct Skippable<V> {
    skip: bool,
    value: V,
}

impl<V> Skippable<V> {
    pub fn new(skip: bool, value: V) -> Self {
        Self { skip, value }
    }

    pub fn skip(&self) -> bool {
        self.skip
    }
}

impl<V: Serialize> Serialize for Skippable<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// The field number `FIELD` of a type, written by its `serialize_with` function.
pub trait FieldWith<const FIELD: usize> {
    type Value: ?Sized;

    fn serialize<S: Serializer>(value: &Self::Value, serializer: S) -> Result<S::Ok, S::Error>;
}

pub struct Written<'a, C: FieldWith<FIELD>, const FIELD: usize>(&'a C::Value);

impl<'a, C: FieldWith<FIELD>, const FIELD: usize> Written<'a, C, FIELD> {
    pub fn new(value: &'a C::Value) -> Self {
        Self(value)
    }
}

impl<C: FieldWith<FIELD>, const FIELD: usize> Serialize for Written<'_, C, FIELD> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        C::serialize(self.0, serializer)
    }
}

/// The masked form of a value, for a dump of a configuration: what its `redacted()` returns.
///
/// It serialises what `Debug` shows: safe fields as they are, secrets as `"[REDACTED]"`, masks as their text. The
/// method comes with `#[derive(Redact)]` and `#[redact(serialize)]`.
///
/// ```
/// use secret_core::{Redact, SecretString};
///
/// #[derive(Redact)]
/// #[redact(serialize)]
/// struct Config { port: u16, api_key: SecretString }
///
/// let config = Config { port: 80, api_key: String::from("k-4711").into() };
/// let dump = serde_json::to_string(&config.redacted()).unwrap();
/// assert_eq!(dump, r#"{"port":80,"api_key":"[REDACTED]"}"#);
/// ```
#[must_use = "a view does nothing until it is serialised"]
pub struct RedactedView<'a, T: ?Sized>(&'a T);

impl<'a, T: ?Sized> RedactedView<'a, T> {
    #[doc(hidden)]
    pub fn new(value: &'a T) -> Self {
        Self(value)
    }
}

impl<T: View + ?Sized> Serialize for RedactedView<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize::<Hide, S>(serializer)
    }
}

impl<T: ?Sized> fmt::Debug for RedactedView<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedactedView([REDACTED])")
    }
}

/// The real value with its secrets, for a file that is meant to hold them: what its `revealed("why")` returns.
///
/// What it serialises is what the type's `Deserialize` reads. It has no `Display`, and its `Debug` shows nothing of
/// the value.
///
/// ```
/// use secret_core::{Redact, SecretString};
///
/// #[derive(Redact)]
/// #[redact(serialize)]
/// struct Config { port: u16, api_key: SecretString }
///
/// let config = Config { port: 80, api_key: String::from("k-4711").into() };
/// let file = serde_json::to_string(&config.revealed("saved to the user's own file")).unwrap();
/// assert_eq!(file, r#"{"port":80,"api_key":"k-4711"}"#);
/// ```
#[must_use = "a view does nothing until it is serialised"]
pub struct RevealedView<'a, T: ?Sized>(&'a T);

impl<'a, T: ?Sized> RevealedView<'a, T> {
    #[doc(hidden)]
    pub fn new(value: &'a T, reason: &'static str) -> Self {
        let _ = reason;
        Self(value)
    }
}

impl<T: View + ?Sized> Serialize for RevealedView<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize::<Reveal, S>(serializer)
    }
}

impl<T: ?Sized> fmt::Debug for RevealedView<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RevealedView([REDACTED])")
    }
}
