use secret_core::Redact;

#[derive(Redact)]
struct Config<'a> {
    host: &'a str,
}

fn main() {}
