use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact]
    #[redact]
    host: String,
}

fn main() {}
