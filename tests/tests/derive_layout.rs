//! Where every field is safe, the derive prints what std's own `Debug` prints, whatever the values and flags.

use std::collections::BTreeMap;

use proptest::prelude::*;
use secret_core::Redact;

/// The same definition under both derives.
macro_rules! both {
    ($($item:item)*) => {
        mod plain { use super::BTreeMap; $(#[derive(Debug, Clone)] $item)* }
        mod redacting { use super::{BTreeMap, Redact}; $(#[derive(Redact, Clone)] $item)* }
    };
}

both! {
    #[allow(dead_code, reason = "read by `Debug` alone")]
    pub(super) struct Record {
        pub(super) count: u64,
        pub(super) ratio: f64,
        pub(super) flag: Option<bool>,
        pub(super) r#type: char,
        pub(super) pairs: Vec<(i32, Option<u16>)>,
        pub(super) map: BTreeMap<u32, Choice>,
        pub(super) choice: Choice,
    }
    #[allow(dead_code, reason = "read by `Debug` alone")]
    pub(super) enum Choice {
        Nothing,
        Empty {},
        Numbers(i8, f32),
        Named { first: u16, rest: Vec<Choice> },
    }
}

/// Makes the same value under both derives.
macro_rules! build {
    ($module:ident, $values:expr) => {{
        use $module::{Choice, Record};
        let (count, ratio, flag, character, pairs, selected) = $values.clone();
        let choice = match selected {
            0 => Choice::Nothing,
            1 => Choice::Empty {},
            2 => Choice::Numbers(-1, 1.5),
            _ => Choice::Named {
                first: selected,
                rest: vec![Choice::Nothing, Choice::Numbers(7, f32::NAN)],
            },
        };
        Record {
            count,
            ratio,
            flag,
            r#type: character,
            pairs,
            map: BTreeMap::from([(1, choice.clone())]),
            choice,
        }
    }};
}

proptest! {
    #[test]
    fn it_looks_as_with_std(
        values in any::<(u64, f64, Option<bool>, char, Vec<(i32, Option<u16>)>, u16)>()
            .prop_map(|values| (values.0, values.1, values.2, values.3, values.4, values.5 % 6)),
        width in 0_usize..12,
        precision in 0_usize..6,
    ) {
        let (plain, redacting) = (build!(plain, values), build!(redacting, values));
        macro_rules! same {
            ($($format:literal),*) => {
                $(prop_assert_eq!(
                    format!($format, redacting, width, precision),
                    format!($format, plain, width, precision)
                );)*
            };
        }
        same!(
            "{0:?} {1} {2}", "{0:#?} {1} {2}", "{0:1$?} {2}", "{0:#1$?} {2}", "{0:01$?} {2}", "{0:.2$?} {1}",
            "{0:*^1$.2$?}", "{0:+<#1$.2$?}", "{0:+?} {1} {2}", "{0:#x?} {1} {2}", "{0:#01$X?} {2}"
        );
    }
}

/// The text before a value can be longer than the derive's table of lengths can say.
#[test]
fn names_of_any_length_look_as_with_std() {
    macro_rules! long {
        ($name:ident) => {
            #[derive(Debug)]
            #[allow(dead_code, reason = "read by `Debug` alone")]
            struct Plain {
                port: u16,
                $name: u32,
            }
            let plain = Plain { port: 1, $name: 2 };
            let expected = format!("{plain:?}").replace("Plain", "Redacting");
            #[derive(Redact)]
            #[allow(dead_code, reason = "read by `Debug` alone")]
            struct Redacting {
                port: u16,
                $name: u32,
            }
            let redacting = Redacting { port: 1, $name: 2 };
            assert_eq!(format!("{redacting:?}"), expected);
            assert!(expected.len() > 255);
        };
    }
    long!(
        a_name_of_more_than_two_hundred_and_fifty_five_characters_which_nobody_writes_by_hand_but_which_a_generator_of_code_may_well_come_up_with_when_it_is_given_a_schema_in_which_every_level_of_nesting_is_spelt_out_and_joined_by_underscores_until_there_is_no_end_to_it
    );
}
