use secret_core::{Redact, SecretString};
use serde::Serialize;

#[derive(Redact, Serialize)]
struct Config {
    api_key: SecretString,
}

fn main() {}
