use secret_core::Redact;

#[derive(Redact)]
#[redact(variant, default = safe)]
enum Login {
    Password(String),
}

#[derive(Redact)]
#[redact(variant)]
enum Contact {
    Mail(#[redact(email)] String),
}

fn main() {}
