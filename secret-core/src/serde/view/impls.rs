//! [`View`] for secrets, for what std types hold them in, and for plain values.
//!
//! Text has one too, although it is not `LogSafe`: a field of text gets here only once it was marked.

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet, BinaryHeap, LinkedList, VecDeque};
use alloc::rc::Rc;
use alloc::string::String;
#[cfg(target_has_atomic = "ptr")]
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::Cell;
use core::marker::PhantomData;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use core::num::{NonZero, Wrapping};
use core::time::Duration;

use ::serde::ser::SerializeTuple;
use ::serde::{Serialize, Serializer};
use zeroize::Zeroize;

use super::with::NoSecret;
use super::{In, Mode, Plain, View};
use crate::placeholder::REDACTED;
use crate::redacted::Redacted;
use crate::secret::Secret;

impl<T: Zeroize + Plain + ?Sized> View for Secret<T> {
    fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if M::REVEAL {
            T::serialize(&self.expose_secret(), serializer)
        } else {
            serializer.serialize_str(REDACTED)
        }
    }
}

impl<T: Plain + ?Sized> View for Redacted<T> {
    fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if M::REVEAL {
            T::serialize(&self.expose_secret(), serializer)
        } else {
            serializer.serialize_str(REDACTED)
        }
    }
}

macro_rules! plain {
    ($($type:ty),* $(,)?) => { $(
        impl View for $type {
            fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Serialize::serialize(self, serializer)
            }
        }
        impl NoSecret for $type {}
    )* };
}

plain!(
    (),
    bool,
    char,
    u8,
    u16,
    u32,
    u64,
    u128,
    usize,
    i8,
    i16,
    i32,
    i64,
    i128,
    isize,
    f32,
    f64,
    str,
    String,
    Duration,
    IpAddr,
    Ipv4Addr,
    Ipv6Addr,
    SocketAddr,
    SocketAddrV4,
    SocketAddrV6,
    NonZero<u8>,
    NonZero<u16>,
    NonZero<u32>,
    NonZero<u64>,
    NonZero<u128>,
    NonZero<usize>,
    NonZero<i8>,
    NonZero<i16>,
    NonZero<i32>,
    NonZero<i64>,
    NonZero<i128>,
    NonZero<isize>,
);

#[cfg(feature = "fingerprint")]
impl View for crate::Fingerprint {
    fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<T: View> View for Wrapping<T> {
    fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize::<M, S>(serializer)
    }
}

impl<T: View + Copy> View for Cell<T> {
    fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.get().serialize::<M, S>(serializer)
    }
}

impl<T: ?Sized> View for PhantomData<T> {
    fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Serialize::serialize(self, serializer)
    }
}

macro_rules! pointer {
    ($($pointer:ty),*) => { $(
        impl<T: View + ?Sized> View for $pointer {
            fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                T::serialize::<M, S>(self, serializer)
            }
        }
    )* };
}

pointer!(&T, &mut T, Box<T>, Rc<T>);
#[cfg(target_has_atomic = "ptr")]
pointer!(Arc<T>);

impl<T: View + ToOwned + ?Sized> View for Cow<'_, T> {
    fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::serialize::<M, S>(self, serializer)
    }
}

impl<T: View> View for Option<T> {
    fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&In::<_, M>::new(value)),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: View, E: View> View for Result<T, E> {
    fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Ok(value) => {
                serializer.serialize_newtype_variant("Result", 0, "Ok", &In::<_, M>::new(value))
            }
            Err(error) => {
                serializer.serialize_newtype_variant("Result", 1, "Err", &In::<_, M>::new(error))
            }
        }
    }
}

macro_rules! list {
    ($({$($generics:tt)*} $list:ty),* $(,)?) => { $(
        impl<$($generics)*> View for $list {
            fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.iter().map(In::<_, M>::new))
            }
        }
    )* };
}

list!({T: View} [T], {T: View} Vec<T>, {T: View} VecDeque<T>, {T: View} BTreeSet<T>);
list!({T: View} BinaryHeap<T>, {T: View} LinkedList<T>);

impl<T: View, const N: usize> View for [T; N] {
    fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(N)?;
        for value in self {
            tuple.serialize_element(&In::<_, M>::new(value))?;
        }
        tuple.end()
    }
}

macro_rules! map {
    ($({$($generics:tt)*} $map:ty),* $(,)?) => { $(
        impl<$($generics)*> View for $map {
            fn serialize<M: Mode, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.iter().map(|(key, value)| (In::<_, M>::new(key), In::<_, M>::new(value))))
            }
        }
    )* };
}

map!({K: View, V: View} BTreeMap<K, V>);

macro_rules! tuples {
    ($($length:literal: $($name:ident $index:tt),+;)*) => { $(
        impl<$($name: View),+> View for ($($name,)+) {
            fn serialize<M: Mode, Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
                let mut tuple = serializer.serialize_tuple($length)?;
                $(tuple.serialize_element(&In::<_, M>::new(&self.$index))?;)+
                tuple.end()
            }
        }
    )* };
}

tuples! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
}

#[cfg(feature = "std")]
mod std_types {
    use super::{In, Mode, NoSecret, Serialize, Serializer, View};
    use std::collections::{HashMap, HashSet};
    use std::path::{Path, PathBuf};
    use std::time::SystemTime;

    plain!(Path, PathBuf, SystemTime);
    list!({T: View, H} HashSet<T, H>);
    map!({K: View, V: View, H} HashMap<K, V, H>);
}
