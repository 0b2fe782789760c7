//! `#[serde(with = "secret_core::serde::base64")]`: secret bytes written in base64 (RFC 4648, section 4, padded).

use ::serde::Deserializer;
use base64ct::{Base64, Encoding};

use super::deserialize::decode;
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
