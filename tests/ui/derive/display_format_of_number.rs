use secret_core::Redact;

#[derive(Redact)]
#[redact(display = "{port:x}")]
struct Address {
    port: u16,
}

fn main() {}
