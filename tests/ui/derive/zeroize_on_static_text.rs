use secret_core::Redact;

#[derive(Redact)]
#[redact(zeroize)]
struct Session {
    #[redact]
    cookie: &'static str,
}

fn main() {}
