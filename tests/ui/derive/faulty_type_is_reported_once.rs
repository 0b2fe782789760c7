use secret_core::Redact;

#[derive(Redact)]
struct Database {
    #[redact(saef)]
    host: String,
}

#[derive(Redact)]
struct Config {
    database: Database,
}

fn main() {}
