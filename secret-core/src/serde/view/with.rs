//! The masked form of a field with a `serialize_with` function.
//!
//! The function is asked only where it cannot be handed a secret, or where somebody marked the field `safe`;
//! otherwise it might write what it was made to write. Called like the probes of `probe`, with one `&` more for
//! [`UnmarkedWith`], whose methods are found in the order they stand here.

use super::probe::Refused;
use super::{FieldWith, Hide, In, View, Written};
use crate::log_safe::LogSafe;

/// A value in which there is no secret that redacts itself: a number, text, an `Option` of those.
pub trait NoSecret {}

impl<T: NoSecret> NoSecret for Option<T> {}
impl<T: NoSecret> NoSecret for alloc::vec::Vec<T> {}

/// A field that nobody marked.
pub struct UnmarkedWith<'a, T: ?Sized>(pub &'a T);

pub trait UnmarkedWithNoSecret<'a, T: ?Sized> {
    fn view<C: FieldWith<FIELD, Value = T>, const FIELD: usize>(&self) -> Written<'a, C, FIELD>;
}

impl<'a, T: NoSecret + ?Sized> UnmarkedWithNoSecret<'a, T> for &UnmarkedWith<'a, T> {
    fn view<C: FieldWith<FIELD, Value = T>, const FIELD: usize>(&self) -> Written<'a, C, FIELD> {
        Written::new(self.0)
    }
}

pub trait UnmarkedWithView<'a, T: ?Sized> {
    fn view<C, const FIELD: usize>(&self) -> In<'a, T, Hide>;
}

impl<'a, T: View + ?Sized> UnmarkedWithView<'a, T> for &&UnmarkedWith<'a, T> {
    fn view<C, const FIELD: usize>(&self) -> In<'a, T, Hide> {
        In::new(self.0)
    }
}

impl<T: LogSafe + ?Sized> UnmarkedWith<'_, T> {
    pub fn view<C, const FIELD: usize>(&self) -> Refused
    where
        T: View,
    {
        Refused
    }
}

pub trait UnmarkedWithOther {
    fn view<C, const FIELD: usize>(&self) -> Refused {
        Refused
    }
}

impl<T: ?Sized> UnmarkedWithOther for UnmarkedWith<'_, T> {}

/// A field marked `safe`, which may hold a secret that redacts itself all the same.
pub struct SafeWith<'a, T: ?Sized>(pub &'a T);

impl<'a, T: NoSecret + ?Sized> SafeWith<'a, T> {
    pub fn view<C: FieldWith<FIELD, Value = T>, const FIELD: usize>(
        &self,
    ) -> Written<'a, C, FIELD> {
        Written::new(self.0)
    }
}

pub trait SafeWithView<'a, T: ?Sized> {
    fn view<C, const FIELD: usize>(&self) -> In<'a, T, Hide>;
}

impl<'a, T: View + ?Sized> SafeWithView<'a, T> for SafeWith<'a, T> {
    fn view<C, const FIELD: usize>(&self) -> In<'a, T, Hide> {
        In::new(self.0)
    }
}

pub trait SafeWithOther<'a, T: ?Sized> {
    fn view<C: FieldWith<FIELD, Value = T>, const FIELD: usize>(&self) -> Written<'a, C, FIELD>;
}

impl<'a, T: ?Sized> SafeWithOther<'a, T> for &SafeWith<'a, T> {
    fn view<C: FieldWith<FIELD, Value = T>, const FIELD: usize>(&self) -> Written<'a, C, FIELD> {
        Written::new(self.0)
    }
}
