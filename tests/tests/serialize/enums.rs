//! Enums, under each of serde's taggings.

use secret_core::{Redact, SecretString};
use serde::Deserialize;

use crate::nested::{Database, database};
use crate::{CANARY, RedactedView, RevealedView, Views, assert_json, canary, secret, views};

macro_rules! login {
    ($name:ident, $(#[$attribute:meta])*) => {
        #[derive(Redact, Deserialize, PartialEq)]
        #[redact(serialize)]
        #[serde(rename_all = "snake_case")]
        $(#[$attribute])*
        enum $name {
            AnonymousUser,
            ByDatabase(Database),
            #[serde(rename_all = "UPPERCASE")]
            Named { user_id: u16, password: SecretString },
            #[serde(rename = "hid")]
            Hidden(#[redact] Database),
        }

        views!($name);
    };
}

login!(External,);
login!(Internal, #[serde(tag = "type")]);
login!(Adjacent, #[serde(tag = "type", content = "value")]);

#[test]
fn enums_are_tagged_as_serde_does() {
    macro_rules! assert_variants {
        ($login:ident, $wrap:expr) => {{
            let wrap: fn(&str, &str) -> String = $wrap;
            let database_of =
                |password: &str| format!(r#"{{"host":"db","password":"{password}"}}"#);
            let named = |password: &str| format!(r#"{{"USER_ID":1,"PASSWORD":"{password}"}}"#);
            assert_json(
                &$login::ByDatabase(database()),
                &wrap("by_database", &database_of("[REDACTED]")),
                &wrap("by_database", &database_of(CANARY)),
            );
            assert_json(
                &$login::Named {
                    user_id: 1,
                    password: secret(),
                },
                &wrap("named", &named("[REDACTED]")),
                &wrap("named", &named(CANARY)),
            );
            let revealed =
                serde_json::to_string(&$login::Hidden(database()).revealed("a test")).unwrap();
            assert_eq!(revealed, wrap("hid", &database_of(CANARY)));
            let redacted = serde_json::to_string(&$login::Hidden(database()).redacted()).unwrap();
            assert!(redacted.contains("[REDACTED]") && !redacted.contains(CANARY));
        }};
    }
    assert_variants!(External, |name, value| format!(r#"{{"{name}":{value}}}"#));
    assert_variants!(Internal, |name, value| format!(
        r#"{{"type":"{name}",{}"#,
        &value[1..]
    ));
    assert_variants!(Adjacent, |name, value| format!(
        r#"{{"type":"{name}","value":{value}}}"#
    ));
    assert_json(
        &External::AnonymousUser,
        r#""anonymous_user""#,
        r#""anonymous_user""#,
    );
    let tag = r#"{"type":"anonymous_user"}"#;
    assert_json(&Internal::AnonymousUser, tag, tag);
    assert_json(&Adjacent::AnonymousUser, tag, tag);
}

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
#[serde(untagged)]
enum Untagged {
    Pair(u16, SecretString),
    Key(SecretString),
    Database { database: Database },
    Nothing,
}

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize, variant)]
enum HiddenVariant {
    Password(String),
    Token { value: SecretString },
}

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
enum PartlySkipped {
    Kept(u16, #[serde(skip)] u16),
    #[serde(skip)]
    #[allow(dead_code, reason = "it is refused by the serializer")]
    Never(#[redact] NoSerde),
}

#[derive(PartialEq)]
struct NoSerde;

views!(Untagged, HiddenVariant, PartlySkipped);

#[test]
fn every_kind_of_variant_is_written() {
    assert_json(
        &Untagged::Pair(1, secret()),
        r#"[1,"[REDACTED]"]"#,
        r#"[1,"hunter2-correct-horse"]"#,
    );
    assert_json(
        &Untagged::Key(secret()),
        r#""[REDACTED]""#,
        r#""hunter2-correct-horse""#,
    );
    assert_json(
        &Untagged::Database {
            database: database(),
        },
        r#"{"database":{"host":"db","password":"[REDACTED]"}}"#,
        r#"{"database":{"host":"db","password":"hunter2-correct-horse"}}"#,
    );
    assert_json(&Untagged::Nothing, "null", "null");
    assert_json(
        &HiddenVariant::Password(canary()),
        r#""[REDACTED]""#,
        r#"{"Password":"hunter2-correct-horse"}"#,
    );
    assert_json(
        &HiddenVariant::Token { value: secret() },
        r#""[REDACTED]""#,
        r#"{"Token":{"value":"hunter2-correct-horse"}}"#,
    );
    assert_json(
        &PartlySkipped::Kept(1, 0),
        r#"{"Kept":[1]}"#,
        r#"{"Kept":[1]}"#,
    );
    assert!(serde_json::to_string(&PartlySkipped::Never(NoSerde).redacted()).is_err());
}
