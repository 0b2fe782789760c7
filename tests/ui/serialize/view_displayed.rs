use secret_core::{Redact, SecretString};

#[derive(Redact)]
#[redact(serialize)]
struct Config {
    api_key: SecretString,
}

fn log(config: &Config) {
    println!("{}", config.revealed("only for the log"));
}

fn main() {}
