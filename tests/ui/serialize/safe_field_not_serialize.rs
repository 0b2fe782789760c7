use secret_core::Redact;

#[derive(Debug)]
struct Region;

#[derive(Redact)]
#[redact(serialize)]
struct Config {
    #[redact(safe)]
    region: Region,
}

fn main() {}
