//! `Deserialize` for secrets, with errors that never show the value.
//!
//! A format's own error quotes what it found instead of a string, so every error of the format is replaced. What a
//! visitor itself refuses is returned as a value, to be told apart from that.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;
use core::fmt::{self, Write};
use core::marker::PhantomData;

use ::serde::Deserialize;
use ::serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use ::serde::de::{
    DeserializeOwned, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use zeroize::{Zeroize, Zeroizing};

use crate::error::SecretError;
use crate::placeholder;
use crate::redacted::Redacted;
use crate::secret::{Secret, SecretBytes, SecretString};
use crate::serde::refusing::Refusing;

/// The name under which every secret asks a deserializer for a newtype struct.
///
/// Formats read a newtype struct as what is in it, so the name changes nothing for them. A deserializer of one's own
/// learns by it that the value is a secret whatever the field is called; `secret-env` does.
///
/// ```
/// # use secret_core::{SecretString, serde::SECRET_NEWTYPE};
/// use serde::de::value::{BorrowedStrDeserializer, Error};
/// use serde::{Deserialize, Deserializer, de::Visitor, forward_to_deserialize_any};
///
/// struct Loud(&'static str);
/// impl<'de> Deserializer<'de> for Loud {
///     type Error = Error;
///     fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
///         assert_eq!(name, SECRET_NEWTYPE);
///         visitor.visit_newtype_struct(self)
///     }
///     fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
///         visitor.visit_borrowed_str(self.0)
///     }
///     forward_to_deserialize_any! {
///         bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
///         seq tuple tuple_struct map struct enum identifier ignored_any
///     }
/// }
/// assert!(SecretString::deserialize(Loud("k-4711")).is_ok());
/// ```
pub const SECRET_NEWTYPE: &str = "secret_core::Secret";

/// What stands inside the newtype struct of a secret.
pub(super) trait Inside<'de>: Sized {
    /// What to say in place of an error of the format.
    fn expected() -> impl fmt::Display;

    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Reads a secret under [`SECRET_NEWTYPE`]. Errors of the format are replaced unless the secret itself raised them.
pub(super) fn read_secret<'de, S: Inside<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<S, D::Error> {
    let mut refused = false;
    let visitor = Newtype {
        refused: &mut refused,
        secret: PhantomData,
    };
    deserializer
        .deserialize_newtype_struct(SECRET_NEWTYPE, visitor)
        .map_err(|error| {
            if refused {
                error
            } else {
                replaced(error, S::expected())
            }
        })
}

/// Replaces an error of the format, which may quote the value, by what was expected.
///
/// Not the one for a field that is not there, which has nothing to quote: before serde raises it, it asks the type
/// whether it does without a value, and so it comes by here. The text is that of `serde::de::Error::missing_field`.
pub(super) fn replaced<E: Error>(error: E, expected: impl fmt::Display) -> E {
    let mut start = StartsWith {
        rest: "missing field `",
        differs: false,
    };
    let written = write!(start, "{error}");
    if written.is_ok() && start.rest.is_empty() {
        error
    } else {
        E::custom(expected)
    }
}

/// Compares what is written with a text and stores nothing, since it may be a secret.
struct StartsWith {
    rest: &'static str,
    differs: bool,
}

impl Write for StartsWith {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let length = self.rest.len().min(text.len());
        if self.differs || self.rest.as_bytes()[..length] != text.as_bytes()[..length] {
            self.differs = true;
        } else {
            self.rest = &self.rest[length..];
        }
        Ok(())
    }
}

struct Newtype<'a, S> {
    refused: &'a mut bool,
    secret: PhantomData<S>,
}

impl<'de, S: Inside<'de>> Newtype<'_, S> {
    fn read<D: Deserializer<'de>>(self, deserializer: D) -> Result<S, D::Error> {
        S::read(deserializer).inspect_err(|_| *self.refused = true)
    }
}

/// A deserializer that knows no newtype structs hands over the value itself.
macro_rules! visit_value {
    ($($visit:ident: $value:ty),* $(,)?) => { $(
        fn $visit<E: Error>(self, value: $value) -> Result<S, E> {
            self.read(value.into_deserializer())
        }
    )* };
}

impl<'de, S: Inside<'de>> Visitor<'de> for Newtype<'_, S> {
    type Value = S;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a secret")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<S, D::Error> {
        self.read(deserializer)
    }

    visit_value! {
        visit_bool: bool,
        visit_i64: i64,
        visit_i128: i128,
        visit_u64: u64,
        visit_u128: u128,
        visit_f64: f64,
        visit_char: char,
        visit_str: &str,
        visit_bytes: &[u8],
    }

    /// Lent on, so that it is wiped whatever the type takes of it.
    fn visit_string<E: Error>(self, text: String) -> Result<S, E> {
        self.visit_str(&Zeroizing::new(text))
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<S, E> {
        self.visit_bytes(&Zeroizing::new(bytes))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<S, A::Error> {
        self.read(SeqAccessDeserializer::new(seq))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<S, A::Error> {
        self.read(MapAccessDeserializer::new(map))
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Result<SecretString, SecretError>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a secret as text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(text.parse())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(placeholder::refuse(text.as_bytes()).map(|()| SecretString::from(text)))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        self.visit_byte_buf(Vec::from(bytes))
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Self::Value, E> {
        Ok(placeholder::refuse(&bytes).and_then(|()| SecretString::try_from(bytes)))
    }
}

impl<'de> Inside<'de> for SecretString {
    fn expected() -> impl fmt::Display {
        "expected a secret as text (in quotes)"
    }

    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_string(TextVisitor)
            .map_err(|error| replaced(error, Self::expected()))?
            .map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for SecretString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_secret(deserializer)
    }
}

struct BytesVisitor;

impl<'de> Visitor<'de> for BytesVisitor {
    type Value = Result<SecretBytes, SecretError>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("secret bytes")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        self.visit_bytes(text.as_bytes())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        self.visit_byte_buf(text.into_bytes())
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        self.visit_byte_buf(Vec::from(bytes))
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Self::Value, E> {
        Ok(placeholder::refuse(&bytes).map(|()| SecretBytes::from(bytes)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut bytes = Secret::<Vec<u8>>::new(Box::default());
        while let Some(byte) = seq.next_element()? {
            bytes.expose_secret_mut().push(byte);
        }
        Ok(Ok(SecretBytes::from(bytes)))
    }
}

impl<'de> Inside<'de> for SecretBytes {
    fn expected() -> impl fmt::Display {
        "expected secret bytes (text in quotes, or a list of numbers up to 255)"
    }

    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_byte_buf(BytesVisitor)
            .map_err(|error| replaced(error, Self::expected()))?
            .map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for SecretBytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_secret(deserializer)
    }
}

/// The error of `T` is dropped, since it may quote the value; the format adds the place.
fn quietly<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let refused = Cell::new(false);
    let refusing = Refusing {
        inner: deserializer,
        refused: &refused,
    };
    T::deserialize(refusing).map_err(|error| {
        let reason = if refused.get() {
            SecretError::AlreadyRedacted
        } else {
            SecretError::conversion::<T>()
        };
        replaced(error, reason)
    })
}

impl<'de, T: DeserializeOwned + Zeroize> Inside<'de> for Secret<T> {
    fn expected() -> impl fmt::Display {
        "expected a secret"
    }

    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quietly(deserializer).map(|value| Self::new(Box::new(value)))
    }
}

impl<'de, T: DeserializeOwned + Zeroize> Deserialize<'de> for Secret<T> {
    /// Numbers, arrays and structs pass over the stack on their way here; `SecretString` and `SecretBytes` do not.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_secret(deserializer)
    }
}

impl<'de, T: DeserializeOwned> Inside<'de> for Redacted<T> {
    fn expected() -> impl fmt::Display {
        "expected a secret"
    }

    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quietly(deserializer).map(Self::new)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Redacted<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_secret(deserializer)
    }
}
