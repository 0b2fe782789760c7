use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact(last = -1)]
    card: String,
}

fn main() {}
