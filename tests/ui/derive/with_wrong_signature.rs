use secret_core::Redact;

fn shorten(text: &str) -> String {
    text.chars().take(2).collect()
}

#[derive(Redact)]
struct Config {
    #[redact(with = shorten)]
    host: String,
}

fn main() {}
