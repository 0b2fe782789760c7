//! Errors of the crates that read configs: formats that quote what they refuse.

use std::error::Error;
use std::fmt::Debug;

use figment::providers::Format;
use secret_core::serde::quiet;
use secret_core::{Redacted, Secret, SecretBytes, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::canary::{CANARY, NUMBER};
use crate::channel::{Theme, refused};
use crate::errors::every_form;

pub(crate) const THEME: Theme = Theme {
    name: "config crates",
    channels: &[
        refused!(
            "JSON: text for a number",
            NOT_A_NUMBER,
            refusal(json::<Holder<u16>>(&in_json())),
            refusal(json::<Holder<Secret<u16>>>(&in_json()))
        ),
        refused!(
            "JSON: number for text",
            AS_TEXT,
            refusal(json::<Holder<String>>(&number_in_json())),
            refusal(json::<Holder<SecretString>>(&number_in_json()))
        ),
        refused!(
            "JSON: text for bytes in hex",
            "not valid hex",
            refusal(json::<Holder<Vec<u8>>>(&in_json())),
            refusal(json::<Holder<Hex>>(&in_json()))
        ),
        refused!(
            "JSON: unknown variant",
            NOT_A_LEVEL,
            refusal(json::<Holder<Level>>(&in_json())),
            refusal(json::<Holder<Redacted<Level>>>(&in_json()))
        ),
        refused!(
            "JSON: another field, under `quiet`",
            PLACE,
            refusal(json::<Service<String>>(&service_in_json())),
            refusal(quiet(json::<Service<SecretString>>(&service_in_json())))
        ),
        refused!(
            "JSON: unwrap of the error",
            "the secret is not a valid",
            child,
            json::<Holder<u16>>(&in_json()).map(drop).unwrap(),
            json::<Holder<Secret<u16>>>(&in_json()).map(drop).unwrap()
        ),
        refused!(
            "JSON value, from_value",
            NOT_A_NUMBER,
            refusal(value::<u16>()),
            refusal(value::<Secret<u16>>())
        ),
        refused!(
            "TOML: text for a number, under `quiet`",
            PLACE,
            refusal(toml::<Holder<u16>>(&in_toml())),
            refusal(quiet(toml::<Holder<Secret<u16>>>(&in_toml())))
        ),
        refused!(
            "TOML: another field, under `quiet`",
            PLACE,
            refusal(toml::<Service<SecretString>>(&service_in_toml())),
            refusal(quiet(toml::<Service<SecretString>>(&service_in_toml())))
        ),
        refused!(
            "TOML: unwrap under `quiet`",
            "QuietError { place: Some(",
            child,
            toml::<Service<SecretString>>(&service_in_toml())
                .map(drop)
                .unwrap(),
            quiet(toml::<Service<SecretString>>(&service_in_toml()))
                .map(drop)
                .unwrap()
        ),
        refused!(
            "YAML: text for a number",
            NOT_A_NUMBER,
            refusal(yaml::<Holder<u16>>(&in_yaml())),
            refusal(yaml::<Holder<Secret<u16>>>(&in_yaml()))
        ),
        refused!(
            "YAML: number for bytes",
            "expected secret bytes",
            refusal(yaml::<Holder<Level>>(&number_in_yaml())),
            refusal(yaml::<Holder<SecretBytes>>(&number_in_yaml()))
        ),
        refused!(
            "YAML: unknown variant",
            NOT_A_LEVEL,
            refusal(yaml::<Holder<Level>>(&in_yaml())),
            refusal(yaml::<Holder<Redacted<Level>>>(&in_yaml()))
        ),
        refused!(
            "YAML: another field, under `quiet`",
            PLACE,
            refusal(yaml::<Service<SecretString>>(&service_in_yaml())),
            refusal(quiet(yaml::<Service<SecretString>>(&service_in_yaml())))
        ),
        refused!(
            "URL query: unknown variant",
            NOT_A_LEVEL,
            refusal(form::<Level>()),
            refusal(form::<Redacted<Level>>())
        ),
        refused!(
            "figment: text for a number",
            NOT_A_NUMBER,
            refusal(figment::<u16>()),
            refusal(figment::<Secret<u16>>())
        ),
        refused!(
            "figment: unknown variant",
            NOT_A_LEVEL,
            refusal(figment::<Level>()),
            refusal(figment::<Redacted<Level>>())
        ),
        refused!(
            "config: text for a number",
            NOT_A_NUMBER,
            refusal(config::<u16>()),
            refusal(config::<Secret<u16>>())
        ),
        refused!(
            "config: unknown variant",
            NOT_A_LEVEL,
            refusal(config::<Level>()),
            refusal(config::<Redacted<Level>>())
        ),
    ],
};

const NOT_A_NUMBER: &str = "the secret is not a valid `u16`";
const NOT_A_LEVEL: &str = "the secret is not a valid";
const AS_TEXT: &str = "expected a secret as text (in quotes)";
const PLACE: &str = "the document is not valid (line ";

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Holder<T> {
    value: T,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Service<T> {
    key: T,
    port: u16,
}

#[derive(Debug, Deserialize)]
#[serde(transparent)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Hex(#[serde(with = "secret_core::serde::hex")] SecretBytes);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "only its errors are looked at")]
enum Level {
    Low,
}

fn refusal<T: Debug, E: Error + 'static>(result: Result<T, E>) -> String {
    every_form(&result.expect_err("it is refused"))
}

fn in_json() -> String {
    serde_json::json!({ "value": CANARY }).to_string()
}

fn number_in_json() -> String {
    format!("{{\"value\": {NUMBER}}}")
}

/// The port is wrong, and its error quotes it. That the whole document is in an error is the worse case, TOML's.
fn service_in_json() -> String {
    serde_json::json!({ "key": CANARY, "port": CANARY }).to_string()
}

fn in_toml() -> String {
    format!("value = '{CANARY}'\n")
}

fn service_in_toml() -> String {
    format!("key = '{CANARY}'\nport = 'http'\n")
}

fn in_yaml() -> String {
    format!("value: '{CANARY}'\n")
}

fn number_in_yaml() -> String {
    format!("value: {NUMBER}\n")
}

fn service_in_yaml() -> String {
    format!("key: '{CANARY}'\nport: '{CANARY}'\n")
}

fn json<T: DeserializeOwned>(document: &str) -> serde_json::Result<T> {
    serde_json::from_str(document)
}

fn value<T: DeserializeOwned>() -> serde_json::Result<Holder<T>> {
    serde_json::from_value(serde_json::json!({ "value": CANARY }))
}

fn toml<T: DeserializeOwned>(document: &str) -> Result<T, toml::de::Error> {
    toml::from_str(document)
}

fn yaml<T: DeserializeOwned>(document: &str) -> Result<T, serde_norway::Error> {
    serde_norway::from_str(document)
}

fn form<T: DeserializeOwned>() -> Result<Holder<T>, serde_urlencoded::de::Error> {
    let query: String = url::form_urlencoded::byte_serialize(CANARY.as_bytes()).collect();
    serde_urlencoded::from_str(&format!("value={query}"))
}

#[allow(clippy::result_large_err, reason = "the error is figment's")]
fn figment<T: DeserializeOwned>() -> Result<Holder<T>, figment::Error> {
    let document = figment::providers::Toml::string(&in_toml());
    figment::Figment::from(document).extract()
}

fn config<T: DeserializeOwned>() -> Result<Holder<T>, config::ConfigError> {
    let document = config::File::from_str(&in_toml(), config::FileFormat::Toml);
    let config = config::Config::builder().add_source(document).build()?;
    config.try_deserialize()
}
