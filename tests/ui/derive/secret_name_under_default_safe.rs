use secret_core::Redact;

#[derive(Redact)]
#[redact(default = safe)]
struct Config {
    host: String,
    password: String,
}

fn main() {}
