use secret_core::Redact;

#[derive(Redact)]
struct Pair(u16, String);

fn main() {}
