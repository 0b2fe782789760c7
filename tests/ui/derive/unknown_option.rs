use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact(saef)]
    host: String,
}

fn main() {}
