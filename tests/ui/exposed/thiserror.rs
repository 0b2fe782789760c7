use secret_core::SecretString;

#[derive(Debug, thiserror::Error)]
#[error("refused {0}")]
struct Refused(String);

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let _error = Refused(key.expose_secret().to_string());
}
