//! Each kind of struct, generic and borrowing ones.

use std::borrow::Cow;

use secret_core::{Redact, Redacted, SecretString};
use serde::Deserialize;

use crate::nested::{Database, database};
use crate::{RedactedView, RevealedView, Views, assert_json, canary, secret, views};

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
struct Newtype(SecretString);

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
struct Tuple(u16, SecretString);

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
struct Unit;

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
struct Empty {}

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
#[serde(transparent)]
struct Transparent {
    key: SecretString,
    #[serde(skip)]
    cached: u16,
}

views!(Newtype, Tuple, Unit, Empty, Transparent);

#[test]
fn every_kind_of_struct_is_written() {
    assert_json(
        &Newtype(secret()),
        r#""[REDACTED]""#,
        r#""hunter2-correct-horse""#,
    );
    assert_json(
        &Tuple(1, secret()),
        r#"[1,"[REDACTED]"]"#,
        r#"[1,"hunter2-correct-horse"]"#,
    );
    assert_json(&Unit, "null", "null");
    assert_json(&Empty {}, "{}", "{}");
    assert_json(
        &Transparent {
            key: secret(),
            cached: 0,
        },
        r#""[REDACTED]""#,
        r#""hunter2-correct-horse""#,
    );
}

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
struct Generic<T, S, const N: usize>
where
    S: Clone,
{
    value: T,
    #[redact]
    hidden: Option<S>,
    #[redact(first = 1)]
    part: S,
    array: [u16; 2],
    #[redact(safe)]
    #[serde(skip, default = "no_numbers")]
    numbers: [u8; N],
}

fn no_numbers<const N: usize>() -> [u8; N] {
    [0; N]
}

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
#[serde(bound(
    serialize = "T: Names<Name = SecretString>",
    deserialize = "T: Names<Name = SecretString>"
))]
struct Bound<T: Names> {
    #[redact]
    key: T::Name,
}

trait Names {
    type Name;
}

#[derive(PartialEq)]
struct ByText;

impl Names for ByText {
    type Name = SecretString;
}

views!(Generic<Database, String, 2>, Bound<ByText>);

#[test]
fn generics_are_written() {
    assert_json(
        &Generic {
            value: database(),
            hidden: Some(canary()),
            part: canary(),
            array: [1, 2],
            numbers: [0, 0],
        },
        concat!(
            r#"{"value":{"host":"db","password":"[REDACTED]"},"hidden":"[REDACTED]","#,
            r#""part":"h[REDACTED]","array":[1,2]}"#,
        ),
        concat!(
            r#"{"value":{"host":"db","password":"hunter2-correct-horse"},"hidden":"hunter2-correct-horse","#,
            r#""part":"hunter2-correct-horse","array":[1,2]}"#,
        ),
    );
    assert_json(
        &Bound::<ByText> { key: secret() },
        r#"{"key":"[REDACTED]"}"#,
        r#"{"key":"hunter2-correct-horse"}"#,
    );
}

#[test]
fn borrowed_fields_are_written() {
    #[derive(Redact, Deserialize)]
    #[redact(serialize)]
    struct Borrowed<'a> {
        #[redact(safe)]
        host: &'a str,
        #[redact]
        #[serde(borrow)]
        cookie: Cow<'a, str>,
        hidden: Redacted<u16>,
    }
    let text = r#"{"host":"h","cookie":"hunter2-correct-horse","hidden":4711}"#;
    let borrowed: Borrowed<'_> = serde_json::from_str(text).unwrap();
    assert_eq!(
        serde_json::to_string(&borrowed.revealed("compared with its source")).unwrap(),
        text
    );
    assert_eq!(
        serde_json::to_string(&borrowed.redacted()).unwrap(),
        r#"{"host":"h","cookie":"[REDACTED]","hidden":"[REDACTED]"}"#,
    );
}
