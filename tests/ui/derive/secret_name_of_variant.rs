use secret_core::Redact;

#[derive(Redact)]
enum Login {
    Otp(u32),
    Password { value: u64, length: usize },
    TokenCount(u32),
}

fn main() {}
