use secret_core::SecretString;

#[derive(Clone, Copy)]
struct Config {
    key: SecretString,
}

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    drop(Config { key });
}
