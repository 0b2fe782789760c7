use secret_core::Redact;

#[derive(Redact)]
enum Login {
    Guest,
    Named(String),
}

fn main() {}
