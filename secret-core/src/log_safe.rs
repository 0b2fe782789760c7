//! [`LogSafe`] and [`Redact`](trait@Redact): which types may be printed as a field of a redacting struct.

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet, BinaryHeap, LinkedList, VecDeque};
use alloc::rc::Rc;
#[cfg(target_has_atomic = "ptr")]
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::{Cell, OnceCell, RefCell};
use core::marker::PhantomData;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use core::num::{NonZero, Wrapping};
use core::ops::{Bound, Range, RangeInclusive};
use core::sync::atomic;
use core::time::Duration;

use zeroize::Zeroize;

use crate::error::SecretError;
use crate::mask::Mask;
use crate::placeholder::Placeholder;
use crate::redacted::Redacted;
use crate::secret::Secret;

/// A type that may be formatted into a log: its `Debug` never shows a secret.
///
/// Numbers, flags, durations, network addresses and everything that redacts itself are. Text and bytes are not,
/// since any secret can be in them, nor is a foreign type nobody vouched for. `u8`, `i8` (the
/// `c_char` of C) and `char` are printed as fields of a redacting struct without being `LogSafe`, because a `Vec<u8>` or
/// `[u8; 32]` is a key more often than a list.
///
/// Implement it for a type of your own that holds no secret:
///
/// ```
/// use secret_core::LogSafe;
///
/// #[derive(Debug)]
/// enum Region { Eu, Us }
/// impl LogSafe for Region {}
///
/// fn log(value: &(impl LogSafe + std::fmt::Debug)) -> String { format!("{value:?}") }
/// assert_eq!(log(&vec![Region::Eu, Region::Us]), "[Eu, Us]");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` may hold a secret: it is not `LogSafe`",
    label = "nobody has decided whether this may be printed",
    note = "if it is secret, mark the field `#[redact]`, or use `SecretString` or `Secret<T>`",
    note = "if it may be printed, mark the field `#[redact(safe)]`",
    note = "for a type of your own, `#[derive(Redact)]` on it, or `impl LogSafe` if nothing in it is ever secret"
)]
pub trait LogSafe {
    /// Whether `Debug` writes the placeholder whatever the value, so that it can be written as part of the text around it.
    #[doc(hidden)]
    #[inline]
    fn is_always_redacted() -> bool
    where
        Self: Sized,
    {
        false
    }
}

/// A type that shows no secret whatever the field is called: `Secret`, [`Redacted`], what derives `Redact`, flags and
/// times, which have no room for a secret, and collections of those.
///
/// A field whose name says secret must have such a type or be marked.
///
/// ```
/// fn redacts<T: secret_core::Redact>() {}
/// redacts::<Option<secret_core::SecretString>>();
/// redacts::<(bool, std::time::Duration)>();
/// ```
#[diagnostic::on_unimplemented(
    message = "the name says that this is secret, but `{Self}` does not redact itself",
    label = "this would print the field as it is",
    note = "if it is secret, use `SecretString` or `Secret<T>`, or mark the field `#[redact]`",
    note = "if it may be printed, say so: `#[redact(safe)]`"
)]
pub trait Redact: LogSafe {}

macro_rules! log_safe {
    ($($type:ty),* $(,)?) => { $(impl LogSafe for $type {})* };
}

log_safe!(
    (),
    bool,
    u16,
    u32,
    u64,
    u128,
    usize,
    i16,
    i32,
    i64,
    i128,
    isize,
    f32,
    f64,
    Duration,
    IpAddr,
    Ipv4Addr,
    Ipv6Addr,
    SocketAddr,
    SocketAddrV4,
    SocketAddrV6,
    core::cmp::Ordering,
    Placeholder,
    Mask,
    SecretError,
);

#[cfg(target_has_atomic = "8")]
log_safe!(atomic::AtomicBool);
#[cfg(target_has_atomic = "16")]
log_safe!(atomic::AtomicU16, atomic::AtomicI16);
#[cfg(target_has_atomic = "32")]
log_safe!(atomic::AtomicU32, atomic::AtomicI32);
#[cfg(target_has_atomic = "ptr")]
log_safe!(atomic::AtomicUsize, atomic::AtomicIsize);
#[cfg(target_has_atomic = "64")]
log_safe!(atomic::AtomicU64, atomic::AtomicI64);

#[cfg(feature = "std")]
log_safe!(
    std::time::SystemTime,
    std::time::Instant,
    std::io::ErrorKind,
    std::thread::ThreadId
);

macro_rules! no_room {
    ($($type:ty),* $(,)?) => { $(impl Redact for $type {})* };
}

no_room!(bool, Duration);

#[cfg(feature = "std")]
no_room!(std::time::SystemTime, std::time::Instant);

macro_rules! log_safe_non_zero {
    ($($number:ty),*) => { $(impl LogSafe for NonZero<$number> {})* };
}

log_safe_non_zero!(u16, u32, u64, u128, usize, i16, i32, i64, i128, isize);

/// Types that show what they contain and nothing else: as safe, and as redacting, as their content.
macro_rules! transparent {
    ($($type:ty),* $(,)?) => { $(
        impl<T: LogSafe> LogSafe for $type {}
        impl<T: Redact> Redact for $type {}
    )* };
}

transparent!(
    Option<T>,
    Vec<T>,
    VecDeque<T>,
    BTreeSet<T>,
    [T],
    Range<T>,
    RangeInclusive<T>,
    Cell<T>,
    RefCell<T>,
    BinaryHeap<T>,
    LinkedList<T>,
    OnceCell<T>,
    Wrapping<T>,
    Bound<T>,
);

impl<T: LogSafe, const N: usize> LogSafe for [T; N] {}
impl<T: Redact, const N: usize> Redact for [T; N] {}

macro_rules! transparent_pointer {
    ($($type:ty),* $(,)?) => { $(
        impl<T: LogSafe + ?Sized> LogSafe for $type {}
        impl<T: Redact + ?Sized> Redact for $type {}
    )* };
}

transparent_pointer!(&T, &mut T, Box<T>, Rc<T>);
#[cfg(target_has_atomic = "ptr")]
transparent_pointer!(Arc<T>);

impl<T: ?Sized + ToOwned + LogSafe> LogSafe for Cow<'_, T> where T::Owned: LogSafe {}
impl<T: ?Sized + ToOwned + Redact> Redact for Cow<'_, T> where T::Owned: Redact {}

impl<T: LogSafe, E: LogSafe> LogSafe for Result<T, E> {}
impl<T: Redact, E: Redact> Redact for Result<T, E> {}

impl<K: LogSafe, V: LogSafe> LogSafe for BTreeMap<K, V> {}
impl<K: LogSafe, V: Redact> Redact for BTreeMap<K, V> {}

#[cfg(feature = "std")]
mod std_types {
    use super::{LogSafe, Redact};
    use std::collections::{HashMap, HashSet};
    use std::sync::{Mutex, OnceLock, RwLock};

    transparent!(OnceLock<T>, Mutex<T>, RwLock<T>);
    impl<T: LogSafe, S> LogSafe for HashSet<T, S> {}
    impl<T: Redact, S> Redact for HashSet<T, S> {}
    impl<K: LogSafe, V: LogSafe, S> LogSafe for HashMap<K, V, S> {}
    impl<K: LogSafe, V: Redact, S> Redact for HashMap<K, V, S> {}
}

impl<T: ?Sized> LogSafe for PhantomData<T> {}
impl<T: ?Sized> Redact for PhantomData<T> {}

impl<T: Zeroize + ?Sized> LogSafe for Secret<T> {
    #[inline]
    fn is_always_redacted() -> bool {
        true
    }
}
impl<T: Zeroize + ?Sized> Redact for Secret<T> {}
impl<T: ?Sized> LogSafe for Redacted<T> {}
impl<T: ?Sized> Redact for Redacted<T> {}

macro_rules! log_safe_tuples {
    ($($($name:ident),+;)*) => { $(
        impl<$($name: LogSafe),+> LogSafe for ($($name,)+) {}
        impl<$($name: Redact),+> Redact for ($($name,)+) {}
    )* };
}

log_safe_tuples! {
    A;
    A, B;
    A, B, C;
    A, B, C, D;
    A, B, C, D, E;
    A, B, C, D, E, F;
    A, B, C, D, E, F, G;
    A, B, C, D, E, F, G, H;
}
