use secret_core::Redact;

#[derive(Redact)]
struct Config {
    pin: u32,
}

fn main() {}
