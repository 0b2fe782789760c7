use secret_core::Redact;

use std::path::PathBuf;

#[derive(Redact)]
struct Config {
    home: PathBuf,
}

fn main() {}
