//! One error lists every problem, in words that help.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::net::IpAddr;
use std::str::FromStr;

use secret_core::{Secret, SecretBytes, SecretString};
use secret_env::{Loader, ProblemKind};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error};

/// The whole message about variables that are wrong.
fn message<T: DeserializeOwned>(variables: &[(&str, &str)]) -> String {
    refusal::<T>(&Loader::new().variables(variables.iter().copied()))
}

fn refusal<T: DeserializeOwned>(loader: &Loader) -> String {
    let error = loader.load::<T>().err().expect("something is wrong");
    assert_eq!(format!("{error:?}"), error.to_string());
    error.to_string()
}

/// The lines of a message that are about problems, without their dashes.
fn problems<T: DeserializeOwned>(variables: &[(&str, &str)]) -> Vec<String> {
    let message = message::<T>(variables);
    let lines = message.lines().filter_map(|line| line.strip_prefix("- "));
    lines.map(str::to_owned).collect()
}

/// Reads a type from text as many crates do, with an error that quotes what it was given.
fn quoting<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse()
        .map_err(|error| D::Error::custom(format!("cannot read `{text}`: {error}")))
}

/// A type that reads itself from one text only, so that nothing stands in for it.
#[derive(Debug, Default)]
struct Picky;

impl<'de> Deserialize<'de> for Picky {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "picked" => Ok(Self),
            _ => Err(D::Error::custom("only one text is right")),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Info,
    Warn,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "it is never loaded")]
#[serde(rename_all = "lowercase")]
enum Store {
    Memory,
    S3 { bucket: String, key: SecretString },
    Pair(u8, u8),
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "it is never loaded")]
struct Service {
    name: String,
    port: u16,
    api_key: SecretString,
    level: Level,
    bind: IpAddr,
    database: Database,
    peers: Vec<u16>,
    limits: BTreeMap<String, u32>,
    pair: (u8, u8),
    store: Store,
    verbose: bool,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "it is never loaded")]
struct Database {
    host: String,
    pool: Pool,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "it is never loaded")]
struct Pool {
    size: u32,
    ratio: f64,
}

#[test]
fn everything_that_is_missing_is_listed() {
    assert_eq!(
        message::<Service>(&[]),
        "the configuration has 13 problems:\n\
         - API_KEY: not set, a secret was expected\n\
         - BIND: not set, text was expected\n\
         - DATABASE__HOST: not set, text was expected\n\
         - DATABASE__POOL__RATIO: not set, a number was expected\n\
         - DATABASE__POOL__SIZE: not set, a whole number from 0 to 4294967295 was expected\n\
         - LEVEL: not set, one of `info`, `warn` was expected\n\
         - LIMITS: not set, at least one variable that begins with LIMITS__ was expected\n\
         - NAME: not set, text was expected\n\
         - PAIR: not set, a list was expected\n\
         - PEERS: not set, a list was expected\n\
         - PORT: not set, a whole number from 0 to 65535 was expected\n\
         - STORE: not set, one of `memory`, `s3`, `pair` was expected\n\
         - VERBOSE: not set, `true` or `false` was expected\n\
         looked for each NAME and NAME_FILE in: the environment"
    );
}

#[test]
fn everything_that_is_malformed_is_listed() {
    assert_eq!(
        message::<Service>(&[
            ("NAME", "n"),
            ("PORT", "eighty"),
            ("API_KEY", "changeme"),
            ("LEVEL", "loud"),
            ("BIND", "4711"),
            ("DATABASE__HOST", "db"),
            ("DATABASE__POOL__SIZE", "-1"),
            ("DATABASE__POOL__RATIO", "1,5"),
            ("PEERS", "1,two,3,four"),
            ("LIMITS__ACME", "1"),
            ("LIMITS__GLOBEX", "many"),
            ("PAIR", "1,2,3"),
            ("STORE__S3__BUCKET", "b"),
            ("VERBOSE", "yes"),
        ]),
        "the configuration has 12 problems:\n\
         - API_KEY (environment): the secret is a placeholder from an example: give it the real value \
         (to allow it: `.without(Check::Placeholder)`)\n\
         - BIND (environment): invalid IP address syntax\n\
         - DATABASE__POOL__RATIO (environment): a number was expected\n\
         - DATABASE__POOL__SIZE (environment): a whole number from 0 to 4294967295 was expected\n\
         - LEVEL (environment): one of `info`, `warn` was expected\n\
         - LIMITS__GLOBEX (environment): a whole number from 0 to 4294967295 was expected\n\
         - PAIR (environment): a list of 2 elements was expected\n\
         - PEERS[1] (environment): a whole number from 0 to 65535 was expected\n\
         - PEERS[3] (environment): a whole number from 0 to 65535 was expected\n\
         - PORT (environment): a whole number from 0 to 65535 was expected\n\
         - STORE__S3__KEY: not set, a secret was expected\n\
         - VERBOSE (environment): `true` or `false` was expected\n\
         looked for each NAME and NAME_FILE in: the environment"
    );
}

#[test]
fn variants_are_chosen_by_one_name() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    struct Config {
        store: Store,
    }
    let cases: [(&[(&str, &str)], &str); 5] = [
        (
            &[("STORE", "S3")],
            "STORE (environment): one of `memory`, `s3`, `pair` was expected",
        ),
        (
            &[("STORE__DISK", "x")],
            "STORE: exactly one of the variants STORE__MEMORY, STORE__S3, STORE__PAIR was expected",
        ),
        (
            &[("STORE__S3__BUCKET", "b"), ("STORE__PAIR", "1,2")],
            "STORE: exactly one of the variants STORE__MEMORY, STORE__S3, STORE__PAIR was expected",
        ),
        (
            &[("STORE__S3__BUCKET", "b")],
            "STORE__S3__KEY: not set, a secret was expected",
        ),
        (
            &[("STORE__PAIR", "1,x")],
            "STORE__PAIR[1] (environment): a whole number from 0 to 255 was expected",
        ),
    ];
    for (variables, expected) in cases {
        assert_eq!(problems::<Config>(variables), [expected]);
    }
}

#[test]
fn lists_say_which_element_is_wrong() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    struct Config {
        ports: Vec<u16>,
        tokens: Vec<SecretString>,
        numbered: Vec<bool>,
        pair: [u8; 2],
        picky: Vec<Picky>,
    }
    assert_eq!(
        problems::<Config>(&[
            ("PORTS", "1,x,2,-1"),
            ("TOKENS", "t-4711, t-4712,,todo"),
            ("NUMBERED__0", "true"),
            ("NUMBERED__2", "true"),
            ("PAIR", "1"),
            ("PICKY", "picked,other,picked,another"),
        ]),
        [
            "NUMBERED: a list whose variables are numbered from 0 without a gap was expected",
            "PAIR (environment): an array of length 2 was expected",
            "PICKY[1] (environment): only one text is right",
            "PICKY[3] (environment): only one text is right",
            "PORTS[1] (environment): a whole number from 0 to 65535 was expected",
            "PORTS[3] (environment): a whole number from 0 to 65535 was expected",
            "TOKENS[1] (environment): the secret begins or ends with white space: remove it, or load with `.trim()` \
             (to allow it: `.without(Check::Whitespace)`)",
            "TOKENS[2] (environment): the secret is empty: give it a value, or remove the variable \
             (to allow it: `.without(Check::Empty)`)",
            "TOKENS[3] (environment): the secret is a placeholder from an example: give it the real value \
             (to allow it: `.without(Check::Placeholder)`)",
        ]
    );
}

#[test]
fn a_type_that_takes_no_stand_in_hides_nothing() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    struct Config {
        missing: u8,
        first: Picky,
        second: Option<Picky>,
        nested: Nested,
        listed: (Picky, u8),
        last: u8,
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    struct Nested {
        number: u8,
        third: Picky,
        after: bool,
    }
    assert_eq!(
        problems::<Config>(&[
            ("FIRST", "zz"),
            ("SECOND", "zz"),
            ("NESTED__NUMBER", "x"),
            ("NESTED__THIRD", "zz"),
            ("NESTED__AFTER", "x"),
            ("LISTED", "zz,zz"),
            ("LAST", "x"),
        ]),
        [
            "FIRST (environment): only one text is right",
            "LAST (environment): a whole number from 0 to 255 was expected",
            "LISTED[0] (environment): only one text is right",
            "MISSING: not set, a whole number from 0 to 255 was expected",
            "NESTED__AFTER (environment): `true` or `false` was expected",
            "NESTED__NUMBER (environment): a whole number from 0 to 255 was expected",
            "NESTED__THIRD (environment): only one text is right",
            "SECOND (environment): only one text is right",
        ]
    );
}

#[test]
fn a_name_that_begins_another_hides_nothing() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    struct Config {
        host_port: u16,
        host: Picky,
        last: u8,
    }
    assert_eq!(
        problems::<Config>(&[("HOST_PORT", "x"), ("HOST", "zz"), ("LAST", "x")]),
        [
            "HOST (environment): only one text is right",
            "HOST_PORT (environment): a whole number from 0 to 65535 was expected",
            "LAST (environment): a whole number from 0 to 255 was expected",
        ]
    );
}

#[test]
fn foreign_errors_are_shown_unless_they_quote_a_value() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    struct Config {
        #[serde(deserialize_with = "quoting")]
        bind: IpAddr,
        range: Range,
        login: Login,
        harmless: Picky,
        picky_token: Picky,
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    #[serde(try_from = "RawRange")]
    struct Range(RawRange);
    #[derive(Deserialize)]
    struct RawRange {
        low: u32,
        high: u32,
    }
    impl TryFrom<RawRange> for Range {
        type Error = &'static str;
        fn try_from(raw: RawRange) -> Result<Self, &'static str> {
            if raw.low < raw.high {
                Ok(Self(raw))
            } else {
                Err("`low` must be below `high`")
            }
        }
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    #[serde(try_from = "RawLogin")]
    struct Login(RawLogin);
    #[derive(Deserialize)]
    struct RawLogin {
        user: String,
    }
    impl TryFrom<RawLogin> for Login {
        type Error = String;
        fn try_from(raw: RawLogin) -> Result<Self, String> {
            Err(format!("nobody is called {}", raw.user))
        }
    }
    assert_eq!(
        problems::<Config>(&[
            ("BIND", "canary"),
            ("RANGE__LOW", "9"),
            ("RANGE__HIGH", "3"),
            ("LOGIN__USER", "canary"),
            ("HARMLESS", "canary"),
            ("PICKY_TOKEN", "canary"),
        ]),
        [
            "BIND (environment): its type refused it, in words that may quote the value",
            "HARMLESS (environment): only one text is right",
            "LOGIN: its type refused it, in words that may quote the value",
            "PICKY_TOKEN (environment): its type refused it, in words that may quote the value",
            "RANGE: `low` must be below `high`",
        ]
    );
}

#[test]
fn misspelt_names_are_suggested_and_others_are_not() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    struct Config {
        database_url: String,
    }
    for (name, is_close) in [
        ("DATABSE_URL", true),
        ("DATABASEURL", true),
        ("DATABASE-URL", true),
        ("database_url", true),
        ("DATABASE_URLS", true),
        ("DATABASE_URI", true),
        ("DATABASE", true),
        ("URL", false),
        ("HOME", false),
    ] {
        let problem = &problems::<Config>(&[(name, "x")])[0];
        let expected = match (is_close, name) {
            (true, "DATABASEURL") => {
                format!("; `{name}` is set, which differs in its underscores")
            }
            (true, _) => format!("; `{name}` is set, was it meant?"),
            (false, _) => String::new(),
        };
        assert_eq!(
            *problem,
            format!("DATABASE_URL: not set, text was expected{expected}")
        );
    }
}

#[test]
fn two_names_of_a_field_are_a_problem() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    #[serde(deny_unknown_fields)]
    struct Config {
        #[serde(alias = "log_level")]
        level: u8,
        port: u16,
    }
    assert_eq!(
        problems::<Config>(&[
            ("LEVEL", "1"),
            ("LOG_LEVEL", "2"),
            ("UNKNOWN", "3"),
            ("PORT", "x")
        ]),
        [
            "LEVEL: set under two of its names: keep one",
            "PORT (environment): a whole number from 0 to 65535 was expected",
        ]
    );
}

#[test]
fn prefixes_and_separators_are_in_the_names() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    struct Config {
        db: Db,
        db_host: u8,
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    struct Db {
        host: u8,
    }
    let loader = || Loader::new().variables([("DB__HOST", "1"), ("APP_DB_HOST", "x")]);
    assert_eq!(
        refusal::<Config>(&loader().prefix("APP_")),
        "the configuration has 2 problems:\n\
         - APP_DB_HOST (environment): a whole number from 0 to 255 was expected\n\
         - APP_DB__HOST: not set, a whole number from 0 to 255 was expected\n\
         looked for each NAME and NAME_FILE in: the environment"
    );
    // Two fields that are read from one variable.
    assert_eq!(
        refusal::<Config>(&loader().prefix("APP_").separator("_")),
        "the configuration has a problem:\n\
         - APP_DB_HOST (environment): a whole number from 0 to 255 was expected\n\
         looked for each NAME and NAME_FILE in: the environment"
    );
}

#[test]
fn secrets_are_refused_with_the_reason() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    struct Config {
        empty: SecretString,
        spaced: SecretString,
        example: SecretBytes,
        redacted: SecretString,
        number: Secret<u32>,
        password: String,
        #[serde(deserialize_with = "secret_env::strong::<64, _>")]
        weak: SecretString,
    }
    assert_eq!(
        problems::<Config>(&[
            ("EMPTY", ""),
            ("SPACED", "k-4711 "),
            ("EXAMPLE", "your_api_key_here"),
            ("REDACTED", "[REDACTED]"),
            ("NUMBER", "k-4711"),
            ("PASSWORD", "<password>"),
            ("WEAK", "k-4711"),
        ]),
        [
            "EMPTY (environment): the secret is empty: give it a value, or remove the variable \
             (to allow it: `.without(Check::Empty)`)",
            "EXAMPLE (environment): the secret is a placeholder from an example: give it the real value \
             (to allow it: `.without(Check::Placeholder)`)",
            "NUMBER (environment): a whole number from 0 to 4294967295 was expected",
            "PASSWORD (environment): the secret is a placeholder from an example: give it the real value \
             (to allow it: `.without(Check::Placeholder)`)",
            "REDACTED (environment): the secret is a placeholder from an example: give it the real value \
             (to allow it: `.without(Check::Placeholder)`)",
            "SPACED (environment): the secret begins or ends with white space: remove it, or load with `.trim()` \
             (to allow it: `.without(Check::Whitespace)`)",
            "WEAK (environment): the secret is too weak: about 36 bits, at least 64 are asked for",
        ]
    );
}

#[test]
fn weak_secrets_are_refused_with_both_figures() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    struct Config {
        api_key: SecretString,
    }
    let loader = Loader::new()
        .variables([("API_KEY", "k-4711")])
        .minimum_strength(64);
    let error = loader.load::<Config>().err().expect("the key is weak");
    let expected = ProblemKind::TooWeak {
        bits: 36,
        minimum: 64,
    };
    assert_eq!(error.problems()[0].kind(), &expected);
}
