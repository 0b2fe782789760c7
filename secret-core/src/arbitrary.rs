//! Secrets as input of fuzz targets. A failing input prints as `[REDACTED]`.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use ::arbitrary::{Arbitrary, MaxRecursionReached, Result, Unstructured};
use zeroize::Zeroize;

use crate::redacted::Redacted;
use crate::secret::{Secret, SecretBytes, SecretString};

macro_rules! arbitrary {
    ($({$($generics:tt)*} $secret:ty, from $plain:ty => $make:expr;)*) => { $(
        impl<'a, $($generics)*> Arbitrary<'a> for $secret {
            fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
                <$plain>::arbitrary(u).map($make)
            }

            fn arbitrary_take_rest(u: Unstructured<'a>) -> Result<Self> {
                <$plain>::arbitrary_take_rest(u).map($make)
            }

            fn size_hint(depth: usize) -> (usize, Option<usize>) {
                <$plain>::size_hint(depth)
            }

            fn try_size_hint(depth: usize) -> Result<(usize, Option<usize>), MaxRecursionReached> {
                <$plain>::try_size_hint(depth)
            }
        }
    )* };
}

arbitrary! {
    {} SecretString, from String => Self::from;
    {} SecretBytes, from Vec<u8> => Self::from;
    {T: Arbitrary<'a> + Zeroize} Secret<T>, from T => |value| Self::new(Box::new(value));
    {T: Arbitrary<'a>} Redacted<T>, from T => Self::new;
}
