use secret_core::Redact;

#[derive(Redact)]
#[redact(display = "{hots}:{port}")]
struct Address {
    #[redact(safe)]
    host: String,
    port: u16,
}

fn main() {}
