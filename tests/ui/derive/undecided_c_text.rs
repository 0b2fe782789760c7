use secret_core::Redact;

#[derive(Redact)]
struct Config {
    name: [i8; 4],
}

fn main() {}
