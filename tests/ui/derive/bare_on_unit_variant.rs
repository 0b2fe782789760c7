use secret_core::Redact;

#[derive(Redact)]
enum Login {
    #[redact]
    Guest,
}

fn main() {}
