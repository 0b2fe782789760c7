use secret_core::SecretString;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let parsed: Result<u16, _> = key.expose_secret().parse();
    let _ = parsed.expect(key.expose_secret());
}
