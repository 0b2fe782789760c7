//! Masked text in the shape that holds it.

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
#[cfg(target_has_atomic = "ptr")]
use alloc::sync::Arc;
use alloc::vec::Vec;

use ::serde::{Serialize, Serializer};
use zeroize::Zeroize;

use crate::mask::Mask;
use crate::placeholder::REDACTED;
use crate::redacted::Redacted;
use crate::secret::Secret;

/// [`MaskText`](crate::MaskText) for serde.
#[diagnostic::on_unimplemented(
    message = "a mask applies to text, and `{Self}` is not text",
    label = "this cannot be serialised in part",
    note = "to hide it, mark the field `#[redact]`; to show it your own way, `#[redact(with = path::to::function)]`"
)]
pub trait MaskView {
    fn serialize_masked<S: Serializer>(&self, mask: Mask, serializer: S)
    -> Result<S::Ok, S::Error>;
}

/// A field under a mask.
pub struct Masked<'a, T: ?Sized>(&'a T, Mask);

impl<'a, T: MaskView + ?Sized> Masked<'a, T> {
    pub fn new(value: &'a T, mask: Mask) -> Self {
        Self(value, mask)
    }
}

impl<T: MaskView + ?Sized> Serialize for Masked<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_masked(self.1, serializer)
    }
}

impl MaskView for str {
    fn serialize_masked<S: Serializer>(
        &self,
        mask: Mask,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&mask.apply(self))
    }
}

macro_rules! mask_inside {
    ($({$($generics:tt)*} $type:ty => |$value:ident| $inside:expr),* $(,)?) => { $(
        impl<$($generics)*> MaskView for $type {
            fn serialize_masked<S: Serializer>(&self, mask: Mask, serializer: S) -> Result<S::Ok, S::Error> {
                let $value = self;
                $inside.serialize_masked(mask, serializer)
            }
        }
    )* };
}

mask_inside!(
    {} String => |text| text.as_str(),
    {T: MaskView + ?Sized} &T => |value| (**value),
    {T: MaskView + ?Sized} &mut T => |value| (**value),
    {T: MaskView + ?Sized} Box<T> => |value| (**value),
    {T: MaskView + ?Sized} Rc<T> => |value| (**value),
    {T: MaskView + ToOwned + ?Sized} Cow<'_, T> => |value| (**value),
    {T: MaskView + Zeroize + ?Sized} Secret<T> => |secret| secret.expose_secret(),
    {T: MaskView + ?Sized} Redacted<T> => |value| value.expose_secret(),
);

#[cfg(target_has_atomic = "ptr")]
mask_inside!({T: MaskView + ?Sized} Arc<T> => |value| (**value));

impl<T: MaskView> MaskView for Option<T> {
    fn serialize_masked<S: Serializer>(
        &self,
        mask: Mask,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&Masked(value, mask)),
            None => serializer.serialize_none(),
        }
    }
}

macro_rules! mask_list {
    ($({$($generics:tt)*} $list:ty),* $(,)?) => { $(
        impl<$($generics)*> MaskView for $list {
            fn serialize_masked<S: Serializer>(&self, mask: Mask, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.iter().map(|value| Masked(value, mask)))
            }
        }
    )* };
}

mask_list!(
    {T: MaskView} [T],
    {T: MaskView, const N: usize} [T; N],
    {T: MaskView} Vec<T>,
    {T: MaskView} VecDeque<T>,
    {T: MaskView} BTreeSet<T>,
);

/// Keys are redacted whole, and numbered as those of a redacted map are.
macro_rules! mask_map {
    ($({$($generics:tt)*} $map:ty),* $(,)?) => { $(
        impl<$($generics)*> MaskView for $map {
            fn serialize_masked<S: Serializer>(&self, mask: Mask, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.values().enumerate().map(|(index, value)| {
                    let key = match index {
                        0 => String::from(REDACTED),
                        _ => format!("[REDACTED {}]", index + 1),
                    };
                    (key, Masked(value, mask))
                }))
            }
        }
    )* };
}

mask_map!({K, V: MaskView} BTreeMap<K, V>);

#[cfg(feature = "std")]
mod std_types {
    use super::{Mask, MaskView, Masked, REDACTED, Serializer, String, format};
    use std::collections::{HashMap, HashSet};

    mask_list!({T: MaskView, H} HashSet<T, H>);
    mask_map!({K, V: MaskView, H} HashMap<K, V, H>);
}
