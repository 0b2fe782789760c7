use secret_core::Redact;

#[allow(non_snake_case)]
#[derive(Redact)]
struct Config {
    apiKey: u64,
}

fn main() {}
