//! Literals that become secrets; placeholders, tests and names are no secrets.

// real: Tuntii/RustAPI#184 (a signing key to fall back on)
use secret_core::SecretString;

pub fn leak_from_literal() -> secrecy::SecretString {
    secrecy::SecretString::from("p9sUV3qLm2xW7tKd") //~ LEAK hardcoded_secret
}

pub fn leak_owned_literal() -> SecretString {
    SecretString::from(String::from("Zt81bQrLw0cGx5Vn")) //~ LEAK hardcoded_secret
}

pub fn leak_fallback() -> secrecy::SecretString {
    std::env::var("JWT_SIGNING").unwrap_or_else(|_| "hV5gR1nZk8yTq3Bd".to_owned()).into() //~ LEAK hardcoded_secret
}

const SIGNING: &str = "u7FpWc2MzXe9LkQa"; // alt=constant //~ ANY

pub fn leak_constant() -> SecretString {
    SIGNING.to_owned().into() // id=constant //~ LEAK hardcoded_secret
}

pub fn leak_parsed() -> SecretString {
    "n4BxT8vJr6DsYw1H".parse().unwrap() //~ LEAK hardcoded_secret
}

struct Database {
    host: &'static str,
    code: secrecy::SecretString,
}

pub fn leak_in_a_struct() -> secrecy::SecretString {
    let database = Database {
        host: "db",
        code: "Kq2ZrP7mVx4NcT9e".into(), //~ LEAK hardcoded_secret
    };
    database.code
}

// A provider's token has a shape of its own, wherever it goes.
pub fn leak_provider_token() -> secrecy::SecretString {
    let text = "ghp_Zk3rT9vQx1LmB7wNc5HdJ8sYf2GpVa4RuEo0"; // id=provider //~ LEAK hardcoded_secret
    text.to_owned().into() // alt=provider //~ ANY
}

pub fn ok_loaded(given: String) -> SecretString {
    println!("p9sUV3"); //~ OK
    given.into() //~ OK
}

pub fn ok_variable() -> secrecy::SecretString {
    std::env::var("API_KEY").unwrap_or_default().into() //~ OK
}

pub fn ok_empty() -> secrecy::SecretString {
    secrecy::SecretString::from(String::new()) //~ OK
}

pub fn ok_read_from_a_file() -> std::io::Result<SecretString> {
    let name = "/run/secrets/api_key"; //~ OK
    std::fs::read_to_string(name).map(SecretString::from) //~ OK
}

pub fn ok_plain_literals() -> usize {
    let version = "ghp_ is the prefix of a token"; //~ OK
    let example = "AKIAIOSFODNN7EXAMPLE"; //~ OK
    let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"; //~ OK
    let uuid = "8c9d1e2f-3a4b-4c5d-8e6f-7a8b9c0d1e2f"; //~ OK
    version.len() + example.len() + hash.len() + uuid.len()
}
