use secret_core::Redact;

#[derive(Redact)]
struct Config {
    hosts: Vec<Option<String>>,
}

fn main() {}
