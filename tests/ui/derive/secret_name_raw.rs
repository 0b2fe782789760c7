use secret_core::Redact;

#[allow(non_snake_case)]
#[derive(Redact)]
struct Config {
    r#token: u32,
}

fn main() {}
