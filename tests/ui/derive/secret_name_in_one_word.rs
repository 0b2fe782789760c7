use secret_core::Redact;

#[derive(Redact)]
struct Config {
    apikey: [u32; 4],
}

fn main() {}
