//! `#[serde(with = "secret_core::serde::hex")]`: secret bytes written in hex (RFC 4648, section 8, either case).

use ::serde::Deserializer;
#[cfg(feature = "derive")]
use ::serde::Serializer;

use super::decode::{Decoded, Encoding};
#[cfg(feature = "derive")]
use super::view::{RevealedBytes, serialize_text};

/// Reads secret bytes from hex, decoded in constant time.
///
/// # Errors
///
/// When the input is not text, not hex, or not as long as the array that it is for; the input is not quoted.
///
/// ```
/// # use secret_core::{Secret, SecretBytes};
/// #[derive(serde::Deserialize)]
/// struct Config {
///     #[serde(with = "secret_core::serde::hex")]
///     key: SecretBytes,
///     #[serde(with = "secret_core::serde::hex")]
///     seed: Secret<[u8; 2]>,
///     #[serde(with = "secret_core::serde::hex", default)]
///     old_key: Option<SecretBytes>,
/// }
/// let config: Config = serde_json::from_str(r#"{"key":"0102fF","seed":"002a"}"#).unwrap();
/// assert!(config.key == [1, 2, 255] && config.seed.expose_secret()[1] == 42 && config.old_key.is_none());
/// ```
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Decoded,
{
    let encoding = Encoding {
        name: "hex",
        room: |text| text.len() / 2,
        decode: |text, room| base16ct::mixed::decode(text, room).ok().map(<[u8]>::len),
    };
    T::read(deserializer, encoding)
}

/// Writes the secret in hex, where `revealed("why")` of `#[redact(serialize)]` is writing it.
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
    serialize_text(secret, serializer, base16ct::lower::encode_string)
}
