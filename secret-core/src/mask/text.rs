//! [`MaskText`]: applying a mask through options, collections and pointers.

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use alloc::rc::Rc;
use alloc::string::String;
#[cfg(target_has_atomic = "ptr")]
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroize;

use super::Mask;
use crate::placeholder::Placeholder;
use crate::redacted::Redacted;
use crate::secret::Secret;

/// Text that a [`Mask`] applies to, and options, collections and pointers of it.
///
/// The shape of a collection is kept, and its contents are masked; the keys of a map are redacted whole.
///
/// ```
/// use secret_core::{Mask, MaskText};
///
/// struct Shown<'a>(&'a Vec<String>);
/// impl std::fmt::Debug for Shown<'_> {
///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
///         self.0.fmt_masked(Mask::first_last(1, 0), f)
///     }
/// }
/// let names = vec![String::from("ada"), String::from("grace")];
/// assert_eq!(format!("{:?}", Shown(&names)), "[a[REDACTED], g[REDACTED]]");
/// ```
#[diagnostic::on_unimplemented(
    message = "a mask applies to text, and `{Self}` is not text",
    label = "this cannot be shown in part",
    note = "to hide it, mark the field `#[redact]`; to show it your own way, `#[redact(with = path::to::function)]`"
)]
pub trait MaskText {
    /// Writes what the mask leaves.
    ///
    /// # Errors
    ///
    /// Those of the formatter.
    fn fmt_masked(&self, mask: Mask, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// A value under a mask, for the builders of `core::fmt`.
struct MaskedValue<'a, T: ?Sized>(&'a T, Mask);

impl<T: MaskText + ?Sized> fmt::Debug for MaskedValue<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt_masked(self.1, f)
    }
}

impl MaskText for str {
    fn fmt_masked(&self, mask: Mask, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&mask.apply(self), f)
    }
}

impl MaskText for String {
    fn fmt_masked(&self, mask: Mask, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt_masked(mask, f)
    }
}

macro_rules! mask_through_pointer {
    ($($pointer:ty),*) => { $(
        impl<T: MaskText + ?Sized> MaskText for $pointer {
            fn fmt_masked(&self, mask: Mask, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                T::fmt_masked(self, mask, f)
            }
        }
    )* };
}

mask_through_pointer!(&T, &mut T, Box<T>, Rc<T>);
#[cfg(target_has_atomic = "ptr")]
mask_through_pointer!(Arc<T>);

impl<T: MaskText + ToOwned + ?Sized> MaskText for Cow<'_, T> {
    fn fmt_masked(&self, mask: Mask, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt_masked(self, mask, f)
    }
}

impl<T: MaskText + Zeroize + ?Sized> MaskText for Secret<T> {
    fn fmt_masked(&self, mask: Mask, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expose_secret().fmt_masked(mask, f)
    }
}

impl<T: MaskText + ?Sized> MaskText for Redacted<T> {
    fn fmt_masked(&self, mask: Mask, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expose_secret().fmt_masked(mask, f)
    }
}

impl<T: MaskText> MaskText for Option<T> {
    fn fmt_masked(&self, mask: Mask, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.as_ref().map(|value| MaskedValue(value, mask)), f)
    }
}

macro_rules! mask_list {
    ($({$($generics:tt)*} $list:ty),* $(,)?) => { $(
        impl<$($generics)*> MaskText for $list {
            fn fmt_masked(&self, mask: Mask, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.iter().map(|value| MaskedValue(value, mask))).finish()
            }
        }
    )* };
}

mask_list!({T: MaskText} [T], {T: MaskText} Vec<T>, {T: MaskText} VecDeque<T>, {T: MaskText, const N: usize} [T; N]);

macro_rules! mask_set {
    ($({$($generics:tt)*} $set:ty),* $(,)?) => { $(
        impl<$($generics)*> MaskText for $set {
            fn fmt_masked(&self, mask: Mask, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_set().entries(self.iter().map(|value| MaskedValue(value, mask))).finish()
            }
        }
    )* };
}

macro_rules! mask_map {
    ($({$($generics:tt)*} $map:ty),* $(,)?) => { $(
        impl<$($generics)*> MaskText for $map {
            fn fmt_masked(&self, mask: Mask, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_map().entries(self.values().map(|value| (Placeholder, MaskedValue(value, mask)))).finish()
            }
        }
    )* };
}

mask_set!({T: MaskText} BTreeSet<T>);
mask_map!({K, V: MaskText} BTreeMap<K, V>);

#[cfg(feature = "std")]
mod std_types {
    use super::{Mask, MaskText, MaskedValue, Placeholder, fmt};
    use std::collections::{HashMap, HashSet};

    mask_set!({T: MaskText, S} HashSet<T, S>);
    mask_map!({K, V: MaskText, S} HashMap<K, V, S>);
}
