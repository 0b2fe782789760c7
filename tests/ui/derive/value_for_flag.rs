use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact(safe = true)]
    host: String,
}

fn main() {}
