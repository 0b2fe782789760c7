//! Types inside types, through what std holds them in, and flattened ones.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use secret_core::{Redact, SecretString};
use serde::{Deserialize, Serialize};

use crate::{CANARY, RedactedView, RevealedView, Views, assert_json, canary, secret, views};

#[derive(Redact, Deserialize, PartialEq, Clone)]
#[redact(serialize)]
pub(crate) struct Database {
    #[redact(safe)]
    pub(crate) host: String,
    pub(crate) password: SecretString,
}

pub(crate) fn database() -> Database {
    Database {
        host: String::from("db"),
        password: secret(),
    }
}

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
struct Nested {
    one: Database,
    maybe: Option<Database>,
    list: Vec<Database>,
    numbered: BTreeMap<u16, Database>,
    #[redact(safe)]
    named: HashMap<String, Database>,
    boxed: Option<Box<Nested>>,
    shared: Arc<Database>,
    #[redact(safe)]
    labelled: Vec<(String, SecretString)>,
    #[redact(safe)]
    foreign: Foreign,
}

views!(Nested);

#[derive(Debug, Clone, Serialize, Deserialize, PartialEq)]
pub(crate) struct Foreign(pub(crate) u8);

#[test]
fn nested_views_are_followed_through_containers() {
    let nested = Nested {
        one: database(),
        maybe: Some(database()),
        list: vec![database()],
        numbered: BTreeMap::from([(1, database())]),
        named: HashMap::from([(String::from("main"), database())]),
        boxed: None,
        shared: Arc::new(database()),
        labelled: vec![(String::from("a"), secret())],
        foreign: Foreign(7),
    };
    let expected = |password: &str| {
        let database = format!(r#"{{"host":"db","password":"{password}"}}"#);
        format!(
            "{{\"one\":{database},\"maybe\":{database},\"list\":[{database}],\"numbered\":{{\"1\":{database}}},\
             \"named\":{{\"main\":{database}}},\"boxed\":null,\"shared\":{database},\
             \"labelled\":[[\"a\",\"{password}\"]],\"foreign\":7}}"
        )
    };
    assert_json(&nested, &expected("[REDACTED]"), &expected(CANARY));
}

#[test]
fn a_recursive_type_is_followed() {
    #[derive(Redact)]
    #[redact(serialize)]
    struct Chain {
        key: SecretString,
        next: Option<Box<Chain>>,
    }
    let chain = Chain {
        key: secret(),
        next: Some(Box::new(Chain {
            key: secret(),
            next: None,
        })),
    };
    assert_eq!(
        serde_json::to_string(&chain.redacted()).unwrap(),
        r#"{"key":"[REDACTED]","next":{"key":"[REDACTED]","next":null}}"#,
    );
}

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
struct Flat {
    name: u16,
    #[serde(flatten)]
    database: Database,
    #[serde(flatten)]
    #[redact]
    rest: BTreeMap<String, String>,
}

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
struct FlatHidden {
    #[serde(flatten)]
    #[redact]
    database: Database,
}

views!(Flat, FlatHidden);

#[test]
fn flattened_fields_are_flattened() {
    assert_json(
        &Flat {
            name: 1,
            database: database(),
            rest: BTreeMap::from([(String::from("k"), canary())]),
        },
        r#"{"name":1,"host":"db","password":"[REDACTED]","[REDACTED]":"[REDACTED]"}"#,
        r#"{"name":1,"host":"db","password":"hunter2-correct-horse","k":"hunter2-correct-horse"}"#,
    );
    assert_json(
        &FlatHidden {
            database: database(),
        },
        r#"{"[REDACTED]":"[REDACTED]"}"#,
        r#"{"host":"db","password":"hunter2-correct-horse"}"#,
    );
}
