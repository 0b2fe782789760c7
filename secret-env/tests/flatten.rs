//! Values that serde buffers before it knows their types: `flatten`, `untagged` and `tag`.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use secret_core::SecretString;
use secret_env::Loader;

/// The lines of the error.
fn problems<T: DeserializeOwned>(variables: &[(&str, &str)]) -> Vec<String> {
    let result = Loader::new()
        .variables(variables.iter().copied())
        .load::<T>();
    let error = result.err().expect("something is wrong");
    error.problems().iter().map(ToString::to_string).collect()
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only loaded")]
struct Config {
    #[serde(flatten)]
    common: Common,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only loaded")]
struct Common {
    api_key: SecretString,
    rate: Option<u16>,
    log: Option<String>,
    log_file: Option<String>,
}

#[test]
fn variables_of_other_programs_are_left_alone() {
    let foreign = [
        ("API_KEY", "k-4711"),
        ("AWS_SECRET_ACCESS_KEY", "foreign"),
        ("GITHUB_TOKEN", ""),
        ("DB_PASSWORD", "changeme"),
        ("SSL_CERT_FILE", "/not/there"),
        ("LOG_FILE", "/not/there"),
    ];
    let loader = Loader::new().variables(foreign);
    let config: Config = loader
        .load()
        .expect("what is not asked for is not looked at");
    assert!(config.common.api_key == "k-4711" && config.common.log.is_none());
    assert_eq!(config.common.log_file.as_deref(), Some("/not/there"));
}

#[test]
fn a_wrong_type_names_its_variable() {
    assert_eq!(
        problems::<Config>(&[("API_KEY", "k-4711"), ("RATE", "fast")]),
        ["RATE (environment): u16 was expected"]
    );
}

#[test]
fn an_optional_part_cannot_hide_a_bad_secret() {
    #[derive(Deserialize)]
    struct Outer {
        #[serde(flatten)]
        #[allow(dead_code, reason = "only loaded")]
        key: Option<Key>,
    }
    #[derive(Deserialize)]
    struct Key {
        #[allow(dead_code, reason = "only loaded")]
        key: SecretString,
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    #[allow(dead_code, reason = "only loaded")]
    enum Either {
        Key { key: SecretString },
        Nothing {},
    }
    let expected = "KEY (environment): the secret is a placeholder from an example: give it the real value \
                    (to allow it: `.without(Check::Placeholder)`)";
    assert_eq!(problems::<Outer>(&[("KEY", "changeme")]), [expected]);
    assert_eq!(problems::<Either>(&[("KEY", "changeme")]), [expected]);
}

#[test]
fn a_part_that_misses_something_says_so() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only loaded")]
    struct Outer {
        #[serde(flatten)]
        inner: Inner,
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only loaded")]
    struct Inner {
        db: Db,
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only loaded")]
    struct Db {
        host: String,
        port: u16,
    }
    assert_eq!(
        problems::<Outer>(&[("DB__HOST", "h"), ("PORT", "80")]),
        ["the configuration: `port` is missing in one of its parts"]
    );
}

#[test]
fn an_error_of_a_part_quotes_no_value() {
    #[derive(Deserialize)]
    struct Outer {
        #[serde(flatten)]
        #[allow(dead_code, reason = "only loaded")]
        inner: Inner,
    }
    #[derive(Deserialize)]
    struct Inner {
        #[allow(dead_code, reason = "only loaded")]
        target: Quoting,
    }
    #[derive(Deserialize)]
    #[serde(try_from = "String")]
    struct Quoting;
    impl TryFrom<String> for Quoting {
        type Error = String;
        fn try_from(text: String) -> Result<Self, String> {
            Err(format!("cannot parse `{text}`"))
        }
    }
    let text = problems::<Outer>(&[("TARGET", "correct-horse-battery")]).join("\n");
    assert!(!text.contains("correct"), "{text}");
}

#[test]
fn a_thousand_variables_are_looked_through() {
    let variables = (0..1000).map(|index| (format!("FOREIGN_{index}"), format!("value {index}")));
    let key = (String::from("API_KEY"), String::from("k-4711"));
    let loader = Loader::new().variables(variables.chain([key]));
    let table = loader.explain::<Config>().to_string();
    assert!(
        table.contains("API_KEY      environment  [REDACTED]"),
        "{table}"
    );
}
