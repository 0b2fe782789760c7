use secret_core::Redact;

#[derive(Redact)]
#[redact(zeroize)]
struct Session<T> {
    #[redact]
    cookie: T,
}

fn main() {}
