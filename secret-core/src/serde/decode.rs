//! What the modules for base64 and hex have in common.

use alloc::string::{String, ToString};
use core::fmt;
use core::marker::PhantomData;

use ::serde::Deserialize;
use ::serde::de::{Deserializer, Error, Visitor};

use crate::error::SecretError;
use crate::placeholder;
use crate::secret::{Secret, SecretBytes, SecretString};

/// How text stands for bytes.
#[derive(Clone, Copy)]
pub struct Encoding {
    pub(super) name: &'static str,
    /// Room that the decoded bytes may need.
    pub(super) room: fn(&str) -> usize,
    /// Decodes into the room and tells how much of it was used.
    pub(super) decode: fn(&str, &mut [u8]) -> Option<usize>,
}

/// What base64 and hex are decoded to: `SecretBytes`, `Secret<[u8; N]>` with exactly that length, `SecretString` where
/// the bytes are text, and an `Option` of those.
///
/// ```
/// # use secret_core::{Secret, SecretBytes, SecretString, serde::Decoded};
/// fn can_be_decoded<T: Decoded>() {}
/// can_be_decoded::<SecretBytes>();
/// can_be_decoded::<Secret<[u8; 32]>>();
/// can_be_decoded::<Option<SecretString>>();
/// ```
pub trait Decoded: Sized {
    #[doc(hidden)]
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        encoding: Encoding,
    ) -> Result<Self, D::Error>;
}

impl Decoded for SecretBytes {
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        encoding: Encoding,
    ) -> Result<Self, D::Error> {
        let text = SecretString::deserialize(deserializer)?;
        let text = text.expose_secret();
        let mut bytes = alloc::vec![0; (encoding.room)(&text)];
        if let Some(length) = (encoding.decode)(&text, &mut bytes) {
            bytes.truncate(length);
            let bytes = Self::from(bytes);
            placeholder::refuse(&bytes.expose_secret()).map_err(D::Error::custom)?;
            Ok(bytes)
        } else {
            crate::wipe::bytes(bytes);
            Err(D::Error::custom(format_args!(
                "the secret is not valid {}",
                encoding.name
            )))
        }
    }
}

macro_rules! decoded_from_bytes {
    ($({$($generics:tt)*} $secret:ty),*) => { $(
        impl<$($generics)*> Decoded for $secret {
            fn read<'de, D: Deserializer<'de>>(
                deserializer: D,
                encoding: Encoding,
            ) -> Result<Self, D::Error> {
                SecretBytes::read(deserializer, encoding)?
                    .try_into()
                    .map_err(|error: SecretError| D::Error::custom(error))
            }
        }
    )* };
}

decoded_from_bytes!({} SecretString, {const N: usize} Secret<[u8; N]>);

struct OptionVisitor<T>(Encoding, PhantomData<T>);

impl<'de, T: Decoded> Visitor<'de> for OptionVisitor<T> {
    /// Our own errors come back as text, to be told apart from those of the format, which may quote the input.
    type Value = Result<Option<T>, String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a secret as text, or nothing")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Ok(None))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Ok(None))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Ok(T::read(deserializer, self.0)
            .map(Some)
            .map_err(|error| error.to_string()))
    }
}

impl<T: Decoded> Decoded for Option<T> {
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        encoding: Encoding,
    ) -> Result<Self, D::Error> {
        deserializer
            .deserialize_option(OptionVisitor(encoding, PhantomData))
            .map_err(|_| D::Error::custom("expected a secret as text (in quotes), or nothing"))?
            .map_err(D::Error::custom)
    }
}
