use secret_core::Redact;

#[derive(Redact)]
enum Login {
    #[redact(display = "guest")]
    Guest,
    Number(u32),
}

fn main() {}
