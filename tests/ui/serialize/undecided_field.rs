use secret_core::Redact;

struct Database;

#[derive(Redact)]
#[redact(serialize)]
struct Config {
    host: String,
    database: Database,
}

fn main() {}
