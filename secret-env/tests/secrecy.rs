//! No message has a value in it, and no usual key is taken for a placeholder.

use std::collections::BTreeMap;
use std::net::IpAddr;

use proptest::prelude::*;
use secret_core::{Secret, SecretBytes, SecretString};
use secret_env::Loader;
use serde::Deserialize;

#[derive(Deserialize)]
#[allow(dead_code, reason = "what matters is how it is refused")]
struct Config {
    number: u32,
    ratio: f64,
    flag: bool,
    letter: char,
    text: String,
    bind: IpAddr,
    api_key: SecretString,
    raw_key: SecretBytes,
    pin: Secret<u64>,
    list: Vec<u16>,
    tokens: Vec<SecretString>,
    pair: (u8, bool),
    limits: BTreeMap<String, u32>,
    level: Level,
    nested: Nested,
    tagged: Option<Tagged>,
    either: Option<Either>,
    checked: Option<Checked>,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Deserialize)]
enum Level {
    Info,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "what matters is how it is refused")]
struct Nested {
    number: i8,
    password: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "what matters is how it is refused")]
#[serde(tag = "kind")]
enum Tagged {
    Number { value: u16 },
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "what matters is how it is refused")]
#[serde(untagged)]
enum Either {
    Number(u32),
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "what matters is how it is refused")]
struct Rest {
    flat_number: u32,
    flat_token: SecretString,
}

/// Refuses every text, and quotes it.
#[derive(Deserialize)]
#[allow(dead_code, reason = "what matters is how it is refused")]
#[serde(try_from = "Unchecked")]
struct Checked(Unchecked);

#[derive(Deserialize)]
struct Unchecked {
    text: String,
}

impl TryFrom<Unchecked> for Checked {
    type Error = String;

    fn try_from(unchecked: Unchecked) -> Result<Self, String> {
        Err(format!("`{:?}` is not checked", unchecked.text))
    }
}

const NAMES: &[&str] = &[
    "NUMBER",
    "RATIO",
    "FLAG",
    "LETTER",
    "TEXT",
    "BIND",
    "API_KEY",
    "RAW_KEY",
    "PIN",
    "LIST",
    "LIST__0",
    "TOKENS",
    "TOKENS__0",
    "PAIR",
    "LIMITS__A",
    "LIMITS__B",
    "LEVEL",
    "LEVEL__INFO",
    "NESTED",
    "NESTED__NUMBER",
    "NESTED__PASSWORD",
    "TAGGED",
    "TAGGED__KIND",
    "TAGGED__VALUE",
    "EITHER",
    "CHECKED__TEXT",
    "FLAT_NUMBER",
    "FLAT_TOKEN",
    "NUMBER_FILE",
    "API_KEY_FILE",
    "TXET",
    "UNKNOWN",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_value_is_in_an_error_or_in_the_table(
        // A capital Z within keeps the values apart from the words of the messages.
        values in prop::collection::btree_map(prop::sample::select(NAMES), "[a-zA-Z0-9]{4}Z[a-zA-Z0-9+/=_. -]{2,20}[a-z]", 0..NAMES.len()),
    ) {
        let loader = Loader::new().variables(values.iter().map(|(name, value)| (*name, value.as_str())));
        let error = loader.load::<Config>().err().expect("no value is right");
        let table = loader.explain::<Config>();
        let said = format!("{error} {error:?} {:?} {table} {table:?}", error.problems());
        for (name, value) in &values {
            prop_assert!(!said.contains(value.as_str()), "{} is in {}", name, said);
        }
    }
}

/// Keys as providers hand them out.
fn any_key() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{64}|[0-9A-F]{40}",
        "[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{43}=|[A-Za-z0-9_-]{32}|[A-Za-z0-9_-]{43}",
        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        "sk_(live|test)_[A-Za-z0-9]{24}|sk-[A-Za-z0-9]{48}|whsec_[A-Za-z0-9]{32}",
        "ghp_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20}|xoxb-[0-9]{12}-[0-9]{12}-[A-Za-z0-9]{24}|AKIA[A-Z2-7]{16}",
        "eyJ[A-Za-z0-9_-]{20}\\.eyJ[A-Za-z0-9_-]{40}\\.[A-Za-z0-9_-]{43}",
        "[a-z]{4,9}-[a-z]{4,9}-[a-z]{4,9}-[0-9]{2}[a-z]",
        "[!-~]{16,32}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_usual_key_is_a_placeholder(key in any_key()) {
        #[derive(Deserialize)]
        struct Config {
            api_key: SecretString,
        }
        let config = Loader::new().variables([("API_KEY", key.as_str())]).load::<Config>();
        prop_assert!(config.is_ok_and(|config| config.api_key == key.as_str()), "{} was refused", key);
    }
}
