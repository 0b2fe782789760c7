use secret_core::Redact;

#[derive(Redact)]
#[redact(display = "{host}:{port}")]
struct Address {
    host: String,
    port: u16,
}

fn main() {}
