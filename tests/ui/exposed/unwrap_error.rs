use secret_core::SecretString;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let result: Result<(), _> = Err(key.expose_secret());
    result.unwrap();
}
