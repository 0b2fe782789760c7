use secret_core::Redact;

#[derive(Redact)]
#[redact(variant)]
struct Config {
    port: u16,
}

fn main() {}
