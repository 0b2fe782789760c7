use secret_core::Redact;

#[derive(Redact)]
#[redact(default)]
struct Config {
    port: u16,
}

fn main() {}
