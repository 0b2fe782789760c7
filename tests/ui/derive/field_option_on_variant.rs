use secret_core::Redact;

#[derive(Redact)]
enum Login {
    #[redact(safe)]
    Named(String),
}

fn main() {}
