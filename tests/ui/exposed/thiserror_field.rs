use secret_core::{Exposed, SecretString};

#[derive(Debug, thiserror::Error)]
#[error("refused {0}")]
struct Refused<'a>(Exposed<'a, str>);

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let _error = Refused(key.expose_secret());
}
