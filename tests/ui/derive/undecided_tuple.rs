use secret_core::Redact;

#[derive(Redact)]
struct Config {
    pair: (u16, String),
}

fn main() {}
