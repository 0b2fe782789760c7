use secret_core::{Exposed, SecretString};

fn open() -> Exposed<'static, str> {
    let key = SecretString::from(String::from("k-4711"));
    key.expose_secret()
}

fn main() {
    drop(open());
}
