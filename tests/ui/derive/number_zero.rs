use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact(first = 0)]
    card: String,
    #[redact(fixed = 0)]
    code: String,
}

fn main() {}
