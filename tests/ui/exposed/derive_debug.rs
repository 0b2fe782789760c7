use secret_core::{Exposed, SecretString};

#[derive(Debug)]
struct Request<'a> {
    key: Exposed<'a, str>,
}

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    println!("{:?}", Request { key: key.expose_secret() });
}
