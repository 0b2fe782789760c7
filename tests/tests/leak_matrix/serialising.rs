//! Serialising a config that holds a secret.

use std::fmt::Debug;

use schemars::{JsonSchema, schema_for};
use secret_core::{Redact, SecretString};
use serde::{Deserialize, Serialize};

use crate::canary::{plain, secret};
use crate::channel::{SERIALISED, Theme, does_not_compile, redacted};

pub(crate) const THEME: Theme = Theme {
    name: "serialising",
    channels: &[
        does_not_compile!(
            "serde_json::to_string of the secret",
            ["secret/serialize", "secret/redacted_serialize"],
            SERIALISED,
            |key| json(&key)
        ),
        does_not_compile!(
            "serde_json::to_string of an exposed secret",
            ["exposed/serialize_exposed"],
            SERIALISED,
            |key| json(&key)
        ),
        does_not_compile!(
            "json! with a secret",
            ["secret/json_macro", "exposed/json_macro"],
            SERIALISED,
            |key| serde_json::json!({ "key": key }).to_string()
        ),
        does_not_compile!(
            "derive(Serialize) around a secret",
            ["secret/derive_serialize"],
            SERIALISED,
            |key| json(&Plain::new(key))
        ),
        redacted!(
            "config dump as JSON",
            "\"host\":\"db\"",
            json(&Plain::new(plain())),
            json(&config().redacted())
        ),
        redacted!(
            "config dump as indented JSON",
            "[REDACTED]",
            pretty(&Plain::new(plain())),
            pretty(&config().redacted())
        ),
        redacted!(
            "config dump as a JSON value, {:?}",
            "[REDACTED]",
            value(&Plain::new(plain())),
            value(&config().redacted())
        ),
        redacted!(
            "config dump as TOML",
            "[REDACTED]",
            toml(&Plain::new(plain())),
            toml(&config().redacted())
        ),
        redacted!(
            "config dump as YAML",
            "[REDACTED]",
            yaml(&Plain::new(plain())),
            yaml(&config().redacted())
        ),
        redacted!(
            "config dump as a URL query",
            "%5BREDACTED%5D",
            query(&Plain::new(plain())),
            query(&config().redacted())
        ),
        redacted!(
            "the view of a config dump, {:?}",
            "[REDACTED]",
            format!("{:?}", Plain::new(plain())),
            format!("{:?}", config().redacted())
        ),
        redacted!(
            "serialize_with on a field, JSON",
            "[REDACTED]",
            json(&Plain::new(plain())),
            json(&Marked { key: secret() })
        ),
        redacted!(
            "serialize_with on a field, YAML",
            "[REDACTED]",
            yaml(&Plain::new(plain())),
            yaml(&Marked { key: secret() })
        ),
        redacted!(
            "schemars, default of a field",
            "\"format\":\"password\"",
            json(&schema_for!(PlainSchema)),
            json(&schema_for!(SecretSchema))
        ),
    ],
};

#[derive(Debug, Serialize)]
struct Plain {
    host: &'static str,
    key: String,
}

impl Plain {
    fn new(key: String) -> Self {
        Self { host: "db", key }
    }
}

#[derive(Deserialize, Redact)]
#[redact(serialize)]
struct Config {
    #[redact(safe)]
    host: String,
    key: SecretString,
    #[redact]
    cookie: String,
}

fn config() -> Config {
    Config {
        host: String::from("db"),
        key: secret(),
        cookie: plain(),
    }
}

#[derive(Serialize)]
struct Marked {
    #[serde(serialize_with = "secret_core::serde::redacted")]
    key: SecretString,
}

#[derive(Deserialize, JsonSchema)]
#[allow(dead_code, reason = "only its schema is looked at")]
struct PlainSchema {
    #[serde(default = "plain")]
    key: String,
}

#[derive(Deserialize, JsonSchema)]
#[allow(dead_code, reason = "only its schema is looked at")]
struct SecretSchema {
    #[serde(default = "secret")]
    key: SecretString,
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

fn value(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap();
    format!("{value:?} {value}")
}

fn toml(value: &impl Serialize) -> String {
    toml::to_string(value).unwrap()
}

fn yaml(value: &impl Serialize) -> String {
    serde_norway::to_string(value).unwrap()
}

fn query(value: &impl Serialize) -> String {
    serde_urlencoded::to_string(value).unwrap()
}
