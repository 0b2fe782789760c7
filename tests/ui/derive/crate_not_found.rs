use secret_core::Redact;

#[derive(Redact)]
#[redact(crate = my_redaction)]
struct Config {
    port: u16,
}

fn main() {}
