use anyhow::Context;
use secret_core::SecretString;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let number: Result<u16, _> = "x".parse();
    let _ = number.context(key.expose_secret());
}
