//! Errors about variables and `.env` files, and what is said of a configuration at start-up.

use std::io::Write;

use secret_core::{Redact, Secret, SecretString};
use secret_env::Loader;
use serde::Deserialize;

use crate::canary::CANARY;
use crate::channel::{Theme, redacted, refused};
use crate::errors::every_form;

pub(crate) const THEME: Theme = Theme {
    name: "environment",
    channels: &[
        refused!(
            "env::var of a variable that is not UTF-8",
            "LEAK_MATRIX_RAW (environment): not valid UTF-8",
            child,
            println!("{:?}", std::env::var("LEAK_MATRIX_RAW")),
            println!("{}", load::<Raw>())
        ),
        refused!(
            "a number that is none, LoadError",
            "- LEAK_MATRIX_KEY (environment): ",
            child,
            println!("{}", figment::<Number>()),
            println!("{}", load::<Number>())
        ),
        refused!(
            "a secret number that is none, LoadError",
            "- LEAK_MATRIX_KEY (environment): ",
            child,
            println!("{}", figment::<Number>()),
            println!("{}", load::<Pin>())
        ),
        refused!(
            "an unknown choice, LoadError",
            "- LEAK_MATRIX_KEY (environment): ",
            child,
            println!("{}", figment::<Choice>()),
            println!("{}", load::<Choice>())
        ),
        refused!(
            "LoadError returned by main",
            "the configuration has a problem",
            child,
            from_figment::<Number>(),
            loader().load::<Number>().map(drop)
        ),
        refused!(
            "LoadError, unwrap",
            "the configuration has a problem",
            child,
            from_figment::<Number>().unwrap(),
            loader().load::<Number>().map(drop).unwrap()
        ),
        redacted!(
            "the loaded config, {:?}",
            "[REDACTED]",
            child,
            println!("{:?}", std::env::vars_os()),
            println!("{:?}", loader().load::<Config>().unwrap())
        ),
        redacted!(
            "the table of explain",
            "[REDACTED]",
            child,
            println!("{:?}", std::env::vars_os()),
            println!("{0} {0:?}", loader().explain::<Config>())
        ),
        redacted!(
            "the table of explain, plain text",
            "(text)",
            child,
            println!("{:?}", std::env::vars_os()),
            println!("{0} {0:?}", loader().explain::<Text>())
        ),
        redacted!(
            "the table of explain, with a problem",
            "(refused)",
            child,
            println!("{:?}", std::env::vars_os()),
            println!("{0} {0:?}", loader().explain::<Number>())
        ),
        redacted!(
            "the loader itself, {:?}",
            "[REDACTED]",
            format!("{:?}", [("KEY", CANARY)]),
            format!("{:?}", Loader::new().variables([("KEY", CANARY)]))
        ),
        refused!(
            ".env: a quote without an end",
            ".env:",
            quoted_by_dotenvy("KEY='"),
            refused_dotenv("KEY='")
        ),
        refused!(
            ".env: a line without a name",
            ".env:",
            quoted_by_dotenvy(""),
            refused_dotenv("")
        ),
    ],
};

macro_rules! configs {
    ($($name:ident { $field:ident: $type:ty })*) => { $(
        #[derive(Deserialize)]
        #[allow(dead_code, reason = "only its errors are looked at")]
        struct $name {
            $field: $type,
        }
    )* };
}

configs! {
    Raw { raw: SecretString }
    Number { key: u16 }
    Pin { key: Secret<u16> }
    Choice { key: Level }
    Text { key: String }
}

#[derive(Deserialize, Redact)]
#[allow(dead_code, reason = "read through `Debug`")]
struct Config {
    key: SecretString,
}

#[derive(Deserialize)]
enum Level {
    Low,
}

fn loader() -> Loader {
    Loader::new().prefix("LEAK_MATRIX_").keep_environment()
}

fn load<T: serde::de::DeserializeOwned>() -> String {
    every_form(&loader().load::<T>().err().expect("it is refused"))
}

fn figment<T: serde::de::DeserializeOwned>() -> String {
    every_form(&from_figment::<T>().expect_err("it is refused"))
}

#[allow(clippy::result_large_err, reason = "the error is figment's")]
fn from_figment<T: serde::de::DeserializeOwned>() -> Result<(), figment::Error> {
    let variables = figment::providers::Env::prefixed("LEAK_MATRIX_");
    figment::Figment::from(variables).extract::<T>().map(drop)
}

/// A `.env` with a line that is no variable: the canary after something.
fn faulty_dotenv(before: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".env").tempfile().unwrap();
    writeln!(file, "{before}{CANARY}").unwrap();
    file
}

fn quoted_by_dotenvy(before: &str) -> String {
    let file = faulty_dotenv(before);
    let entries = dotenvy::from_path_iter(file.path()).unwrap();
    let errors: Vec<_> = entries.filter_map(Result::err).collect();
    format!("{errors:?}")
}

fn refused_dotenv(before: &str) -> String {
    let file = faulty_dotenv(before);
    let loader = loader().dotenv(file.path());
    every_form(&loader.load::<Config>().expect_err("it is refused"))
}
