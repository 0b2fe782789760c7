//! Secrets on their way into a `with` module such as [`base64`](crate::serde::base64).

#[cfg(any(feature = "base64ct", feature = "base16ct"))]
use alloc::string::String;
use core::ops::Deref;

#[cfg(any(feature = "base64ct", feature = "base16ct"))]
use ::serde::Serializer;
use secrecy::ExposeSecret;
#[cfg(any(feature = "base64ct", feature = "base16ct"))]
use zeroize::Zeroizing;

use crate::secret::{Secret, SecretBytes, SecretString};

/// A secret that `revealed("why")` is writing. Only it makes one, so that `with = "secret_core::serde::base64"` reads and
/// writes there and does not let a derived `Serialize` write the secret.
pub struct Opened<'a, T>(&'a T);

/// An [`Opened`] secret and nothing else, for what the compiler says about anything else.
#[diagnostic::on_unimplemented(
    message = "a derived `Serialize` would write these secret bytes",
    label = "only the view of `revealed` writes them",
    note = "derive `Redact` with `#[redact(serialize)]` instead of `Serialize`: `redacted()` hides them, `revealed(\"why\")` writes them",
    note = "or hide them: `#[serde(serialize_with = \"secret_core::serde::redacted\")]`, and `deserialize_with` for reading"
)]
pub trait RevealedBytes {
    /// Nothing where the secret is an option that is none.
    fn bytes(&self) -> Option<&[u8]>;
}

impl<T: HasBytes> RevealedBytes for Opened<'_, T> {
    fn bytes(&self) -> Option<&[u8]> {
        self.0.secret_bytes()
    }
}

/// Writes the bytes as text in an encoding, or nothing for nothing.
#[cfg(any(feature = "base64ct", feature = "base16ct"))]
pub(in crate::serde) fn serialize_text<S: Serializer>(
    revealed: &impl RevealedBytes,
    serializer: S,
    encode: impl FnOnce(&[u8]) -> String,
) -> Result<S::Ok, S::Error> {
    match revealed.bytes() {
        Some(bytes) => serializer.serialize_str(&Zeroizing::new(encode(bytes))),
        None => serializer.serialize_none(),
    }
}

/// Secrets that can be written as bytes.
pub trait HasBytes {
    fn secret_bytes(&self) -> Option<&[u8]>;
}

impl<T> Opened<'_, T> {
    pub fn get(&self) -> &Self {
        self
    }
}

/// Functions of users take the secret itself.
impl<T> Deref for Opened<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0
    }
}

/// A value that is handed to a function of `serialize_with`: as itself, but secrets that have bytes as [`Opened`].
pub struct Opening<'a, T: ?Sized>(pub &'a T);

macro_rules! opened {
    ($({$($generics:tt)*} $secret:ty => |$exposed:ident| $bytes:expr),* $(,)?) => { $(
        impl<$($generics)*> HasBytes for $secret {
            fn secret_bytes(&self) -> Option<&[u8]> {
                let $exposed = ExposeSecret::expose_secret(self);
                Some($bytes)
            }
        }

        impl<$($generics)*> HasBytes for Option<$secret> {
            fn secret_bytes(&self) -> Option<&[u8]> {
                self.as_ref()?.secret_bytes()
            }
        }

        impl<'a, $($generics)*> Opening<'a, $secret> {
            pub fn open(&self) -> Opened<'a, $secret> {
                Opened(self.0)
            }
        }

        impl<'a, $($generics)*> Opening<'a, Option<$secret>> {
            pub fn open(&self) -> Opened<'a, Option<$secret>> {
                Opened(self.0)
            }
        }
    )* };
}

opened! {
    {} SecretBytes => |bytes| bytes,
    {} SecretString => |text| text.as_bytes(),
    {const N: usize} Secret<[u8; N]> => |bytes| bytes.as_slice(),
}

pub trait Closed<'a, T: ?Sized> {
    fn open(&self) -> Itself<'a, T>;
}

impl<'a, T: ?Sized> Closed<'a, T> for Opening<'a, T> {
    fn open(&self) -> Itself<'a, T> {
        Itself(self.0)
    }
}

pub struct Itself<'a, T: ?Sized>(&'a T);

impl<'a, T: ?Sized> Itself<'a, T> {
    pub fn get(&self) -> &'a T {
        self.0
    }
}
