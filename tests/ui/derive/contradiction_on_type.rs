use secret_core::Redact;

#[derive(Redact)]
#[redact(default = safe, all)]
struct Config {
    host: String,
}

fn main() {}
