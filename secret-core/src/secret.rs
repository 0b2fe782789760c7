//! [`Secret`]: one heap allocation that redacts itself and is wiped when it is dropped.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use secrecy::{ExposeSecret, ExposeSecretMut, SecretBox};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::error::SecretError;
use crate::exposed::{Exposed, ExposedMut};
use crate::placeholder::{self, REDACTED};
use crate::wipe;

/// A secret value: an API key, a token, a password.
///
/// * It prints `[REDACTED]`, whatever is asked of the formatter.
/// * [`expose_secret`](Self::expose_secret) is the one way to the value, and what it hands out cannot be printed either.
/// * The value lives in one heap allocation. Moving a `Secret` moves a pointer and copies no secret byte;
///   dropping it wipes the allocation.
/// * With feature `subtle` (on by default), `==` takes the same time wherever two values of one length differ.
///
/// There is no `From<&str>`: a literal in the source is not a secret. For text that was read at run time use
/// `From<String>`, which leaves no copy behind.
///
/// ```
/// use secret_core::SecretString;
///
/// let key = SecretString::from(String::from("k-4711"));
/// assert_eq!(format!("{key} {key:?}"), "[REDACTED] [REDACTED]");
/// assert_eq!(key.expose_secret().len(), 6);
/// ```
pub struct Secret<T: Zeroize + ?Sized>(SecretBox<T>);

/// A secret text, stored without spare capacity.
///
/// ```
/// # use secret_core::SecretString;
/// let token: SecretString = String::from("k-4711").into();
/// assert!(token.expose_secret().starts_with("k-"));
/// ```
pub type SecretString = Secret<str>;

/// Secret bytes, stored without spare capacity.
///
/// ```
/// # use secret_core::SecretBytes;
/// let key: SecretBytes = vec![0x2a; 32].into();
/// assert_eq!(key.expose_secret().len(), 32);
/// ```
pub type SecretBytes = Secret<[u8]>;

impl<T: Zeroize + ?Sized> Secret<T> {
    /// Takes over a boxed value. Nothing is copied.
    ///
    /// ```
    /// # use secret_core::Secret;
    /// let seed: Secret<[u8; 32]> = Secret::new(Box::new([7; 32]));
    /// # assert_eq!(seed.expose_secret()[0], 7);
    /// ```
    pub fn new(boxed: Box<T>) -> Self {
        Self(SecretBox::new(boxed))
    }

    /// Opens the secret for reading. This is the one way in, and the word to search for in a review.
    ///
    /// What comes back dereferences to the value but cannot be printed, turned into a `String` or cloned.
    ///
    /// ```
    /// # use secret_core::SecretString;
    /// fn sign(key: &str) -> usize { key.len() }
    ///
    /// let key = SecretString::from(String::from("k-4711"));
    /// assert_eq!(sign(&key.expose_secret()), 6);
    /// ```
    #[inline]
    #[track_caller]
    pub fn expose_secret(&self) -> Exposed<'_, T> {
        Exposed::new(self.0.expose_secret())
    }

    /// Opens the secret for changing it in place.
    ///
    /// Values that can move when they grow (`String`, `Vec`) are changed through methods that wipe what they leave.
    ///
    /// ```
    /// # use secret_core::Secret;
    /// let mut pin = Secret::<String>::init_with_mut(|mut text| text.push_str("12"));
    /// pin.expose_secret_mut().push_str("34");
    /// assert_eq!(pin.expose_secret().len(), 4);
    /// ```
    #[inline]
    #[track_caller]
    pub fn expose_secret_mut(&mut self) -> ExposedMut<'_, T> {
        ExposedMut::new(self.0.expose_secret_mut())
    }

    /// Makes a new secret from this one, which is wiped.
    ///
    /// The closure returns anything a secret is made from: a `String`, a `Vec<u8>`, a `Box`. What it returns is
    /// taken over without leaving a copy.
    ///
    /// ```
    /// # use secret_core::SecretString;
    /// let line = SecretString::from(String::from(" k-4711\n"));
    /// let key: SecretString = line.map(|text| String::from(text.trim()));
    /// assert_eq!(key.expose_secret().len(), 6);
    /// ```
    ///
    /// Text around a secret, as a header has it:
    ///
    /// ```
    /// # use secret_core::SecretString;
    /// # let key = SecretString::from(String::from("k-4711"));
    /// let header: SecretString = key.map(|key| ["Bearer ", &key].concat());
    /// assert!(header == "Bearer k-4711");
    /// ```
    pub fn map<U, V>(self, convert: impl FnOnce(Exposed<'_, T>) -> V) -> Secret<U>
    where
        U: Zeroize + ?Sized,
        Secret<U>: From<V>,
    {
        Secret::from(convert(self.expose_secret()))
    }

    /// Makes a new secret from this one, or fails; either way this one is wiped.
    ///
    /// # Errors
    ///
    /// [`SecretError::Conversion`] when the closure fails. Its own error is dropped, since the errors of most
    /// parsers quote what they could not parse. A caller who needs to tell causes apart can do so inside the closure.
    ///
    /// ```
    /// # use secret_core::{Secret, SecretString};
    /// let text = SecretString::from(String::from("hunter2"));
    /// let port = text.try_map::<u16, _, _>(|text| text.parse::<u16>().map(Box::new));
    /// assert_eq!(port.unwrap_err().to_string(), "the secret is not a valid `u16`");
    /// ```
    pub fn try_map<U, V, E>(
        self,
        convert: impl FnOnce(Exposed<'_, T>) -> Result<V, E>,
    ) -> Result<Secret<U>, SecretError>
    where
        U: Zeroize + ?Sized,
        Secret<U>: From<V>,
    {
        convert(self.expose_secret())
            .map(Secret::from)
            .map_err(|_| SecretError::conversion::<U>())
    }
}

impl<T: Zeroize + Default> Secret<T> {
    /// Makes a secret in place: the value is created empty on the heap and filled there.
    ///
    /// This is the way for arrays and structs that hold their bytes inline, since returning those from a function
    /// leaves copies on the stack. Text and vectors grow through the methods of [`ExposedMut`], which wipe what they
    /// leave. If the closure panics, what it wrote is wiped. For an array that is longer than `Default` goes, there is
    /// [`zeroed`](Secret::zeroed).
    ///
    /// ```
    /// # use secret_core::Secret;
    /// let key = Secret::<[u8; 32]>::init_with_mut(|mut key| key.fill(7));
    /// assert_eq!(key.expose_secret()[31], 7);
    /// ```
    pub fn init_with_mut(fill: impl FnOnce(ExposedMut<'_, T>)) -> Self {
        let mut secret = Self::new(Box::default());
        fill(secret.expose_secret_mut());
        secret
    }

    /// Makes a secret in place with a closure that may fail; what it wrote until then is wiped.
    ///
    /// # Errors
    ///
    /// The closure's own.
    ///
    /// ```
    /// # use secret_core::Secret;
    /// # use std::io::Read;
    /// let mut source: &[u8] = &[1, 2, 3];
    /// let key = Secret::<[u8; 32]>::try_init_with_mut(|mut key| source.read_exact(&mut *key));
    /// assert!(key.is_err());
    /// ```
    pub fn try_init_with_mut<E>(
        fill: impl FnOnce(ExposedMut<'_, T>) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut secret = Self::new(Box::default());
        fill(secret.expose_secret_mut())?;
        Ok(secret)
    }
}

impl<const N: usize> Secret<[u8; N]> {
    /// An array of any length on the heap, all zero, to be filled through [`expose_secret_mut`](Self::expose_secret_mut).
    ///
    /// ```
    /// # use secret_core::Secret;
    /// let mut key = Secret::<[u8; 64]>::zeroed();
    /// key.expose_secret_mut().fill(7);
    /// assert_eq!(key.expose_secret()[63], 7);
    /// ```
    pub fn zeroed() -> Self {
        Self::new(Box::new([0; N]))
    }
}

impl<T: Zeroize + ?Sized> fmt::Debug for Secret<T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        placeholder::pad(f, REDACTED)
    }
}

impl<T: Zeroize + ?Sized> fmt::Display for Secret<T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        placeholder::pad(f, REDACTED)
    }
}

impl<T: Zeroize + ?Sized> Clone for Secret<T>
where
    SecretBox<T>: Clone,
{
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Zeroize + ?Sized> Zeroize for Secret<T> {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize + ?Sized> ZeroizeOnDrop for Secret<T> {}

impl<T: Zeroize + ?Sized> ExposeSecret<T> for Secret<T> {
    #[inline]
    fn expose_secret(&self) -> &T {
        self.0.expose_secret()
    }
}

impl<T: Zeroize + ?Sized> From<SecretBox<T>> for Secret<T> {
    fn from(secret: SecretBox<T>) -> Self {
        Self(secret)
    }
}

impl<T: Zeroize + ?Sized> From<Secret<T>> for SecretBox<T> {
    fn from(secret: Secret<T>) -> Self {
        secret.0
    }
}

impl<T: Zeroize + ?Sized> From<Box<T>> for Secret<T> {
    fn from(boxed: Box<T>) -> Self {
        Self::new(boxed)
    }
}

impl From<String> for SecretString {
    #[inline]
    fn from(text: String) -> Self {
        Self::new(wipe::into_boxed_str(text))
    }
}

impl From<Vec<u8>> for SecretBytes {
    #[inline]
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(wipe::into_boxed_slice(bytes))
    }
}

impl From<Secret<String>> for SecretString {
    fn from(mut text: Secret<String>) -> Self {
        Self::from(core::mem::take(text.0.expose_secret_mut()))
    }
}

impl From<Secret<Vec<u8>>> for SecretBytes {
    fn from(mut bytes: Secret<Vec<u8>>) -> Self {
        Self::from(core::mem::take(bytes.0.expose_secret_mut()))
    }
}

impl From<SecretString> for SecretBytes {
    fn from(text: SecretString) -> Self {
        Self::from(Vec::from(text.expose_secret().as_bytes()))
    }
}

impl TryFrom<Vec<u8>> for SecretString {
    type Error = SecretError;

    /// # Errors
    ///
    /// [`SecretError::NotUtf8`] names the position, [`SecretError::AlreadyRedacted`] stands for `[REDACTED]`; the bytes
    /// are wiped.
    fn try_from(bytes: Vec<u8>) -> Result<Self, SecretError> {
        placeholder::refuse(&bytes)?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::from(text)),
            Err(error) => {
                let position = error.utf8_error().valid_up_to();
                wipe::bytes(error.into_bytes());
                Err(SecretError::NotUtf8 { position })
            }
        }
    }
}

impl TryFrom<SecretBytes> for SecretString {
    type Error = SecretError;

    /// # Errors
    ///
    /// [`SecretError::NotUtf8`] names the position, [`SecretError::AlreadyRedacted`] stands for `[REDACTED]`.
    fn try_from(bytes: SecretBytes) -> Result<Self, SecretError> {
        Self::try_from(Vec::from(&*bytes.expose_secret()))
    }
}

impl<const N: usize> TryFrom<SecretBytes> for Secret<[u8; N]> {
    type Error = SecretError;

    /// # Errors
    ///
    /// [`SecretError::Length`] names the length that was expected.
    fn try_from(bytes: SecretBytes) -> Result<Self, SecretError> {
        let bytes = bytes.expose_secret();
        if bytes.len() != N {
            return Err(SecretError::Length { expected: N });
        }
        let mut array = Self::zeroed();
        array.expose_secret_mut().copy_from_slice(&bytes);
        Ok(array)
    }
}

impl FromStr for SecretString {
    type Err = SecretError;

    /// Copies text read at run time. Wiping `text` itself is the caller's part; `From<String>` needs no care.
    ///
    /// # Errors
    ///
    /// [`SecretError::AlreadyRedacted`] when the text is `[REDACTED]`.
    fn from_str(text: &str) -> Result<Self, SecretError> {
        placeholder::refuse(text.as_bytes())?;
        Ok(Self::new(Box::from(text)))
    }
}

impl<T: Zeroize + FromStr> FromStr for Secret<T> {
    type Err = SecretError;

    /// # Errors
    ///
    /// [`SecretError::AlreadyRedacted`] when the text is `[REDACTED]`; [`SecretError::Conversion`] names the type that
    /// was expected. The type's own error is dropped, since it may quote the text.
    fn from_str(text: &str) -> Result<Self, SecretError> {
        placeholder::refuse(text.as_bytes())?;
        text.parse()
            .map(|value| Self::new(Box::new(value)))
            .map_err(|_| SecretError::conversion::<T>())
    }
}
