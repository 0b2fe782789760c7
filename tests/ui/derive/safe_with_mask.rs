use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact(safe, last = 4)]
    card: String,
}

fn main() {}
