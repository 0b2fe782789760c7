use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact = "safe"]
    host: String,
}

fn main() {}
