use secret_core::Redact;

#[derive(Redact)]
struct Config {
    backup_tokens: Vec<u32>,
}

fn main() {}
