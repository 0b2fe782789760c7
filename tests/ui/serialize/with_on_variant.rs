use secret_core::{Redact, SecretString};

#[derive(Redact)]
#[redact(serialize)]
enum Login {
    #[serde(serialize_with = "write")]
    Password(SecretString),
}

fn main() {}
