use secret_core::{Redact, SecretString};

#[derive(Redact)]
struct Database {
    password: SecretString,
}

#[derive(Redact)]
#[redact(serialize)]
struct Config {
    database: Option<Database>,
}

fn main() {}
