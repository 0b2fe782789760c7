//! [`Redacted`]: the same wall around a value that cannot be wiped.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::{Deref, DerefMut};
use core::str::FromStr;

use crate::error::SecretError;
use crate::exposed::{Exposed, forbid_text};
use crate::placeholder::{self, REDACTED};
use crate::wall;

/// Redacts a value whose type cannot be wiped: a parsed URL, a foreign struct.
///
/// It prints and is exposed as a [`Secret`](crate::Secret) is, and promises nothing about memory: the value is
/// neither boxed nor wiped. Where the type implements `Zeroize`, use `Secret`.
///
/// ```
/// # use secret_core::Redacted;
/// let address = Redacted::new(std::net::Ipv4Addr::LOCALHOST);
/// assert_eq!(format!("{address:?}"), "[REDACTED]");
/// assert!(address.expose_secret().is_loopback());
/// ```
#[derive(Clone, Default)]
pub struct Redacted<T: ?Sized>(T);

impl<T> Redacted<T> {
    /// Takes over the value.
    ///
    /// ```
    /// # use secret_core::Redacted;
    /// let code = Redacted::new(4711);
    /// # assert_eq!(code.to_string(), "[REDACTED]");
    /// ```
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Declares the value public from here on and hands it out.
    ///
    /// ```
    /// # use secret_core::Redacted;
    /// let code = Redacted::new(4711).declassify("the code was used up");
    /// assert_eq!(code, 4711);
    /// ```
    pub fn declassify(self, reason: &'static str) -> T {
        let _ = reason;
        self.0
    }
}

impl<T: ?Sized> Redacted<T> {
    /// Opens the value for reading; what comes back cannot be printed.
    ///
    /// ```
    /// # use secret_core::Redacted;
    /// let code = Redacted::new(4711);
    /// assert!(*code.expose_secret() > 4000);
    /// ```
    #[inline]
    #[track_caller]
    pub fn expose_secret(&self) -> Exposed<'_, T> {
        Exposed::new(&self.0)
    }

    /// Opens the value for changing it; what comes back cannot be printed.
    ///
    /// ```
    /// # use secret_core::Redacted;
    /// let mut code = Redacted::new(4711);
    /// *code.expose_secret_mut() += 1;
    /// assert!(*code.expose_secret() == 4712);
    /// ```
    #[inline]
    #[track_caller]
    pub fn expose_secret_mut(&mut self) -> RedactedMut<'_, T> {
        RedactedMut(&mut self.0)
    }
}

impl<T> From<T> for Redacted<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: FromStr> FromStr for Redacted<T> {
    type Err = SecretError;

    /// # Errors
    ///
    /// [`SecretError::AlreadyRedacted`] when the text is `[REDACTED]`; [`SecretError::Conversion`] names the type that
    /// was expected. The type's own error is dropped, since it may quote the text.
    fn from_str(text: &str) -> Result<Self, SecretError> {
        placeholder::refuse(text.as_bytes())?;
        text.parse()
            .map(Self::new)
            .map_err(|_| SecretError::conversion::<T>())
    }
}

impl<T: ?Sized> fmt::Debug for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        placeholder::pad(f, REDACTED)
    }
}

impl<T: ?Sized> fmt::Display for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        placeholder::pad(f, REDACTED)
    }
}

/// A [`Redacted`] value opened for changing it. Unlike [`ExposedMut`](crate::ExposedMut) it lets any type change,
/// since nothing is promised about what is left in memory.
#[must_use = "a value that is opened for nothing need not be opened"]
pub struct RedactedMut<'a, T: ?Sized>(&'a mut T);

impl<T: ?Sized> Deref for RedactedMut<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0
    }
}

impl<T: ?Sized> DerefMut for RedactedMut<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0
    }
}

forbid_text!(RedactedMut);
