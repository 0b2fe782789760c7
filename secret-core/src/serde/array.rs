//! `#[serde(with = "secret_core::serde::array")]`: a key of fixed length, written as a list of numbers.

use alloc::boxed::Box;
use core::fmt;

use ::serde::Deserializer;
use ::serde::de::{Error, IgnoredAny, SeqAccess, Visitor};
#[cfg(feature = "derive")]
use ::serde::ser::{SerializeTuple, Serializer};

use super::deserialize::{Inside, read_secret, replaced};
#[cfg(feature = "derive")]
use super::view::RevealedBytes;
use crate::secret::Secret;

/// Reads exactly `N` bytes straight into their place on the heap.
///
/// `Secret<[u8; N]>` can be deserialised without this up to the 32 bytes serde knows of, but then the array passes over
/// the stack.
///
/// # Errors
///
/// When the input is not a list of exactly `N` numbers up to 255; the error tells `N` and nothing of the input.
///
/// ```
/// # use secret_core::Secret;
/// #[derive(serde::Deserialize)]
/// struct Config {
///     #[serde(with = "secret_core::serde::array")]
///     key: Secret<[u8; 4]>,
/// }
/// let config: Config = serde_json::from_str(r#"{"key": [1, 2, 3, 4]}"#).unwrap();
/// assert_eq!(config.key.expose_secret()[3], 4);
/// assert!(serde_json::from_str::<Config>(r#"{"key": [1, 2, 3]}"#).is_err());
/// ```
pub fn deserialize<'de, D, const N: usize>(deserializer: D) -> Result<Secret<[u8; N]>, D::Error>
where
    D: Deserializer<'de>,
{
    read_secret(deserializer).map(|InPlace(secret)| secret)
}

/// Writes the secret in a list of numbers, where `revealed("why")` of `#[redact(serialize)]` is writing it.
///
/// Nothing else can call it: a derived `Serialize` on a type with this `with` does not compile, since it would write
/// the secret.
///
/// # Errors
///
/// Those of the serializer.
#[cfg(feature = "derive")]
pub fn serialize<T: RevealedBytes, S: Serializer>(
    secret: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let bytes = secret.bytes().unwrap_or_default();
    let mut list = serializer.serialize_tuple(bytes.len())?;
    bytes
        .iter()
        .try_for_each(|byte| list.serialize_element(byte))?;
    list.end()
}

struct InPlace<const N: usize>(Secret<[u8; N]>);

impl<'de, const N: usize> Inside<'de> for InPlace<N> {
    fn expected() -> impl fmt::Display {
        alloc::format!("expected a secret of exactly {N} bytes (a list of numbers up to 255)")
    }

    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut secret = Secret::new(Box::new([0; N]));
        deserializer
            .deserialize_tuple(N, Fill(&mut secret.expose_secret_mut()))
            .map_err(|error| replaced(error, Self::expected()))?;
        Ok(Self(secret))
    }
}

struct Fill<'a, const N: usize>(&'a mut [u8; N]);

impl<'de, const N: usize> Visitor<'de> for Fill<'_, N> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{N} secret bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<(), E> {
        if bytes.len() != N {
            return Err(E::invalid_length(bytes.len(), &self));
        }
        self.0.copy_from_slice(bytes);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        for (index, place) in self.0.iter_mut().enumerate() {
            *place = list
                .next_element()?
                .ok_or_else(|| A::Error::invalid_length(index, &"more bytes"))?;
        }
        match list.next_element::<IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(A::Error::invalid_length(N + 1, &self)),
        }
    }
}
