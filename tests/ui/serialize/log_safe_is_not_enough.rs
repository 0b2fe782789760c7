use secret_core::{LogSafe, Redact};

#[derive(Debug, serde::Serialize)]
struct Region {
    name: String,
}

impl LogSafe for Region {}

#[derive(Redact)]
#[redact(serialize)]
struct Config {
    region: Region,
}

fn main() {}
