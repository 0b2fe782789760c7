use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact(fixed = 4)]
    admin: bool,
}

fn main() {}
