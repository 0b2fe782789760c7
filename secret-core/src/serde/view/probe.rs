//! Which way a field is written, chosen by what its type implements.
//!
//! Each probe is called as `(&Probe(&field)).view()`. The compiler takes the inherent method where its bound is met,
//! then the trait of the probe, then the trait of a reference to it.

use ::serde::{Serialize, Serializer};

use super::{In, Mode, Plain, View};
use crate::log_safe::LogSafe;
use crate::placeholder::REDACTED;

/// A field that nobody marked. That its type is `LogSafe` does not say what its `Serialize` writes, so it needs
/// a [`View`].
pub struct Unmarked<'a, T: ?Sized>(pub &'a T);

impl<'a, T: View + ?Sized> Unmarked<'a, T> {
    pub fn view<M: Mode>(&self) -> In<'a, T, M> {
        In::new(self.0)
    }
}

/// Complains where there is no [`View`].
pub trait UnmarkedLogSafe<T: ?Sized> {
    fn view<M: Mode>(&self) -> Refused
    where
        T: View,
    {
        Refused
    }
}

impl<T: LogSafe + ?Sized> UnmarkedLogSafe<T> for Unmarked<'_, T> {}

/// Says nothing where the type is not even `LogSafe`: the `Debug` of the same derive has reported it.
pub trait UnmarkedOther {
    fn view<M: Mode>(&self) -> Refused {
        Refused
    }
}

impl<T: ?Sized> UnmarkedOther for &Unmarked<'_, T> {}

/// What stands for a field that has been complained about, so that there are no further errors.
pub struct Refused;

impl Serialize for Refused {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(REDACTED)
    }
}

/// A field whose real value is written, by decision: through its [`View`] or, without one, as it is.
pub struct Decided<'a, T: ?Sized>(pub &'a T);

impl<'a, T: View + ?Sized> Decided<'a, T> {
    pub fn view<M: Mode>(&self) -> In<'a, T, M> {
        In::new(self.0)
    }
}

pub trait DecidedPlain<'a, T: ?Sized> {
    fn view<M: Mode>(&self) -> &'a T;
}

impl<'a, T: Plain + ?Sized> DecidedPlain<'a, T> for Decided<'a, T> {
    fn view<M: Mode>(&self) -> &'a T {
        self.0
    }
}

/// Complains where there is neither.
pub trait DecidedOther<T: ?Sized> {
    fn view<M: Mode>(&self) -> Refused
    where
        T: Plain,
    {
        Refused
    }
}

impl<T: ?Sized> DecidedOther<T> for &Decided<'_, T> {}
