use secret_core::Redact;

use std::collections::HashMap;

#[derive(Redact)]
struct Config {
    labels: HashMap<String, u32>,
}

fn main() {}
