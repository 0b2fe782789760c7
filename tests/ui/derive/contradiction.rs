use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact(safe, email)]
    mail: String,
    #[redact]
    #[redact(url)]
    dsn: String,
}

fn main() {}
