use secret_core::{Exposed, SecretString};

#[derive(Clone)]
struct Request<'a> {
    key: Exposed<'a, str>,
}

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let _copy = Request { key: key.expose_secret() }.clone();
}
