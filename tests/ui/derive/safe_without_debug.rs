use secret_core::Redact;

struct NoDebug;

#[derive(Redact)]
struct Config {
    port: u16,
    #[redact(safe)]
    region: NoDebug,
}

fn main() {}
