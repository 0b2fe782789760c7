use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact(first)]
    card: String,
}

fn main() {}
