use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact()]
    host: String,
}

fn main() {}
