//! Bounds that no type meets, for what they say when they are asked for.
//!
//! Leaving an implementation out would forbid as much, but then the compiler's advice would be to add it. An
//! implementation under such a bound lets the compiler state the rule and the way out.

use alloc::string::String;
use alloc::vec::Vec;
#[cfg(feature = "subtle")]
use core::cmp::Ordering;
use core::hash::{Hash, Hasher};

use zeroize::Zeroize;

#[cfg(feature = "serde")]
use crate::redacted::Redacted;
use crate::secret::Secret;

#[diagnostic::on_unimplemented(
    message = "an exposed secret cannot be printed, formatted or logged",
    label = "this would print the secret",
    note = "to log that it is there, print the `Secret` itself: it shows `[REDACTED]`",
    note = "to send it, hand it on by reference: `send(&key.expose_secret())`",
    note = "to put text around it, as a header does, make another secret: `key.map(|key| [\"Bearer \", &key].concat())`",
    note = "if the value is public from here on, say so: `.declassify(\"why it is public\")`"
)]
pub trait Printable {}

#[diagnostic::on_unimplemented(
    message = "an exposed secret cannot be copied into a plain value",
    label = "the copy would be printable and would not be wiped",
    note = "to keep it, clone the `Secret` itself; to change it, use `Secret::map`: `key.map(|key| [\"Bearer \", &key].concat())`",
    note = "to hand it on, pass it by reference: `send(&key.expose_secret())`",
    note = "if the value is public from here on, say so: `.declassify(\"why it is public\")`"
)]
pub trait Copyable {}

#[cfg(feature = "serde")]
#[diagnostic::on_unimplemented(
    message = "a secret is not serialised unless the code says how",
    label = "this would write the secret into the output",
    note = "on the field, `#[serde(serialize_with = \"secret_core::serde::redacted\")]` writes `[REDACTED]`",
    note = "for output that is meant to hold the secret, `#[serde(serialize_with = \"secret_core::serde::exposed\")]`",
    note = "or `#[serde(skip_serializing)]`"
)]
pub trait Serializable {}

#[diagnostic::on_unimplemented(
    message = "a secret cannot be hashed, so it cannot be a key of a map or in a set",
    label = "this would look it up by its value, in time that depends on it",
    note = "use its `Fingerprint` as the key (feature `fingerprint`), or search a list with `==`"
)]
pub trait Hashable {}

#[cfg(feature = "subtle")]
#[diagnostic::on_unimplemented(
    message = "secrets have no order",
    label = "sorting them would tell about their values through time and place",
    note = "sort by something public: a name, an id, the `Fingerprint` (feature `fingerprint`)"
)]
pub trait Orderable {}

#[diagnostic::on_unimplemented(
    message = "a secret does not turn into a plain value",
    label = "the plain value would be printable and would not be wiped",
    note = "to use it, hand it on by reference: `send(&key.expose_secret())`",
    note = "to make another secret of it, use `Secret::map` or `Secret::try_map`"
)]
pub trait Unwrappable {}

#[diagnostic::on_unimplemented(
    message = "a literal in the source is not a secret",
    label = "who can read the program can read this",
    note = "for text that was read at run time use `SecretString::from(String)`, which leaves no copy",
    note = "for borrowed text use `.parse::<SecretString>()`; in a test, `SecretString::from(String::from(\"…\"))`"
)]
pub trait Literal {}

/// What an open secret may be taken for where a function asks for `impl AsRef<…>`.
#[diagnostic::on_unimplemented(
    message = "an exposed secret cannot be passed as `{Self}`: arguments, variables and paths are seen by others",
    label = "this would show the secret outside the program",
    note = "give a program its secrets on standard input or in a file, not as an argument",
    note = "where it must be so, take the text out on purpose: `&*key.expose_secret()`"
)]
pub trait Readable {}

impl Readable for str {}
impl<T> Readable for [T] {}
impl<T, const N: usize> Readable for [T; N] {}

/// Never holds: no type meets the bound, which is there for what the compiler then says.
impl<T: Zeroize + ?Sized + Hashable> Hash for Secret<T> {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// Never holds: no type meets the bound, which is there for what the compiler then says.
impl<T: Zeroize + ?Sized + Literal> From<&str> for Secret<T> {
    fn from(_: &str) -> Self {
        unreachable!("no type is a literal")
    }
}

/// Never holds: no type meets the bound, which is there for what the compiler then says.
impl<T: Zeroize + ?Sized + Unwrappable> From<Secret<T>> for String {
    fn from(_: Secret<T>) -> Self {
        Self::new()
    }
}

/// Never holds: no type meets the bound, which is there for what the compiler then says.
impl<T: Zeroize + ?Sized + Unwrappable> From<Secret<T>> for Vec<u8> {
    fn from(_: Secret<T>) -> Self {
        Self::new()
    }
}

/// Never holds: no type meets the bound, which is there for what the compiler then says.
#[cfg(feature = "subtle")]
impl<T: Zeroize + ?Sized + Orderable> PartialOrd for Secret<T>
where
    Self: Eq,
{
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Never holds: no type meets the bound, which is there for what the compiler then says.
#[cfg(feature = "subtle")]
impl<T: Zeroize + ?Sized + Orderable> Ord for Secret<T>
where
    Self: Eq,
{
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

/// Never holds: no type meets the bound, which is there for what the compiler then says.
#[cfg(feature = "serde")]
impl<T: Zeroize + ?Sized + Serializable> ::serde::Serialize for Secret<T> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::serde::redacted(self, serializer)
    }
}

/// Never holds: no type meets the bound, which is there for what the compiler then says.
#[cfg(feature = "serde")]
impl<T: ?Sized + Serializable> ::serde::Serialize for Redacted<T> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::serde::redacted(self, serializer)
    }
}
