use secret_core::SecretString;

fn main() {
    let _key: SecretString = "k-4711".into();
}
