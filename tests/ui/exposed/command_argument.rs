use secret_core::SecretString;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let _ = std::process::Command::new("curl").arg(key.expose_secret());
}
