//! `#[serde(with = "secret_core::serde::base64")]`: secret bytes written in base64 (RFC 4648, section 4).

use ::serde::Deserializer;
#[cfg(feature = "derive")]
use ::serde::Serializer;
use base64ct::{Base64, Base64Unpadded, Encoding as _};

use super::decode::{Decoded, Encoding};
#[cfg(feature = "derive")]
use super::view::{RevealedBytes, serialize_text};

/// Reads secret bytes from base64, decoded in constant time. The padding may be left out.
///
/// # Errors
///
/// When the input is not text, not base64, or not as long as the array that it is for; the input is not quoted.
///
/// ```
/// # use secret_core::{Secret, SecretBytes};
/// #[derive(serde::Deserialize)]
/// struct Config {
///     #[serde(with = "secret_core::serde::base64")]
///     key: SecretBytes,
///     #[serde(with = "secret_core::serde::base64")]
///     seed: Secret<[u8; 1]>,
///     #[serde(with = "secret_core::serde::base64", default)]
///     old_key: Option<SecretBytes>,
/// }
/// let config: Config = serde_json::from_str(r#"{"key":"AQL/","seed":"Kg=="}"#).unwrap();
/// assert!(config.key == [1, 2, 255] && config.seed.expose_secret()[0] == 42 && config.old_key.is_none());
/// ```
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Decoded,
{
    let encoding = Encoding {
        name: "base64",
        room: |text| text.len().div_ceil(4) * 3,
        decode: |text, room| {
            let decoded = if text.ends_with('=') {
                Base64::decode(text, room)
            } else {
                Base64Unpadded::decode(text, room)
            };
            decoded.ok().map(<[u8]>::len)
        },
    };
    T::read(deserializer, encoding)
}

/// Writes the secret in base64, where `revealed("why")` of `#[redact(serialize)]` is writing it.
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
    serialize_text(secret, serializer, Base64::encode_string)
}
