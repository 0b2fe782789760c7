//! `#[serde(with = "secret_core::serde::hex")]`: secret bytes written in hex (RFC 4648, section 8, either case).

use ::serde::Deserializer;

use super::deserialize::decode;
use crate::secret::SecretBytes;

/// Reads secret bytes from hex, decoded in constant time.
///
/// # Errors
///
/// When the input is not text or not hex, without quoting it.
///
/// ```
/// # use secret_core::SecretBytes;
/// #[derive(serde::Deserialize)]
/// struct Config {
///     #[serde(with = "secret_core::serde::hex")]
///     key: SecretBytes,
/// }
/// let config: Config = serde_json::from_str(r#"{"key":"0102fF"}"#).unwrap();
/// assert!(config.key == [1, 2, 255]);
/// ```
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretBytes, D::Error> {
    decode(
        deserializer,
        "hex",
        |text| text.len() / 2,
        |text, bytes| base16ct::mixed::decode(text, bytes).ok().map(<[u8]>::len),
    )
}
