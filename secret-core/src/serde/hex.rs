//! `#[serde(with = "secret_core::serde::hex")]`: secret bytes written in hex (RFC 4648, section 8, either case).

use ::serde::Deserializer;
#[cfg(feature = "derive")]
use ::serde::{Serialize, Serializer};

#[cfg(feature = "derive")]
use zeroize::Zeroizing;

use super::deserialize::decode;
#[cfg(feature = "derive")]
use super::view::RevealedBytes;
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

/// Writes secret bytes in hex, where `revealed("why")` of `#[redact(serialize)]` is writing them.
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
    let text = Zeroizing::new(base16ct::lower::encode_string(
        &bytes.bytes().expose_secret(),
    ));
    text.as_str().serialize(serializer)
}
