//! `Deserialize` for secrets, with errors that name the kind of what was found and never the value.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use ::serde::Deserialize;
use ::serde::de::{
    DeserializeOwned, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use zeroize::Zeroize;

use crate::error::SecretError;
use crate::placeholder::REDACTED;
use crate::redacted::Redacted;
use crate::secret::{Secret, SecretBytes, SecretString};

/// Refuses what a visitor does not expect, by kind. Serde's own refusals quote the value.
macro_rules! refuse_other_kinds {
    ($expected:literal: $($method:ident($type:ty) $kind:literal),* $(,)?) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str($expected)
        }
        $(
            fn $method<E: Error>(self, _: $type) -> Result<Self::Value, E> {
                Err(E::custom(concat!("expected ", $expected, ", found ", $kind)))
            }
        )*
        fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
            Err(E::custom(concat!("expected ", $expected, ", found nothing")))
        }
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Err(E::custom(concat!("expected ", $expected, ", found nothing")))
        }
        fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
            deserializer.deserialize_any(self)
        }
        fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
            deserializer.deserialize_any(self)
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Err(A::Error::custom(concat!("expected ", $expected, ", found a map")))
        }
    };
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = SecretString;

    refuse_other_kinds!("a secret as text (in quotes)":
        visit_bool(bool) "true or false",
        visit_i64(i64) "a number",
        visit_i128(i128) "a number",
        visit_u64(u64) "a number",
        visit_u128(u128) "a number",
        visit_f64(f64) "a number",
    );

    fn visit_str<E: Error>(self, text: &str) -> Result<SecretString, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<SecretString, E> {
        if text == REDACTED {
            return Err(E::custom(SecretError::AlreadyRedacted));
        }
        Ok(SecretString::from(text))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<SecretString, E> {
        self.visit_byte_buf(Vec::from(bytes))
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<SecretString, E> {
        SecretString::try_from(bytes).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<SecretString, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Err(A::Error::custom(
            "expected a secret as text (in quotes), found a list",
        ))
    }
}

impl<'de> Deserialize<'de> for SecretString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_string(TextVisitor)
    }
}

struct BytesVisitor;

impl<'de> Visitor<'de> for BytesVisitor {
    type Value = SecretBytes;

    refuse_other_kinds!("secret bytes (text, or a list of numbers)":
        visit_bool(bool) "true or false",
        visit_i64(i64) "a number",
        visit_i128(i128) "a number",
        visit_u64(u64) "a number",
        visit_u128(u128) "a number",
        visit_f64(f64) "a number",
    );

    fn visit_str<E: Error>(self, text: &str) -> Result<SecretBytes, E> {
        TextVisitor.visit_str(text).map(SecretBytes::from)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<SecretBytes, E> {
        if text == REDACTED {
            return Err(E::custom(SecretError::AlreadyRedacted));
        }
        Ok(SecretBytes::from(text.into_bytes()))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<SecretBytes, E> {
        Ok(SecretBytes::from(Vec::from(bytes)))
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<SecretBytes, E> {
        Ok(SecretBytes::from(bytes))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<SecretBytes, A::Error> {
        let mut bytes = Secret::<Vec<u8>>::new(Box::default());
        let mut index = 0_usize;
        loop {
            let element = seq.next_element::<u8>().map_err(|_| {
                A::Error::custom(format_args!(
                    "expected secret bytes, but the item at index {index} is not a byte"
                ))
            })?;
            let Some(byte) = element else { break };
            bytes.expose_secret_mut().push(byte);
            index += 1;
        }
        Ok(SecretBytes::from(bytes))
    }
}

impl<'de> Deserialize<'de> for SecretBytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_byte_buf(BytesVisitor)
    }
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
