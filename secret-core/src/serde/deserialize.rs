//! `Deserialize` for secrets, with errors that never show the value.
//!
//! A format's own error quotes what it found instead of a string, so every error of the format is replaced. What a
//! visitor itself refuses is returned as a value, to be told apart from that.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use ::serde::Deserialize;
use ::serde::de::{DeserializeOwned, Deserializer, Error, SeqAccess, Visitor};
use zeroize::Zeroize;

use crate::error::SecretError;
use crate::placeholder::REDACTED;
use crate::redacted::Redacted;
use crate::secret::{Secret, SecretBytes, SecretString};

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
        Ok(refuse_placeholder(text.as_bytes()).map(|()| SecretString::from(text)))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        self.visit_byte_buf(Vec::from(bytes))
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Self::Value, E> {
        Ok(refuse_placeholder(&bytes).and_then(|()| SecretString::try_from(bytes)))
    }
}

impl<'de> Deserialize<'de> for SecretString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_string(TextVisitor)
            .map_err(|_| D::Error::custom("expected a secret as text (in quotes)"))?
            .map_err(D::Error::custom)
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
        Ok(refuse_placeholder(&bytes).map(|()| SecretBytes::from(bytes)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut bytes = Secret::<Vec<u8>>::new(Box::default());
        while let Some(byte) = seq.next_element()? {
            bytes.expose_secret_mut().push(byte);
        }
        Ok(Ok(SecretBytes::from(bytes)))
    }
}

impl<'de> Deserialize<'de> for SecretBytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_byte_buf(BytesVisitor)
            .map_err(|_| {
                D::Error::custom(
                    "expected secret bytes (text in quotes, or a list of numbers up to 255)",
                )
            })?
            .map_err(D::Error::custom)
    }
}

fn refuse_placeholder(bytes: &[u8]) -> Result<(), SecretError> {
    if bytes == REDACTED.as_bytes() {
        return Err(SecretError::AlreadyRedacted);
    }
    Ok(())
}

/// The error of `T` is dropped, since it may quote the value; the format adds the place.
fn quietly<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize(deserializer).map_err(|_| D::Error::custom(SecretError::conversion::<T>()))
}

impl<'de, T: DeserializeOwned + Zeroize> Deserialize<'de> for Secret<T> {
    /// Numbers, arrays and structs pass over the stack on their way here; `SecretString` and `SecretBytes` do not.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quietly(deserializer).map(|value| Self::new(Box::new(value)))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Redacted<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quietly(deserializer).map(Self::new)
    }
}

/// Decodes text of a fixed encoding into bytes that are wiped if the decoding fails.
#[cfg(any(feature = "base64ct", feature = "base16ct"))]
pub(super) fn decode<'de, D: Deserializer<'de>>(
    deserializer: D,
    encoding: &'static str,
    decoded_length: impl FnOnce(&str) -> usize,
    decode: impl FnOnce(&str, &mut [u8]) -> Option<usize>,
) -> Result<SecretBytes, D::Error> {
    let text = SecretString::deserialize(deserializer)?;
    let text = text.expose_secret();
    let mut bytes = alloc::vec![0; decoded_length(&text)];
    if let Some(length) = decode(&text, &mut bytes) {
        bytes.truncate(length);
        Ok(SecretBytes::from(bytes))
    } else {
        crate::wipe::bytes(bytes);
        Err(D::Error::custom(format_args!(
            "the secret is not valid {encoding}"
        )))
    }
}
