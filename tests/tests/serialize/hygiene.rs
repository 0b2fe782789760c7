//! What stands around a type and must not get in the way.

use crate::CANARY;

mod hostile {
    //! Local names that must not get in the way of the expansion.
    #![allow(dead_code, reason = "the names are the test")]
    mod core {}
    mod std {}
    mod serde {}
    mod view {}
    struct Copied;
    struct Option;
    type Result = ();
    trait Serialize {}

    #[derive(secret_core::Redact)]
    #[redact(serialize)]
    pub(super) struct Config<Field1, S> {
        pub(super) serializer: Field1,
        pub(super) copy: S,
        #[redact]
        pub(super) r#type: &'static str,
    }
}

#[test]
fn the_expansion_is_hygienic() {
    let config = hostile::Config {
        serializer: 1_u16,
        copy: 2_u16,
        r#type: CANARY,
    };
    assert_eq!(
        serde_json::to_string(&config.redacted()).unwrap(),
        r#"{"serializer":1,"copy":2,"type":"[REDACTED]"}"#,
    );
}

/// The crate under another name, without the original in reach.
mod renamed {
    pub(super) use secret_core::*;
}

macro_rules! from_macro {
    ($type:ident, $field:ident) => {
        #[derive(secret_core::Redact)]
        #[redact(crate = crate::hygiene::renamed, serialize)]
        struct $type {
            $field: u16,
            #[serde(skip_serializing_if = "Option::is_none")]
            own: Option<secret_core::SecretString>,
        }
    };
}

from_macro!(FromMacro, port);

#[test]
fn a_renamed_crate_and_a_macro_are_no_obstacle() {
    let value = FromMacro { port: 1, own: None };
    assert_eq!(
        serde_json::to_string(&value.redacted()).unwrap(),
        r#"{"port":1}"#
    );
}

mod names_of_the_expansion {
    #![allow(non_upper_case_globals, reason = "the names are those of variables")]

    use secret_core::Redact;

    const serializer: u8 = 1;
    const copy: u8 = 1;

    mod view {
        use serde::Serializer;

        pub(super) fn write<S: Serializer>(
            _: &super::Copied,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            serializer.serialize_str("copied")
        }
    }

    #[derive(Debug)]
    struct Copied;

    #[derive(Redact)]
    #[redact(serialize)]
    struct Config {
        #[redact(safe)]
        #[serde(serialize_with = "view::write")]
        copied: Copied,
        #[redact]
        key: Vec<u8>,
    }

    #[test]
    fn do_not_reach_into_it() {
        let config = Config {
            copied: Copied,
            key: vec![serializer, copy],
        };
        assert_eq!(
            serde_json::to_string(&config.redacted()).unwrap(),
            r#"{"copied":"copied","key":"[REDACTED]"}"#
        );
    }
}
