//! [`SecretError`]: what went wrong while making a secret, without a byte of it.

use core::fmt;

use crate::placeholder::REDACTED;

/// Why a value could not become a secret. Carries names and positions, never the value.
///
/// ```
/// # use secret_core::{SecretError, SecretString};
/// let error = SecretString::try_from(vec![b'k', 0xff]).unwrap_err();
/// assert_eq!(error.to_string(), "the secret is not valid UTF-8: the byte at offset 1 is not text");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretError {
    /// The value is the text [`REDACTED`]: somebody fed redacted output back in.
    AlreadyRedacted,
    /// The bytes are not UTF-8.
    NotUtf8 {
        /// Offset of the first byte that is not, in bytes from the start.
        position: usize,
    },
    /// The value has another length than its type asks for.
    Length {
        /// The length it should have, in bytes.
        expected: usize,
    },
    /// The value could not be converted.
    Conversion {
        /// The type it should have become.
        expected: &'static str,
    },
}

impl SecretError {
    pub(crate) fn conversion<T: ?Sized>() -> Self {
        Self::Conversion {
            expected: core::any::type_name::<T>(),
        }
    }
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadyRedacted => write!(
                f,
                "the value is the placeholder `{REDACTED}`: give the secret itself, not redacted output"
            ),
            Self::NotUtf8 { position } => write!(
                f,
                "the secret is not valid UTF-8: the byte at offset {position} is not text"
            ),
            Self::Length { expected } => {
                write!(f, "the secret does not have exactly {expected} bytes")
            }
            Self::Conversion { expected } => write!(f, "the secret is not a valid `{expected}`"),
        }
    }
}

impl core::error::Error for SecretError {}
