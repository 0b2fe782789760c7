use secret_core::Redact;

#[derive(Redact)]
struct Config {
    #[redact(with = |text, f| f.write_str(text))]
    host: String,
}

fn main() {}
