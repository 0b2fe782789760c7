use secret_core::Redact;

#[derive(Redact)]
struct Session {
    #[redact(zeroize)]
    cookie: String,
}

fn main() {}
