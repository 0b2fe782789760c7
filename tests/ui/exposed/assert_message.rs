use secret_core::SecretString;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    assert!(key.expose_secret().len() > 20, "too short: {}", key.expose_secret());
}
