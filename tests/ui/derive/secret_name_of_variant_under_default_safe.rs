use secret_core::Redact;

#[derive(Redact)]
#[redact(default = safe)]
enum Login {
    User(String),
    Password(String),
}

fn main() {}
