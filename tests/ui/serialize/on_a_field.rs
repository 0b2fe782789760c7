use secret_core::{Redact, SecretString};

#[derive(Redact)]
struct Config {
    #[redact(serialize)]
    api_key: SecretString,
}

fn main() {}
