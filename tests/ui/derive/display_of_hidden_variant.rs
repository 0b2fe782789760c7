use secret_core::Redact;

#[derive(Redact)]
#[redact(variant)]
enum Login {
    #[redact(display = "guest")]
    Guest,
}

fn main() {}
