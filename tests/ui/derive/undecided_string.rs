use secret_core::Redact;

#[derive(Redact)]
struct Config {
    port: u16,
    host: String,
}

fn main() {}
