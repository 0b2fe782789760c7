use secret_core::SecretString;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let _trimmed: SecretString = key.map(|text| String::from(text.trim()));
    drop(key);
}
