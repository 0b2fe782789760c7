//! Secrets that come in a document: what the parser does with them, and what is left of that.
//!
//! The text of the document is wiped by the scenario; that is the caller's part.

use std::fmt::Write;

use secret_core::{Secret, SecretBytes, SecretString};
use serde::Deserialize;
use zeroize::Zeroize;

use super::{Scenario, measured, ours};
use crate::stage::LENGTH;

#[derive(Deserialize)]
struct Config {
    key: SecretString,
}

#[derive(Deserialize)]
struct Encoded {
    #[serde(with = "secret_core::serde::base64")]
    key: SecretBytes,
}

#[derive(Deserialize)]
struct Hex {
    #[serde(with = "secret_core::serde::hex")]
    key: SecretBytes,
}

#[derive(Deserialize)]
struct Array {
    #[serde(with = "secret_core::serde::array")]
    key: Secret<[u8; LENGTH]>,
}

pub(super) const SCENARIOS: &[Scenario] = &[
    ours("JSON, from_str", |stage| {
        let mut text = stage.document(r#"{"key":""#, r#""}"#);
        let config: Config = serde_json::from_str(&text).expect("valid");
        text.zeroize();
        stage.live(&config.key);
    }),
    ours("JSON, from_slice", |stage| {
        let mut text = stage.document(r#"{"key":""#, r#""}"#).into_bytes();
        let config: Config = serde_json::from_slice(&text).expect("valid");
        text.zeroize();
        stage.live(&config.key);
    }),
    ours("JSON, bytes as text", |stage| {
        let mut text = stage.document("\"", "\"");
        let key: SecretBytes = serde_json::from_str(&text).expect("valid");
        text.zeroize();
        stage.live(&key);
    }),
    ours("JSON, bytes as a list", |stage| {
        let mut bytes = stage.bytes(LENGTH);
        let mut text = list(&bytes);
        bytes.zeroize();
        let key: SecretBytes = serde_json::from_str(&text).expect("valid");
        text.zeroize();
        stage.live(&key);
    }),
    ours("JSON, Secret<String>", |stage| {
        let mut text = stage.document("\"", "\"");
        let key: Secret<String> = serde_json::from_str(&text).expect("valid");
        text.zeroize();
        stage.live(&key);
    }),
    ours("JSON, wrong type beside the secret", |stage| {
        let mut text = stage.document(r#"{"key":""#, r#"","key":1}"#);
        stage.live(&text);
        assert!(serde_json::from_str::<Config>(&text).is_err());
        text.zeroize();
    }),
    ours("base64 in JSON", |stage| {
        let mut text = stage.document(r#"{"key":""#, r#""}"#);
        let config: Encoded = serde_json::from_str(&text).expect("valid");
        text.zeroize();
        stage.live(&config.key);
    }),
    ours("hex in JSON", |stage| {
        let mut text = stage.document(r#"{"key":""#, r#""}"#);
        let config: Hex = serde_json::from_str(&text).expect("valid");
        text.zeroize();
        stage.live(&config.key);
    }),
    ours("JSON, array in place", |stage| {
        let mut bytes = stage.bytes(LENGTH);
        let mut numbers = list(&bytes);
        let mut text = format!("{{\"key\":{numbers}}}");
        bytes.zeroize();
        numbers.zeroize();
        let array: Array = serde_json::from_str(&text).expect("valid");
        text.zeroize();
        stage.live(&array.key);
    }),
    ours("TOML", |stage| {
        let mut text = stage.document("key = \"", "\"\n");
        let config: Config = toml::from_str(&text).expect("valid");
        text.zeroize();
        stage.live(&config.key);
    }),
    measured(
        "JSON, Secret of an array",
        "serde returns it over the stack; read it with `secret_core::serde::array`, or as SecretBytes",
        |stage| {
            let mut bytes = stage.bytes(LENGTH);
            let mut parts: Vec<String> = bytes.chunks_exact(32).map(list).collect();
            let mut text = format!("[{},{},{}]", parts[0], parts[1], parts[2]);
            bytes.zeroize();
            parts.zeroize();
            let key: Secret<[[u8; 32]; LENGTH / 32]> = serde_json::from_str(&text).expect("valid");
            text.zeroize();
            stage.live(&key);
        },
    ),
    measured(
        "JSON, secret quoted by an error, quiet",
        "serde_json puts the value in its error; read it as SecretString and convert it with try_map",
        |stage| {
            let mut text = stage.document("\"", "\"");
            stage.live(&text);
            assert!(secret_core::serde::quiet(serde_json::from_str::<u16>(&text)).is_err());
            text.zeroize();
        },
    ),
    measured(
        "JSON, with an escape",
        "serde_json unescapes into a buffer that it frees unwiped; keep escapes out of secrets",
        |stage| {
            let mut text = stage.document(r#"{"key":"\n"#, r#""}"#);
            let config: Config = serde_json::from_str(&text).expect("valid");
            text.zeroize();
            stage.live(&config.key);
        },
    ),
    measured(
        "JSON, from_reader",
        "serde_json copies what it reads; read the document into a buffer, and wipe that",
        |stage| {
            let mut text = stage.document(r#"{"key":""#, r#""}"#);
            let config: Config = serde_json::from_reader(text.as_bytes()).expect("valid");
            text.zeroize();
            stage.live(&config.key);
        },
    ),
    measured(
        "YAML",
        "the parser copies the document; name a secret file in it instead of the secret",
        |stage| {
            let mut text = stage.document("key: ", "\n");
            let config: Config = serde_norway::from_str(&text).expect("valid");
            text.zeroize();
            stage.live(&config.key);
        },
    ),
];

/// The bytes as a JSON list of numbers.
fn list(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 4 + 2);
    let mut separator = '[';
    for byte in bytes {
        write!(text, "{separator}{byte}").expect("a String takes it");
        separator = ',';
    }
    text.push(']');
    text
}
