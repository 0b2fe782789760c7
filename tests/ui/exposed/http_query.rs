use secret_core::SecretString;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let _ = url::Url::parse_with_params("https://host", [("token", key.expose_secret().to_string())]);
}
