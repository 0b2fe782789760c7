use secret_core::Redact;

mod framework {
    pub use secret_core as redaction;
}

#[derive(Redact)]
#[redact(crate = framework::redaction, all, all)]
struct Config {
    host: String,
}

fn main() {}
