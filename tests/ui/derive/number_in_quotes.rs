use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact(first = "2")]
    card: String,
}

fn main() {}
