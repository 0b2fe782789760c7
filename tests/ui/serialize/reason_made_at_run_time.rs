use secret_core::{Redact, SecretString};

#[derive(Redact)]
#[redact(serialize)]
struct Config {
    api_key: SecretString,
}

fn save(config: &Config, user: &str) -> String {
    serde_json::to_string(&config.revealed(&format!("saved for {user}"))).unwrap()
}

fn main() {}
