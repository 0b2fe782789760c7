use secret_core::Redact;

#[derive(Redact)]
struct Config {
    seed: [u8; 32],
    more: Vec<u8>,
}

fn main() {}
