use secret_core::SecretString;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let open = key.expose_secret();
    std::thread::spawn(move || open.len());
}
