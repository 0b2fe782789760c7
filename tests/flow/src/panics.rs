//! Panics: panic!, assert!, expect, unwrap of an error that holds the text, unreachable!, todo!, panic_any.

use secrecy::{ExposeSecret, SecretString};

pub fn leak_panic(s: &SecretString) {
    panic!("cannot use {}", s.expose_secret()); //~ LEAK secret_in_log
}

pub fn leak_unreachable(s: &SecretString) {
    match s.expose_secret() {
        "a" => {}
        other => unreachable!("no such key: {other}"), //~ LEAK secret_in_log
    }
}

pub fn leak_assert(s: &SecretString) {
    assert!(s.expose_secret().len() > 99, "too short: {}", s.expose_secret()); //~ LEAK secret_in_log
}

pub fn leak_assert_equal(s: &SecretString) {
    assert_eq!(s.expose_secret(), "letmein"); //~ LEAK secret_in_log
}

pub fn leak_assert_different(s: &SecretString) {
    let copy = s.expose_secret().to_owned();
    assert_ne!(copy, s.expose_secret(), "unchanged"); //~ LEAK secret_in_log
}

pub fn leak_expect(s: &SecretString) -> u32 {
    let message = format!("a number, not {}", s.expose_secret());
    s.expose_secret().parse().expect(&message) //~ LEAK secret_in_log
}

pub fn leak_unwrap(s: &SecretString) -> u32 {
    let parsed: Result<u32, String> = s.expose_secret().parse().map_err(|_| s.expose_secret().to_owned());
    parsed.unwrap() //~ LEAK secret_in_log
}

pub fn leak_unwrap_err(s: &SecretString) {
    let text: Result<&str, ()> = Ok(s.expose_secret());
    text.unwrap_err() //~ LEAK secret_in_log
}

pub fn leak_unwrap_or_else(s: &SecretString) -> u32 {
    s.expose_secret().parse().unwrap_or_else(|error| panic!("{}: {error}", s.expose_secret())) //~ LEAK secret_in_log
}

pub fn ok_assert(s: &SecretString) {
    assert!(s.expose_secret() != "letmein"); //~ OK
    assert_eq!(s.expose_secret().len(), 20, "unusual length"); //~ OK
    assert!(s.expose_secret().len() > 99, "too short: {}", s.expose_secret().len()); //~ OK
}

pub fn ok_expect(s: &SecretString) -> u32 {
    s.expose_secret().parse().expect("the value is a number") //~ OK
}

pub fn ok_unwrap(s: &SecretString) -> u64 {
    s.expose_secret().parse::<u64>().unwrap() //~ OK
}

pub fn ok_unwrap_success(s: &SecretString) -> String {
    let text: Result<String, std::fmt::Error> = Ok(s.expose_secret().to_owned());
    text.unwrap() //~ OK
}

pub fn ok_message(s: &SecretString) {
    if !s.expose_secret().starts_with("sk-") {
        panic!("{s:?} does not start with sk-"); //~ OK
    }
}
