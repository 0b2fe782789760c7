use secret_core::Redact;

#[derive(Redact)]
#[redact(default = redacted)]
struct Config {
    port: u16,
}

fn main() {}
