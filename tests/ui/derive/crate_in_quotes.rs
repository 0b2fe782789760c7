use secret_core::Redact;

#[derive(Redact)]
#[redact(crate = "secret_core")]
struct Config {
    port: u16,
}

fn main() {}
