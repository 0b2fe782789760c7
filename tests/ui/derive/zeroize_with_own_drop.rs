use secret_core::Redact;

#[derive(Redact)]
#[redact(zeroize)]
struct Session {
    #[redact]
    cookie: String,
}

impl Drop for Session {
    fn drop(&mut self) {}
}

fn main() {}
