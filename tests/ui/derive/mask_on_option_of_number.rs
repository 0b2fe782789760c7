use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact(last = 2)]
    account: Option<u32>,
}

fn main() {}
