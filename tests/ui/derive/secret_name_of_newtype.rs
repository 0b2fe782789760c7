use secret_core::Redact;

#[derive(Redact)]
struct Pin(u32);

fn main() {}
