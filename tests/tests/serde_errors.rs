//! No error of a real format echoes what stood where a secret was expected.

use secret_core::{Secret, SecretBytes, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;

const CANARY: &str = "hunter2-correct-horse";
const NUMBER_CANARY: &str = "471100815";

#[derive(Deserialize)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Config<T> {
    value: T,
}

/// Asserts that the text is refused, and that neither form of the error holds a canary.
#[track_caller]
fn assert_quiet<T: DeserializeOwned>(json: &str) {
    let document = format!("{{\"value\": {json}}}");
    let Err(error) = serde_json::from_str::<Config<T>>(&document) else {
        panic!("the input was accepted");
    };
    let text = format!("{error} {error:?}");
    assert!(
        !text.contains(CANARY) && !text.contains(NUMBER_CANARY),
        "the error echoes its input"
    );
    assert!(text.contains("line 1"), "the error names no place: {text}");
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "only its errors are looked at")]
enum Level {
    Low,
}

impl secret_core::zeroize::Zeroize for Level {
    fn zeroize(&mut self) {}
}

#[test]
fn a_value_of_the_wrong_kind_is_not_echoed() {
    let text = format!("\"{CANARY}\"");
    assert_quiet::<Secret<u16>>(&text);
    assert_quiet::<Secret<u16>>(NUMBER_CANARY);
    assert_quiet::<Secret<bool>>(&text);
    assert_quiet::<Secret<Level>>(&text);
    assert_quiet::<SecretBytes>(&format!("[1, {NUMBER_CANARY}]"));
    for json in [
        NUMBER_CANARY.to_owned(),
        format!("-{NUMBER_CANARY}"),
        format!("{NUMBER_CANARY}.5"),
        format!("[{text}]"),
        format!("{{{text}: {text}}}"),
    ] {
        assert_quiet::<SecretString>(&json);
    }
}

#[test]
fn a_secret_that_is_not_there_is_named() {
    fn missing<T: DeserializeOwned>() -> String {
        let result = serde_json::from_str::<Config<T>>("{}");
        result.err().expect("the field is required").to_string()
    }
    for error in [
        missing::<SecretString>(),
        missing::<SecretBytes>(),
        missing::<Secret<u16>>(),
    ] {
        assert!(error.starts_with("missing field `value`"), "{error}");
    }
}

#[test]
fn redacted_output_is_not_a_secret() {
    for error in [
        serde_json::from_str::<SecretString>(r#""[REDACTED]""#).err(),
        serde_json::from_str::<SecretBytes>(r#""[REDACTED]""#).err(),
    ] {
        let error = error.expect("the placeholder is refused").to_string();
        assert!(error.contains("give the secret itself"), "{error}");
    }
}

#[test]
fn a_secret_is_read_whole() {
    let key: SecretString = serde_json::from_str(&format!("\"{CANARY}\\u0021\"")).unwrap();
    assert!(key == format!("{CANARY}!"));
    let bytes: SecretBytes = serde_json::from_str("[1, 2, 3]").unwrap();
    assert!(bytes == [1, 2, 3]);
}
