use secret_core::Redact;

#[derive(Redact)]
#[redact(display = host)]
struct Address {
    port: u16,
}

fn main() {}
