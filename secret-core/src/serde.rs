//! Loading secrets with serde, and writing them on purpose.
//!
//! `Secret<T>` implements `Deserialize` and does not implement `Serialize`: a struct that holds a secret derives
//! `Serialize` only once each secret field says how, with [`redacted`] or [`exposed`]. A struct with
//! `#[derive(Redact)]` and `#[redact(serialize)]` needs neither: its `redacted()` is a view that serialises the masked
//! form, and its `revealed("why")` one that serialises the real values.
//!
//! Errors never echo the input. Where a format adds the input to an error by itself (the `toml` crate quotes the
//! line, and its `Debug` the whole document), pass its result through [`quiet`]. So do where a secret stands in a
//! collection (`Vec<SecretString>`), since one bare value where the list belongs is quoted by the list's own error.
//!
//! | written as | field |
//! |---|---|
//! | text | `SecretString`, `SecretBytes` |
//! | a number, a flag, any other value | `Secret<T>` |
//! | a list of numbers | `SecretBytes`; `Secret<[u8; N]>` in place [`with`](mod@array) `secret_core::serde::array` |
//! | base64 or hex | `with` `secret_core::serde::base64`, `base64url` or `hex`: bytes, arrays, text, and options of those |

pub mod array;
#[cfg(feature = "base64ct")]
pub mod base64;
#[cfg(feature = "base64ct")]
pub mod base64url;
#[cfg(any(feature = "base64ct", feature = "base16ct"))]
mod decode;
mod deserialize;
#[cfg(feature = "base16ct")]
pub mod hex;
mod quiet;
mod refusing;
#[cfg(feature = "derive")]
#[doc(hidden)]
pub mod view;

use ::serde::{Serialize, Serializer};
use zeroize::Zeroize;

#[cfg(any(feature = "base64ct", feature = "base16ct"))]
pub use decode::Decoded;
pub use deserialize::SECRET_NEWTYPE;
pub use quiet::{QuietError, quiet};
#[cfg(feature = "derive")]
pub use view::{RedactedView, RevealedView};

use crate::placeholder::REDACTED;
use crate::secret::Secret;

/// Serialises any value as `"[REDACTED]"`.
///
/// Reading that back into a secret is an error, so a redacted dump cannot become a password.
///
/// # Errors
///
/// Those of the serializer.
///
/// ```
/// # use secret_core::SecretString;
/// #[derive(serde::Serialize)]
/// struct Dump {
///     #[serde(serialize_with = "secret_core::serde::redacted")]
///     key: SecretString,
/// }
/// let dump = Dump { key: String::from("k-4711").into() };
/// assert_eq!(serde_json::to_string(&dump).unwrap(), r#"{"key":"[REDACTED]"}"#);
/// ```
pub fn redacted<T: ?Sized, S: Serializer>(_: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(REDACTED)
}

/// Serialises the secret itself: for a request body, or a file that is meant to hold it.
///
/// # Errors
///
/// Those of the serializer.
///
/// ```
/// # use secret_core::SecretString;
/// #[derive(serde::Serialize)]
/// struct Login {
///     #[serde(serialize_with = "secret_core::serde::exposed")]
///     password: SecretString,
/// }
/// let login = Login { password: String::from("hunter2").into() };
/// assert_eq!(serde_json::to_string(&login).unwrap(), r#"{"password":"hunter2"}"#);
/// ```
pub fn exposed<T, S>(secret: &Secret<T>, serializer: S) -> Result<S::Ok, S::Error>
where
    T: Serialize + Zeroize + ?Sized,
    S: Serializer,
{
    // secret-lint: allow(secret_in_log, reason = "what it is for: a field is marked with it where its secret is to be written")
    secret.expose_secret().serialize(serializer)
}
