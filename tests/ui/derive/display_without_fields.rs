use secret_core::Redact;

#[derive(Redact)]
#[redact(display = "nothing {0}")]
struct Nothing;

fn main() {}
