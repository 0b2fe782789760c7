use secret_core::SecretString;
use std::fmt::Write;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let mut line = String::new();
    let _ = write!(line, "{}", key.expose_secret());
}
