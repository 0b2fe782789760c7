use secret_core::{Redact, SecretString};

#[derive(Redact)]
#[redact(serialize)]
struct Config {
    api_key: SecretString,
}

fn dump(config: &Config) -> String {
    serde_json::to_string(config).unwrap()
}

fn main() {}
