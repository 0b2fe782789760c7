//! What other tools make of a secret: its JSON Schema, and values for fuzzing and property tests.

use std::net::Ipv4Addr;

use arbitrary::{Arbitrary, Unstructured};
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestRunner};
use schemars::{JsonSchema, schema_for};
use secret_core::{Redacted, Secret, SecretBytes, SecretString};
use serde_json::{Value, json};

#[derive(JsonSchema)]
#[allow(dead_code, reason = "only its schema is looked at")]
struct Credentials {
    /// What the user typed.
    password: SecretString,
    key: Option<SecretBytes>,
    pin: Secret<u16>,
    address: Redacted<Ipv4Addr>,
    seed: Redacted<Nested>,
}

#[derive(JsonSchema)]
#[allow(dead_code, reason = "only its schema is looked at")]
struct Nested {
    inner: Option<Box<Redacted<Nested>>>,
}

#[test]
fn a_secret_is_a_write_only_password_in_json_schema() {
    let schema = Value::from(schema_for!(Credentials));
    for field in ["password", "key", "pin", "address", "seed"] {
        let property = &schema["properties"][field];
        assert_eq!(property["format"], "password", "{schema:#}");
        assert_eq!(property["writeOnly"], true, "{schema:#}");
    }
    assert_eq!(
        schema["properties"]["password"],
        json!({"type": "string", "format": "password", "writeOnly": true, "description": "What the user typed."})
    );
    assert_eq!(schema["properties"]["pin"]["type"], "integer");
    assert_eq!(schema["properties"]["seed"]["$ref"], "#/$defs/Nested");
}

#[derive(Arbitrary, Debug)]
#[allow(dead_code, reason = "some fields are only printed")]
struct Input {
    text: SecretString,
    number: Secret<u64>,
    flag: Redacted<bool>,
    bytes: SecretBytes,
}

#[test]
fn a_fuzz_target_takes_secrets() {
    let data: Vec<u8> = (b'a'..=b'z').cycle().take(200).collect();
    let input = Input::arbitrary(&mut Unstructured::new(&data)).unwrap();
    assert!(!input.text.expose_secret().is_empty());
    assert!(*input.number.expose_secret() > 0);
    let shown =
        "Input { text: [REDACTED], number: [REDACTED], flag: [REDACTED], bytes: [REDACTED] }";
    assert_eq!(format!("{input:?}"), shown);
}

#[test]
fn a_failing_property_shows_no_secret() {
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::default()
    });
    let secrets =
        proptest::arbitrary::any::<(SecretString, SecretBytes, Secret<u32>, Redacted<char>)>();
    let failure = runner
        .run(
            &secrets.prop_filter("of some length", |(text, ..)| {
                text.expose_secret().len() > 2
            }),
            |(text, ..)| {
                proptest::prop_assert!(text.expose_secret().is_empty());
                Ok(())
            },
        )
        .unwrap_err();
    let text = failure.to_string();
    let (_, input) = text
        .split_once("minimal failing input: ")
        .expect("proptest prints the input");
    let words: Vec<_> = input.split_whitespace().collect();
    let hidden = "[REDACTED],";
    assert_eq!(words, ["(", hidden, hidden, hidden, hidden, ")"]);
}
