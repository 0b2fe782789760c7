use secret_core::Redact;

#[allow(non_snake_case)]
#[derive(Redact)]
struct Config {
    DB_PASSWORD: Option<u32>,
}

fn main() {}
