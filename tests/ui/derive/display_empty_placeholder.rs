use secret_core::Redact;

#[derive(Redact)]
#[redact(display = "port {}")]
struct Address {
    port: u16,
}

fn main() {}
