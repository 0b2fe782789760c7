use secret_core::SecretString;

struct Config {
    key: SecretString,
}

fn main() {
    let _ = Config { key: "k-4711".into() };
}
