use secret_core::Redact;

#[derive(Redact)]
struct Config {
    proxy: Option<String>,
}

fn main() {}
