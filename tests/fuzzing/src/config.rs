//! A config struct with every kind of field.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::net::IpAddr;
use std::str::FromStr;

use secret_core::{Redact, Secret, SecretBytes, SecretString};
use serde::Deserialize;
use serde::de::{Deserializer, Error};

#[derive(Deserialize, Redact)]
#[redact(default = safe)]
#[allow(dead_code, reason = "read through `Debug`")]
pub(crate) struct Config {
    text: Option<String>,
    flag: Option<bool>,
    small: Option<u8>,
    signed: Option<i64>,
    ratio: Option<f64>,
    letter: Option<char>,
    unit: Option<()>,
    api_key: Option<SecretString>,
    raw_key: Option<SecretBytes>,
    pin: Option<Secret<u32>>,
    #[redact]
    password: Option<String>,
    #[serde(default)]
    list: Vec<u16>,
    #[serde(default)]
    tokens: Vec<SecretString>,
    #[serde(default)]
    map: BTreeMap<String, u32>,
    pair: Option<(u8, Level)>,
    level: Option<Level>,
    store: Option<Store>,
    nested: Option<Nested>,
    #[serde(default)]
    many: Vec<Nested>,
    checked: Option<Checked>,
    #[serde(default, deserialize_with = "quoting")]
    bind: Option<IpAddr>,
    tagged: Option<Tagged>,
    either: Option<Either>,
    #[serde(alias = "other_name")]
    named: Option<u8>,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Deserialize, Redact)]
#[allow(dead_code, reason = "read through `Debug`")]
#[serde(rename_all = "kebab-case")]
enum Level {
    Quiet,
    VeryLoud,
}

#[derive(Deserialize, Redact)]
#[redact(default = safe)]
#[allow(dead_code, reason = "read through `Debug`")]
#[serde(rename_all = "lowercase")]
enum Store {
    Memory,
    File(String),
    Pair(u8, u8),
    S3 { bucket: String, key: SecretString },
}

#[derive(Deserialize, Redact)]
#[redact(default = safe)]
#[allow(dead_code, reason = "read through `Debug`")]
struct Nested {
    number: u8,
    #[serde(default)]
    deeper: Option<Box<Nested>>,
    #[redact]
    secret: Option<SecretString>,
}

#[derive(Deserialize, Redact)]
#[redact(default = safe)]
#[allow(dead_code, reason = "read through `Debug`")]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Tagged {
    Number { value: u16 },
    Text { value: String },
}

#[derive(Deserialize, Redact)]
#[redact(default = safe)]
#[allow(dead_code, reason = "read through `Debug`")]
#[serde(untagged)]
enum Either {
    Number(u32),
    List(Vec<bool>),
}

#[derive(Deserialize, Redact)]
#[redact(default = safe)]
#[allow(dead_code, reason = "read through `Debug`")]
#[allow(
    clippy::struct_field_names,
    reason = "they share the name space of the struct they are flattened into"
)]
struct Rest {
    flat_number: Option<u32>,
    flat_text: Option<String>,
    flat_token: Option<SecretString>,
    flat_list: Option<Vec<u8>>,
}

/// Refuses every group, and quotes it.
#[derive(Deserialize, Redact)]
#[redact(default = safe)]
#[allow(dead_code, reason = "read through `Debug`")]
#[serde(try_from = "Unchecked")]
struct Checked(String);

#[derive(Deserialize)]
struct Unchecked {
    text: String,
}

impl TryFrom<Unchecked> for Checked {
    type Error = String;

    fn try_from(unchecked: Unchecked) -> Result<Self, String> {
        Err(format!("`{}` is not checked", unchecked.text))
    }
}

/// Reads a type from text as many crates do, with an error that quotes what it was given.
fn quoting<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse()
        .map(Some)
        .map_err(|error| D::Error::custom(format!("cannot read `{text}`: {error}")))
}
