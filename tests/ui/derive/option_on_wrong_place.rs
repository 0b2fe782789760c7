use secret_core::Redact;

#[derive(Redact)]
#[redact(email)]
struct Config {
    #[redact(all)]
    mail: String,
}

fn main() {}
