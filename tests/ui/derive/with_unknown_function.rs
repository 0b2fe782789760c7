use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact(with = shorten)]
    host: String,
}

fn main() {}
