use secret_core::Redact;

struct Database;

#[derive(Redact)]
struct Config {
    database: Database,
}

fn main() {}
