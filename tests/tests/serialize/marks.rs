//! What is written of each mark, in JSON and TOML, and that it reads back.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use proptest::prelude::*;
use secret_core::{Redact, Secret, SecretBytes, SecretString};
use serde::Deserialize;

use crate::{CANARY, canary, secret};

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
struct Everything {
    port: u16,
    api_key: SecretString,
    bytes: SecretBytes,
    code: Secret<u32>,
    #[redact(safe)]
    host: String,
    #[redact]
    cookie: String,
    #[redact]
    spare: Option<String>,
    #[redact]
    none: Option<String>,
    #[redact]
    backups: Vec<String>,
    #[redact]
    headers: BTreeMap<String, String>,
    #[redact(first = 2, last = 4)]
    card: Option<String>,
    #[redact(fixed = 8)]
    pin: Vec<String>,
    #[redact(email)]
    mail: SecretString,
    #[redact(url)]
    dsn: BTreeMap<String, String>,
    #[redact(with = first_word)]
    page: String,
    r#type: Option<u8>,
    tokens: Vec<SecretString>,
    pair: (u16, SecretString),
    array: [Option<SecretString>; 2],
    timeout: Duration,
}

fn first_word(value: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(value.split('-').next().unwrap_or_default())
}

fn everything() -> Everything {
    Everything {
        port: 80,
        api_key: secret(),
        bytes: vec![1, 2].into(),
        code: Secret::new(Box::new(4711)),
        host: String::from("localhost"),
        cookie: canary(),
        spare: Some(canary()),
        none: None,
        backups: vec![canary(), canary()],
        headers: BTreeMap::from([(canary(), canary()), (format!("{CANARY}2"), canary())]),
        card: Some(String::from("4111111111111234")),
        pin: vec![canary()],
        mail: format!("{CANARY}@example.com").into(),
        dsn: BTreeMap::from([(canary(), format!("postgres://app:{CANARY}@db/app"))]),
        page: format!("start-{CANARY}"),
        r#type: Some(1),
        tokens: vec![secret()],
        pair: (1, secret()),
        array: [Some(secret()), None],
        timeout: Duration::from_millis(1500),
    }
}

#[test]
fn every_mark_is_written_as_it_is_printed() {
    let everything = everything();
    let redacted = serde_json::to_string(&everything.redacted()).unwrap();
    assert!(!redacted.contains(CANARY));
    assert_eq!(
        redacted,
        concat!(
            r#"{"port":80,"api_key":"[REDACTED]","bytes":"[REDACTED]","code":"[REDACTED]","host":"localhost","#,
            r#""cookie":"[REDACTED]","spare":"[REDACTED]","none":null,"backups":["[REDACTED]","[REDACTED]"],"#,
            r#""headers":{"[REDACTED]":"[REDACTED]","[REDACTED 2]":"[REDACTED]"},"card":"41[REDACTED]1234","#,
            r#""pin":["********"],"mail":"h[REDACTED]@example.com","#,
            r#""dsn":{"[REDACTED]":"postgres://app:[REDACTED]@db/app"},"page":"start","type":1,"#,
            r#""tokens":["[REDACTED]"],"pair":[1,"[REDACTED]"],"array":["[REDACTED]",null],"#,
            r#""timeout":{"secs":1,"nanos":500000000}}"#,
        ),
    );
    let revealed = serde_json::to_string(&everything.revealed("the test reads it back")).unwrap();
    assert!(serde_json::from_str::<Everything>(&revealed).unwrap() == everything);
}

#[test]
fn toml_is_written_and_read_back() {
    let mut everything = everything();
    // TOML has no null in a list.
    everything.array = [Some(secret()), Some(secret())];
    let redacted = toml::to_string(&everything.redacted()).unwrap();
    assert!(!redacted.contains(CANARY));
    assert!(toml::from_str::<toml::Table>(&redacted).is_ok());
    let revealed = toml::to_string(&everything.revealed("the test reads it back")).unwrap();
    assert!(toml::from_str::<Everything>(&revealed).unwrap() == everything);
}

#[test]
fn the_views_themselves_print_nothing() {
    let everything = everything();
    for text in [
        format!("{:?}", everything.redacted()),
        format!("{:#?}", everything.revealed("only its Debug is looked at")),
    ] {
        assert!(text.ends_with("View([REDACTED])"), "{text}");
    }
}

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
struct Sampled {
    key: SecretString,
    #[redact]
    spare: Option<String>,
    #[redact]
    list: Vec<String>,
    #[redact]
    map: BTreeMap<String, String>,
    bytes: SecretBytes,
    #[serde(with = "secret_core::serde::base64")]
    base64: SecretBytes,
}

proptest! {
    /// Long enough that no value is part of the placeholders or of a field's name by chance.
    #[test]
    fn any_value_is_hidden_and_reads_back(
        key in "k\\PC{16}",
        spare in proptest::option::of("s\\PC{16}"),
        list in proptest::collection::vec("l\\PC{16}", 0..4),
        map in proptest::collection::btree_map("m\\PC{16}", "v\\PC{16}", 0..4),
        bytes in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        let hidden: Vec<_> = [&key].into_iter().chain(&spare).chain(&list).chain(map.keys()).chain(map.values()).cloned().collect();
        let sampled = Sampled {
            key: key.into(),
            spare,
            list,
            map,
            bytes: bytes.clone().into(),
            base64: bytes.into(),
        };
        let redacted = serde_json::to_value(sampled.redacted()).unwrap().to_string();
        for secret in hidden {
            let quoted = serde_json::to_string(&secret).unwrap();
            prop_assert!(!redacted.contains(&quoted));
        }
        let revealed = serde_json::to_string(&sampled.revealed("the test reads it back")).unwrap();
        prop_assert!(serde_json::from_str::<Sampled>(&revealed).unwrap() == sampled);
    }
}
