//! What `#[redact(display = "…")]` prints.

use std::collections::HashMap;

use secret_core::{Redact, SecretString};

const CANARY: &str = "hunter2-correct-horse";

#[derive(Redact)]
#[redact(display = "{{{host}:{port:>5}}} {key} {cookie} {spare} {card:*^22} {type:?}")]
struct Connection {
    #[redact(safe)]
    host: String,
    port: u16,
    key: SecretString,
    #[redact]
    cookie: String,
    #[redact]
    spare: Option<String>,
    #[redact(first = 2, last = 4)]
    card: String,
    r#type: Option<u16>,
    #[redact]
    #[allow(dead_code, reason = "not in the template")]
    headers: HashMap<String, String>,
}

#[test]
fn a_field_is_shown_as_the_derive_decided() {
    let connection = Connection {
        host: String::from("localhost"),
        port: 80,
        key: SecretString::from(String::from(CANARY)),
        cookie: String::from(CANARY),
        spare: Some(String::from(CANARY)),
        card: String::from("4111111111111234"),
        r#type: Some(7),
        headers: HashMap::new(),
    };
    assert_eq!(
        connection.to_string(),
        "{localhost:   80} [REDACTED] [REDACTED] Some([REDACTED]) ***41[REDACTED]1234*** Some(7)"
    );
}

#[derive(Redact)]
#[redact(display = "{0:>12}|{0:<12.3}|{1:04}|{1:?}|{0:?}")]
struct Tuple(#[redact] String, u32);

#[test]
fn a_placeholder_is_padded_and_never_cut() {
    assert_eq!(
        Tuple(String::from(CANARY), 7).to_string(),
        "  [REDACTED]|[REDACTED]  |0007|7|[REDACTED]"
    );
}

#[derive(Redact)]
enum Login {
    #[redact(display = "guest")]
    Guest,
    #[redact(display = "token {0}")]
    Token(
        #[redact] String,
        #[redact(safe)]
        #[allow(dead_code)]
        u32,
    ),
    #[redact]
    #[redact(display = "{user}:{password}")]
    Password { user: String, password: String },
}

#[test]
fn an_enum_has_a_template_a_variant() {
    assert_eq!(Login::Guest.to_string(), "guest");
    assert_eq!(
        Login::Token(String::from(CANARY), 1).to_string(),
        "token [REDACTED]"
    );
    let login = Login::Password {
        user: String::from(CANARY),
        password: String::from(CANARY),
    };
    assert_eq!(login.to_string(), "[REDACTED]:[REDACTED]");
    assert_eq!(
        format!("{login:?}"),
        "Password { user: [REDACTED], password: [REDACTED] }",
        "`#[redact]` on a variant marks its fields"
    );
}

#[derive(Redact)]
#[redact(display = "{value} and {other}")]
struct Generic<'a, T, U> {
    value: &'a T,
    #[redact(email)]
    other: U,
}

#[test]
fn a_generic_field_is_asked_for_display_where_it_is_shown_by_it() {
    let generic = Generic {
        value: &1.5,
        other: "ada@example.com",
    };
    assert_eq!(generic.to_string(), "1.5 and a[REDACTED]@example.com");
}

mod hostile {
    //! Local names that must not get in the way of the expansion.
    #![allow(dead_code, reason = "the names are the test")]
    mod core {}
    mod std {}
    struct Display;
    type Result = ();

    #[derive(secret_core::Redact)]
    #[redact(display = "{formatter}{this}{f}")]
    pub(super) struct Config {
        pub(super) formatter: u16,
        pub(super) this: u16,
        #[redact]
        pub(super) f: &'static str,
    }
}

#[test]
fn the_expansion_is_hygienic() {
    let config = hostile::Config {
        formatter: 1,
        this: 2,
        f: CANARY,
    };
    assert_eq!(config.to_string(), "12[REDACTED]");
}
