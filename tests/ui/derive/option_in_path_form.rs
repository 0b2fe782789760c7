use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact(mask::email)]
    mail: String,
}

fn main() {}
