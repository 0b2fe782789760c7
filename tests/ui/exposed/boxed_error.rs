use secret_core::SecretString;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let _error: Box<dyn std::error::Error> = key.expose_secret().into();
}
