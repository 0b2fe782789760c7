//! Comparing secrets in constant time.
//!
//! Equal lengths are compared without an early exit; that two lengths differ can be seen in the time, as with every
//! comparison of this kind. There is no ordering and no hashing: both would leak through time or through a table.

use alloc::string::String;
use alloc::vec::Vec;

use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroize;

use crate::secret::{Secret, SecretBytes, SecretString};

/// What a secret may hold to be comparable.
#[diagnostic::on_unimplemented(
    message = "secrets of type `{Self}` cannot be compared",
    note = "text, bytes and integers can, in constant time; for another type compare the parts you need through `expose_secret`"
)]
pub trait Comparable {
    /// Compares without an early exit.
    fn same(&self, other: &Self) -> Choice;
}

macro_rules! comparable {
    ($($type:ty => $view:ident),* $(,)?) => { $(
        impl Comparable for $type {
            fn same(&self, other: &Self) -> Choice {
                self.$view().ct_eq(other.$view())
            }
        }
    )* };
}

comparable!(str => as_bytes, String => as_bytes, [u8] => as_ref, Vec<u8> => as_slice);

impl<const N: usize> Comparable for [u8; N] {
    fn same(&self, other: &Self) -> Choice {
        self.as_slice().ct_eq(other.as_slice())
    }
}

macro_rules! comparable_integers {
    ($($integer:ty),*) => { $(
        impl Comparable for $integer {
            fn same(&self, other: &Self) -> Choice {
                self.ct_eq(other)
            }
        }
    )* };
}

comparable_integers!(
    u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize
);

impl<T: Comparable + Zeroize + ?Sized> ConstantTimeEq for Secret<T> {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.expose_secret().same(&other.expose_secret())
    }
}

impl<T: Comparable + Zeroize + ?Sized> PartialEq for Secret<T> {
    fn eq(&self, other: &Self) -> bool {
        self.ct_eq(other).into()
    }
}

impl<T: Comparable + Zeroize + ?Sized> Eq for Secret<T> {}

macro_rules! compare_presented {
    ($($secret:ty, $presented:ty => $view:ident);* $(;)?) => { $(
        impl PartialEq<$presented> for $secret {
            fn eq(&self, presented: &$presented) -> bool {
                self.expose_secret().same(presented.$view()).into()
            }
        }
    )* };
}

compare_presented! {
    SecretString, str => as_ref;
    SecretString, &str => as_ref;
    SecretString, String => as_str;
    SecretBytes, [u8] => as_ref;
    SecretBytes, &[u8] => as_ref;
    SecretBytes, Vec<u8> => as_slice;
}

impl<const N: usize> PartialEq<[u8; N]> for SecretBytes {
    fn eq(&self, presented: &[u8; N]) -> bool {
        self.expose_secret().same(presented.as_slice()).into()
    }
}

impl<const N: usize> PartialEq<&[u8; N]> for SecretBytes {
    fn eq(&self, presented: &&[u8; N]) -> bool {
        self.expose_secret().same(presented.as_slice()).into()
    }
}
