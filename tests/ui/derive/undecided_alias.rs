use secret_core::Redact;

type Host = String;

#[derive(Redact)]
struct Config {
    host: Host,
}

fn main() {}
