use secret_core::{Redact, SecretString};

#[derive(Redact)]
struct Config {
    token: SecretString,
    password: String,
}

fn main() {}
