//! [`Exposed`] and [`ExposedMut`]: an open secret, which still cannot be printed.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::{Deref, DerefMut};

use zeroize::Zeroize;

use crate::wall;
use crate::wipe;

/// An open secret: dereferences to the value, and has no `Debug`, `Display`, `ToString`, `Clone` or `Serialize`.
///
/// It makes `f(&key.expose_secret())` work where `f` takes a `&str`, a `&[u8]` or an `impl AsRef<[u8]>`.
///
/// ```
/// # use secret_core::SecretString;
/// fn digest(data: impl AsRef<[u8]>) -> usize { data.as_ref().len() }
///
/// let key = SecretString::from(String::from("k-4711"));
/// assert_eq!(digest(&*key.expose_secret()), 6);
/// assert_eq!(digest(key.expose_secret()), 6);
/// ```
///
/// Printing it is a compile error:
///
/// ```compile_fail,E0277
/// # use secret_core::SecretString;
/// # let key = SecretString::from(String::from("k-4711"));
/// println!("{}", key.expose_secret());
/// ```
#[must_use = "a secret that is opened for nothing need not be opened"]
pub struct Exposed<'a, T: ?Sized>(&'a T);

impl<'a, T: ?Sized> Exposed<'a, T> {
    #[inline]
    pub(crate) fn new(value: &'a T) -> Self {
        Self(value)
    }

    /// Declares the value public from here on and hands it out as a plain reference, which can be printed.
    ///
    /// The reason is for the reader and for tools: it is part of the source, so every hole in the wall can be found
    /// by searching for `declassify`.
    ///
    /// ```
    /// # use secret_core::SecretString;
    /// let key = SecretString::from(String::from("pk_test_4711"));
    /// let text = key.expose_secret().declassify("a publishable key is meant for browsers");
    /// assert_eq!(format!("{text}"), "pk_test_4711");
    /// ```
    #[inline]
    pub fn declassify(self, reason: &'static str) -> &'a T {
        let _ = reason;
        self.0
    }
}

impl<T: ?Sized> Deref for Exposed<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        self.0
    }
}

/// For text and bytes only. As an `OsStr` or a `Path` it would become a process argument, a variable or a file name.
impl<T: ?Sized + AsRef<U>, U: ?Sized + wall::Readable> AsRef<U> for Exposed<'_, T> {
    #[inline]
    fn as_ref(&self) -> &U {
        self.0.as_ref()
    }
}

/// A secret opened for changing it, which cannot be printed either.
///
/// It dereferences mutably where a change cannot move the value ([`ChangeInPlace`]). A `String` or `Vec` moves when
/// it grows and would leave the old bytes behind, so those have methods here that wipe what they leave.
///
/// ```
/// # use secret_core::SecretString;
/// let mut code = SecretString::from(String::from("abc"));
/// code.expose_secret_mut().make_ascii_uppercase();
/// assert!(code == "ABC");
/// ```
#[must_use = "a secret that is opened for nothing need not be opened"]
pub struct ExposedMut<'a, T: ?Sized>(&'a mut T);

impl<'a, T: ?Sized> ExposedMut<'a, T> {
    #[inline]
    pub(crate) fn new(value: &'a mut T) -> Self {
        Self(value)
    }
}

impl<T: ?Sized> Deref for ExposedMut<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        self.0
    }
}

impl<T: ?Sized + ChangeInPlace> DerefMut for ExposedMut<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        self.0
    }
}

impl ExposedMut<'_, String> {
    /// Appends text; if that takes a larger allocation, the old one is wiped.
    ///
    /// ```
    /// # use secret_core::Secret;
    /// let mut pin = Secret::<String>::init_with_mut(|mut text| text.push_str("12"));
    /// pin.expose_secret_mut().push_str("34");
    /// assert_eq!(pin.expose_secret().len(), 4);
    /// ```
    pub fn push_str(&mut self, text: &str) {
        let needed = self.0.len().saturating_add(text.len());
        if needed > self.0.capacity() {
            let mut larger = String::with_capacity(needed.max(self.0.capacity().saturating_mul(2)));
            larger.push_str(self.0);
            wipe::bytes(core::mem::replace(self.0, larger).into_bytes());
        }
        self.0.push_str(text);
    }

    /// Appends a character; if that takes a larger allocation, the old one is wiped.
    ///
    /// ```
    /// # use secret_core::Secret;
    /// let mut pin = Secret::<String>::init_with_mut(|_| ());
    /// pin.expose_secret_mut().push('1');
    /// assert_eq!(pin.expose_secret().len(), 1);
    /// ```
    pub fn push(&mut self, character: char) {
        self.push_str(character.encode_utf8(&mut [0; 4]));
    }

    /// Shortens the text to its first `length` bytes and wipes the rest.
    ///
    /// # Panics
    ///
    /// When `length` is inside a character.
    ///
    /// ```
    /// # use secret_core::Secret;
    /// let mut pin = Secret::<String>::init_with_mut(|mut text| text.push_str("1234\n"));
    /// pin.expose_secret_mut().truncate(4);
    /// assert_eq!(pin.expose_secret().len(), 4);
    /// ```
    pub fn truncate(&mut self, length: usize) {
        if let Some((_, rest)) = self.0.split_at_mut_checked(length) {
            rest.zeroize();
        }
        self.0.truncate(length);
    }

    /// Empties the text and wipes what it held.
    ///
    /// ```
    /// # use secret_core::Secret;
    /// let mut pin = Secret::<String>::init_with_mut(|mut text| text.push_str("12"));
    /// pin.expose_secret_mut().clear();
    /// assert!(pin.expose_secret().is_empty());
    /// ```
    pub fn clear(&mut self) {
        wipe::bytes(core::mem::take(self.0).into_bytes());
    }
}

impl ExposedMut<'_, Vec<u8>> {
    /// Makes room for so many more bytes; if that takes a larger allocation, the old one is wiped.
    ///
    /// ```
    /// # use secret_core::Secret;
    /// let mut key = Secret::<Vec<u8>>::init_with_mut(|mut bytes| bytes.reserve(3));
    /// key.expose_secret_mut().extend_from_slice(&[1, 2, 3]);
    /// # assert_eq!(key.expose_secret().len(), 3);
    /// ```
    pub fn reserve(&mut self, additional: usize) {
        wipe::reserve(self.0, additional);
    }

    /// Appends bytes; if that takes a larger allocation, the old one is wiped.
    ///
    /// ```
    /// # use secret_core::Secret;
    /// let mut key = Secret::<Vec<u8>>::init_with_mut(|_| ());
    /// key.expose_secret_mut().extend_from_slice(&[1, 2, 3]);
    /// assert_eq!(key.expose_secret().len(), 3);
    /// ```
    pub fn extend_from_slice(&mut self, bytes: &[u8]) {
        wipe::reserve(self.0, bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// Appends a byte; if that takes a larger allocation, the old one is wiped.
    ///
    /// ```
    /// # use secret_core::Secret;
    /// let mut key = Secret::<Vec<u8>>::init_with_mut(|_| ());
    /// key.expose_secret_mut().push(1);
    /// assert_eq!(key.expose_secret().len(), 1);
    /// ```
    pub fn push(&mut self, byte: u8) {
        self.extend_from_slice(&[byte]);
    }

    /// Shortens the vector to its first `length` bytes and wipes the rest.
    ///
    /// ```
    /// # use secret_core::Secret;
    /// let mut key = Secret::<Vec<u8>>::init_with_mut(|mut bytes| bytes.extend_from_slice(&[1, 2, 3]));
    /// key.expose_secret_mut().truncate(2);
    /// assert_eq!(key.expose_secret().len(), 2);
    /// ```
    pub fn truncate(&mut self, length: usize) {
        if let Some(rest) = self.0.get_mut(length..) {
            rest.zeroize();
            self.0.truncate(length);
        }
    }

    /// Empties the vector and wipes what it held.
    ///
    /// ```
    /// # use secret_core::Secret;
    /// let mut key = Secret::<Vec<u8>>::init_with_mut(|mut bytes| bytes.push(1));
    /// key.expose_secret_mut().clear();
    /// assert!(key.expose_secret().is_empty());
    /// ```
    pub fn clear(&mut self) {
        wipe::bytes(core::mem::take(self.0));
    }
}

/// A type whose value stays where it is while it is changed through `&mut`, so that no copy is left behind.
///
/// Numbers, arrays, slices and `str` are; `String` and `Vec` are not. Implement it for a struct of your own whose
/// fields all are, or are themselves secrets.
///
/// ```
/// use secret_core::{ChangeInPlace, Secret};
/// use secret_core::zeroize::Zeroize;
///
/// #[derive(Default)]
/// struct Pair { id: u32, seed: [u8; 16] }
///
/// impl ChangeInPlace for Pair {}
/// impl Zeroize for Pair {
///     fn zeroize(&mut self) {
///         self.id.zeroize();
///         self.seed.zeroize();
///     }
/// }
///
/// let mut pair = Secret::<Pair>::init_with_mut(|mut pair| pair.id = 1);
/// pair.expose_secret_mut().seed = [7; 16];
/// assert_eq!(pair.expose_secret().seed[0], 7);
/// ```
#[diagnostic::on_unimplemented(
    message = "a secret `{Self}` cannot be changed through `&mut`: it could move and leave a copy in freed memory",
    label = "this needs `&mut {Self}`",
    note = "a secret `String` or `Vec<u8>` has `push_str`, `push`, `extend_from_slice` and `clear`, which wipe what they leave",
    note = "for a type of your own whose value never moves when it changes, write `impl secret_core::ChangeInPlace for {Self} {{}}`"
)]
pub trait ChangeInPlace {}

macro_rules! change_in_place {
    ($($type:ty),*) => { $(impl ChangeInPlace for $type {})* };
}

change_in_place!(
    bool, char, u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64, str
);

impl<T: ChangeInPlace> ChangeInPlace for [T] {}
impl<T: ChangeInPlace, const N: usize> ChangeInPlace for [T; N] {}
impl<T: ChangeInPlace> ChangeInPlace for Option<T> {}

/// The wall between an open secret and text.
///
/// `Display` and `Debug` exist for [`Exposed`] only under a bound that no type meets. Leaving them out would do the
/// same, but then the compiler's advice would be to add them; the bound lets it explain the rule instead. The
/// methods of the same kind shadow what `Deref` would find on the value.
macro_rules! forbid_text {
    ($exposed:ident) => {
        /// Never holds: no type meets the bound, which is there for what the compiler then says.
        impl<T: ?Sized + wall::Printable> fmt::Display for $exposed<'_, T> {
            fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
                Err(fmt::Error)
            }
        }

        /// Never holds: no type meets the bound, which is there for what the compiler then says.
        impl<T: ?Sized + wall::Printable> fmt::Debug for $exposed<'_, T> {
            fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
                Err(fmt::Error)
            }
        }

        /// Never holds: no type meets the bound, which is there for what the compiler then says.
        impl<T: ?Sized + wall::Copyable> Clone for $exposed<'_, T> {
            fn clone(&self) -> Self {
                unreachable!("no type is copyable while it is exposed")
            }
        }

        /// Never holds: no type meets the bound, which is there for what the compiler then says.
        impl<T: ?Sized + wall::Copyable> From<$exposed<'_, T>> for String {
            fn from(_: $exposed<'_, T>) -> Self {
                Self::new()
            }
        }

        /// Never holds: no type meets the bound, which is there for what the compiler then says.
        impl<T: ?Sized + wall::Copyable> From<$exposed<'_, T>> for Vec<u8> {
            fn from(_: $exposed<'_, T>) -> Self {
                Self::new()
            }
        }

        /// Never holds: no type meets the bound, which is there for what the compiler then says.
        #[cfg(feature = "serde")]
        impl<T: ?Sized + wall::Serializable> ::serde::Serialize for $exposed<'_, T> {
            fn serialize<S: ::serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(::serde::ser::Error::custom(""))
            }
        }

        #[doc(hidden)]
        #[allow(
            clippy::inherent_to_string_shadow_display,
            clippy::should_implement_trait,
            clippy::wrong_self_convention,
            clippy::missing_panics_doc,
            missing_docs,
            reason = "never callable: the bound is met by no type"
        )]
        impl<T: ?Sized> $exposed<'_, T> {
            pub fn to_string(&self) -> String
            where
                T: wall::Copyable,
            {
                String::new()
            }

            pub fn to_owned(&self) -> String
            where
                T: wall::Copyable,
            {
                String::new()
            }

            pub fn to_vec(&self) -> Vec<u8>
            where
                T: wall::Copyable,
            {
                Vec::new()
            }

            pub fn clone(&self) -> Self
            where
                T: wall::Copyable,
                Self: Sized,
            {
                unreachable!("no type is copyable while it is exposed")
            }
        }
    };
}

pub(crate) use forbid_text;

forbid_text!(Exposed);
forbid_text!(ExposedMut);
