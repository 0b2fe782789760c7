use secret_core::Redact;

#[derive(Redact)]
#[redact]
struct Config {
    host: String,
}

fn main() {}
