//! An exposed secret in a field that Debug or Serialize would show.

// real: ZerosAndOnesLLC/AiFw#54 (a settings endpoint answers with the signing key)
// real: librefang/librefang#5572 (Debug is redacted and Serialize is not)
use std::fmt::{self, Debug};

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::Value;

#[derive(Debug, Clone)] // alt=config //~ ANY
struct Config { // alt=config //~ ANY
    host: String,
    upstream: String, // alt=config //~ ANY
}

pub fn leak_debug_struct(s: &SecretString) -> Box<dyn Debug> {
    let config = Config { host: "h".into(), upstream: s.expose_secret().to_owned() }; // id=config //~ LEAK secret_to_plain
    Box::new(config.clone()) // alt=config //~ ANY
}

pub fn leak_assigned(s: &SecretString) -> Box<dyn Debug> {
    let mut config = Config { host: "h".into(), upstream: String::new() }; //~ OK
    config.upstream = format!("https://{}@h", s.expose_secret()); // id=config //~ LEAK secret_to_plain
    Box::new(config) // alt=config //~ ANY
}

#[derive(Serialize)] // alt=settings //~ ANY
struct Settings { // alt=settings //~ ANY
    name: String,
    signing: String, // alt=settings //~ ANY
}

pub fn leak_serialize(s: &SecretString) -> Value {
    let settings = Settings { name: "auth".into(), signing: s.expose_secret().into() }; // id=settings //~ LEAK secret_to_plain
    serde_json::to_value(&settings).unwrap() // alt=settings //~ ANY
}

#[derive(Serialize)] // alt=driver //~ ANY
struct Driver { // alt=driver //~ ANY
    model: String,
    proxy: Option<String>, // alt=driver //~ ANY
}

impl Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver").field("model", &self.model).finish_non_exhaustive() //~ OK
    }
}

pub fn leak_half_redacted(s: &SecretString) -> Value {
    let driver = Driver { model: "m".into(), proxy: Some(s.expose_secret().to_string()) }; // id=driver //~ LEAK secret_to_plain
    log::debug!("{driver:?}"); //~ ANY
    serde_json::to_value(driver).unwrap() // alt=driver //~ ANY
}

#[derive(Debug)]
struct Typed {
    host: String,
    upstream: SecretString,
}

pub fn ok_typed(s: &SecretString) -> Box<dyn Debug> {
    Box::new(Typed { host: "h".into(), upstream: s.clone() }) //~ OK
}

pub fn ok_derived_number(s: &SecretString) -> Box<dyn Debug> {
    let length = s.expose_secret().len();
    Box::new(Config { host: "h".into(), upstream: length.to_string() }) //~ OK
}

#[derive(Serialize)]
struct Skipping {
    name: String,
    #[serde(skip_serializing)]
    signing: String,
    #[serde(skip)]
    other: String,
}

pub fn ok_skipped(s: &SecretString) -> Value {
    let text = s.expose_secret().to_owned();
    let skipping = Skipping { name: "auth".into(), signing: text.clone(), other: text }; //~ OK
    serde_json::to_value(&skipping).unwrap() //~ OK
}

struct Silent {
    host: String,
    upstream: String,
}

pub fn ok_no_derive(s: &SecretString) -> usize {
    let silent = Silent { host: "h".into(), upstream: s.expose_secret().into() }; //~ OK
    silent.upstream.len() + silent.host.len()
}
