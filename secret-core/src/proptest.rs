//! Secrets as input of property tests. The failing case, and the file it is kept in, show `[REDACTED]`.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use ::proptest::arbitrary::{Arbitrary, StrategyFor};
use ::proptest::strategy::{Map, Strategy};
use zeroize::Zeroize;

use crate::redacted::Redacted;
use crate::secret::{Secret, SecretBytes, SecretString};

macro_rules! arbitrary {
    ($({$($generics:tt)*} $secret:ty, from $plain:ty => $make:expr;)*) => { $(
        impl<$($generics)*> Arbitrary for $secret {
            type Parameters = <$plain as Arbitrary>::Parameters;
            type Strategy = Map<StrategyFor<$plain>, fn($plain) -> Self>;

            fn arbitrary_with(parameters: Self::Parameters) -> Self::Strategy {
                <$plain>::arbitrary_with(parameters).prop_map($make)
            }
        }
    )* };
}

arbitrary! {
    {} SecretString, from String => Self::from;
    {} SecretBytes, from Vec<u8> => Self::from;
    {T: Arbitrary + Zeroize} Secret<T>, from T => |value| Self::new(Box::new(value));
    {T: Arbitrary} Redacted<T>, from T => Self::new;
}
