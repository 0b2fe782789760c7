use secret_core::{Redact, SecretString};

#[derive(Redact, Clone)]
#[redact(serialize)]
#[serde(into = "Written")]
struct Config {
    api_key: SecretString,
}

struct Written;

fn main() {}
