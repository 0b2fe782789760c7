use secret_core::SecretString;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let _line: String = [key.expose_secret()].into_iter().collect();
}
