use secret_core::SecretString;

fn main() {
    let mut key = SecretString::from(String::from("k-4711"));
    println!("{:?}", key.expose_secret_mut());
}
