//! Shapes of types, and surroundings, in which the derive compiles.
#![allow(
    dead_code,
    reason = "most fields are read by `Debug` alone, which does not count"
)]

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::net::IpAddr;
use std::sync::Arc;

use secret_core::{Redact, SecretString};

const CANARY: &str = "hunter2-correct-horse";

/// Asserts the exact output, and that neither it nor the pretty one holds the canary.
#[track_caller]
fn assert_shows(value: &impl Debug, expected: &str) {
    assert_eq!(format!("{value:?}"), expected);
    assert!(!format!("{value:#?}").contains(CANARY));
}

#[derive(Redact)]
#[allow(non_camel_case_types, reason = "a keyword is the test")]
struct r#struct {
    r#type: u16,
    #[redact]
    r#match: String,
}

#[test]
fn raw_identifiers_are_printed_without_their_prefix() {
    let value = r#struct {
        r#type: 1,
        r#match: String::from(CANARY),
    };
    assert_shows(&value, "struct { type: 1, match: [REDACTED] }");
}

type Token = SecretString;
type Hosts<T> = Vec<Option<T>>;

#[derive(Redact)]
struct Aliased {
    token: Token,
    addresses: Hosts<IpAddr>,
    #[redact]
    names: Hosts<String>,
}

#[test]
fn an_alias_is_seen_through() {
    let value = Aliased {
        token: String::from(CANARY).into(),
        addresses: vec![None],
        names: vec![Some(String::from(CANARY))],
    };
    assert_shows(
        &value,
        "Aliased { token: [REDACTED], addresses: [None], names: [[REDACTED]] }",
    );
}

#[derive(Redact)]
struct Collections<'a, const N: usize> {
    nested: Option<Vec<Option<SecretString>>>,
    array: [SecretString; N],
    shared: Arc<BTreeMap<u16, SecretString>>,
    by_port: HashMap<u16, Vec<IpAddr>>,
    borrowed: &'a SecretString,
    pair: (u16, SecretString),
}

#[test]
fn collections_keep_their_shape() {
    let secret = || SecretString::from(String::from(CANARY));
    let value = Collections {
        nested: Some(vec![None, Some(secret())]),
        array: [secret()],
        shared: Arc::new(BTreeMap::from([(1, secret())])),
        by_port: HashMap::new(),
        borrowed: &secret(),
        pair: (1, secret()),
    };
    assert_shows(
        &value,
        "Collections { nested: Some([None, Some([REDACTED])]), array: [[REDACTED]], shared: {1: [REDACTED]}, \
         by_port: {}, borrowed: [REDACTED], pair: (1, [REDACTED]) }",
    );
}

#[derive(Redact)]
struct Conditional {
    port: u16,
    #[cfg(any())]
    absent: Missing,
    #[cfg(test)]
    #[redact]
    present: String,
}

#[derive(Redact)]
enum ConditionalVariant {
    #[cfg(any())]
    Absent(Missing),
    Present(u16),
}

#[test]
fn fields_that_are_configured_out_are_not_there() {
    let value = Conditional {
        port: 1,
        present: String::from(CANARY),
    };
    assert_shows(&value, "Conditional { port: 1, present: [REDACTED] }");
    assert_shows(&ConditionalVariant::Present(1), "Present(1)");
}

macro_rules! config {
    ($name:ident { $($field:ident: $type:ty),* }) => {
        #[derive(Redact)]
        #[redact(zeroize, display = "{port}")]
        struct $name { port: u16, #[redact] inner: String, $(#[redact] $field: $type),* }
    };
}

config!(FromMacro { outer: String });

#[test]
fn fields_come_out_of_a_macro() {
    let value = FromMacro {
        port: 1,
        inner: String::from(CANARY),
        outer: String::from(CANARY),
    };
    assert_shows(
        &value,
        "FromMacro { port: 1, inner: [REDACTED], outer: [REDACTED] }",
    );
    assert_eq!(value.to_string(), "1");
}

mod framework {
    pub(super) mod support {
        pub(crate) use secret_core as redaction;
    }
}

#[derive(framework::support::redaction::Redact)]
#[redact(crate = framework::support::redaction, zeroize, display = "{0} {1}")]
struct ReExported(u16, #[redact(first = 1)] String);

#[test]
fn the_crate_may_have_another_name() {
    let value = ReExported(1, String::from(CANARY));
    assert_shows(&value, "ReExported(1, h[REDACTED])");
    assert_eq!(value.to_string(), "1 h[REDACTED]");
}

#[derive(Redact)]
enum Never {}

#[derive(Redact)]
#[redact(zeroize)]
enum NeverWiped {}

#[derive(Redact)]
struct Nested {
    #[redact(safe)]
    name: String,
    children: Vec<Nested>,
    parent: Option<Box<Nested>>,
}

#[test]
fn a_type_may_contain_itself() {
    let leaf = Nested {
        name: String::from("leaf"),
        children: Vec::new(),
        parent: None,
    };
    let value = Nested {
        name: String::from("root"),
        children: vec![leaf],
        parent: None,
    };
    assert_shows(
        &value,
        "Nested { name: \"root\", children: [Nested { name: \"leaf\", children: [], parent: None }], parent: None }",
    );
}

/// Neither its length nor one placeholder a byte is shown of what is text or a key.
#[test]
fn marked_bytes_and_text_are_hidden_whole() {
    #[derive(Redact)]
    #[redact(all)]
    struct Keys {
        bytes: Vec<u8>,
        signed: Vec<i8>,
        wide: Vec<u16>,
        characters: Vec<char>,
        numbers: Vec<u64>,
        optional: Option<Vec<u8>>,
    }

    let keys = Keys {
        bytes: vec![1, 2],
        signed: vec![1, 2],
        wide: vec![1, 2],
        characters: vec!['a', 'b'],
        numbers: vec![1, 2],
        optional: Some(vec![1, 2]),
    };
    assert_eq!(
        format!("{keys:?}"),
        "Keys { bytes: [REDACTED], signed: [REDACTED], wide: [REDACTED], characters: [REDACTED], \
         numbers: [[REDACTED], [REDACTED]], optional: Some([REDACTED]) }"
    );
}

mod used_by_the_derive_alone {
    #![deny(dead_code)]

    use std::fmt;

    use secret_core::Redact;

    fn initial(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text[..1])
    }

    #[derive(Redact)]
    struct Person<'a>(#[redact(with = initial)] &'a str);

    #[test]
    fn a_function_of_with_is_no_dead_code() {
        assert_eq!(format!("{:?}", Person("ada")), "Person(a)");
    }
}

/// Items of the user's with the names that the expansion could have chosen.
mod names_of_the_expansion {
    #![allow(
        non_upper_case_globals,
        non_camel_case_types,
        dead_code,
        reason = "the names are those of variables"
    )]

    use std::fmt;

    use secret_core::Redact;

    const formatter: u8 = 0;
    const value: u8 = 0;
    static this: u8 = 0;
    struct field_host;

    fn initial(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text[..1])
    }

    #[derive(Redact)]
    #[redact(zeroize)]
    enum Target {
        #[redact(display = "{host} {port}")]
        Remote {
            #[redact(with = initial)]
            host: Box<str>,
            port: u16,
        },
    }

    #[test]
    fn do_not_reach_into_it() {
        let target = Target::Remote {
            host: "db".into(),
            port: 1,
        };
        assert_eq!(
            format!("{target:?} {target}"),
            "Remote { host: d, port: 1 } d 1"
        );
    }
}

/// The last field of a struct may have no known size, as with std's derives.
#[test]
fn the_last_field_may_be_unsized() {
    #[derive(Redact)]
    struct Numbers<T: ?Sized> {
        port: u16,
        tail: Box<T>,
    }

    #[derive(Redact)]
    struct List {
        port: u16,
        tail: [u16],
    }

    #[derive(Redact)]
    #[redact(display = "{text}")]
    struct Text {
        #[redact(safe)]
        text: str,
    }

    #[derive(Redact)]
    struct Masked(u16, #[redact(first = 1)] str);

    #[derive(Redact)]
    struct Hidden(u16, #[redact] [u8]);

    fn layout<T: Debug + ?Sized>() {}
    layout::<List>();
    layout::<Text>();
    layout::<Masked>();
    layout::<Hidden>();
    layout::<Numbers<[u16]>>();
}

#[test]
fn a_function_of_with_may_have_type_arguments() {
    fn show<T: Debug>(value: &T, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{value:?}>")
    }

    #[derive(Redact)]
    struct Config(#[redact(with = show::<u16>)] u16);

    assert_eq!(format!("{:?}", Config(1)), "Config(<1>)");
}
