use secret_core::Redact;

#[derive(Redact)]
#[redact(display = "port {port}")]
struct Address {
    #[redact(safe)]
    port: Option<u16>,
}

fn main() {}
