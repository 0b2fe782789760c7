//! `#[serde(with = "secret_core::serde::base64")]`: secret bytes written in base64 (RFC 4648, section 4, padded).

use ::serde::Deserializer;
#[cfg(feature = "derive")]
use ::serde::{Serialize, Serializer};
use base64ct::{Base64, Encoding};

#[cfg(feature = "derive")]
use zeroize::Zeroizing;

use super::deserialize::decode;
#[cfg(feature = "derive")]
use super::view::RevealedBytes;
use crate::secret::SecretBytes;

/// Reads secret bytes from base64, decoded in constant time.
///
/// # Errors
///
/// When the input is not text or not base64, without quoting it.
///
/// ```
/// # use secret_core::SecretBytes;
/// #[derive(serde::Deserialize)]
/// struct Config {
///     #[serde(with = "secret_core::serde::base64")]
///     key: SecretBytes,
/// }
/// let config: Config = serde_json::from_str(r#"{"key":"AQID"}"#).unwrap();
/// assert!(config.key == [1, 2, 3]);
/// ```
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretBytes, D::Error> {
    decode(
        deserializer,
        "base64",
        |text| text.len().div_ceil(4) * 3,
        |text, bytes| Base64::decode(text, bytes).ok().map(<[u8]>::len),
    )
}

/// Writes secret bytes in base64, where `revealed("why")` of `#[redact(serialize)]` is writing them.
///
/// Nothing else can call it: a derived `Serialize` on a type with this `with` does not compile, since it would write
/// the secret.
///
/// # Errors
///
/// Those of the serializer.
#[cfg(feature = "derive")]
pub fn serialize<T: RevealedBytes, S: Serializer>(
    bytes: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let text = Zeroizing::new(Base64::encode_string(&bytes.bytes().expose_secret()));
    text.as_str().serialize(serializer)
}
