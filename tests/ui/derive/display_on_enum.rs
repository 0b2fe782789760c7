use secret_core::Redact;

#[derive(Redact)]
#[redact(display = "{0}")]
enum Login {
    Number(u32),
}

fn main() {}
