use secret_core::Redact;

#[derive(Redact)]
#[redact(variant, email)]
struct Config {
    #[redact(saef, frist = 2, last = "4")]
    host: String,
    #[redact(first = 1, first = 2, all)]
    card: String,
    #[redact(safe, email)]
    mail: String,
}

fn main() {}
