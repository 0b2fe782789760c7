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

static PEPPER: &str = "Rk8wZ3tVn6XqLc2B"; // alt=static //~ ANY

pub fn leak_static() -> SecretString {
    SecretString::from(PEPPER.to_owned()) // id=static //~ LEAK hardcoded_secret
}

pub fn leak_boxed() -> secrecy::SecretString {
    let text: Box<str> = "Gd5yMv9KpT3xWz7n".into(); // alt=boxed //~ ANY
    secrecy::SecretString::new(text) // id=boxed //~ LEAK hardcoded_secret
}

pub fn leak_bytes() -> secrecy::SecretString {
    let text = String::from_utf8(b"Lc4vQ8zRn2TmXk6W".to_vec()).unwrap(); // alt=bytes //~ ANY
    text.into() // id=bytes //~ LEAK hardcoded_secret
}

fn secret_of(text: &str) -> SecretString {
    text.to_owned().into() // id=helper //~ LEAK hardcoded_secret
}

pub fn leak_through_a_helper() -> SecretString {
    secret_of("Ty2bN7wKx4VmQz9c") // alt=helper //~ ANY
}

pub fn leak_default() -> secrecy::SecretString {
    let given = std::env::var("PEPPER").ok();
    given.as_deref().unwrap_or("Wd6nPz2sKv8QjH4t").into() //~ LEAK hardcoded_secret
}

pub fn leak_in_a_match(given: String) -> secrecy::SecretString {
    let text = match given.strip_prefix("mode=") {
        Some(mode) => mode.to_owned(), //~ OK
        None => format!("Bq3xL7vTz9NkRm5d"), // alt=match //~ ANY
    };
    secrecy::SecretString::from(text) // id=match //~ LEAK hardcoded_secret
}

pub fn leak_map() -> Option<SecretString> {
    Some("Hs7cVx2WqLn9KtZ4").map(str::to_owned).map(SecretString::from) //~ LEAK hardcoded_secret
}

pub fn ok_looked_up() -> secrecy::SecretString {
    let stored = std::collections::HashMap::from([("v2kR8xTq1LmZ5nWd", std::env::var("STORED").unwrap_or_default())]); //~ OK
    stored.get("v2kR8xTq1LmZ5nWd").cloned().unwrap_or_default().into() //~ OK
}

pub fn ok_named_variable() -> secrecy::SecretString {
    std::env::var("n4BxT8vJr6DsYw1K").unwrap_or_default().into() //~ OK
}

fn variable(name: &str) -> SecretString {
    std::env::var(name).unwrap_or_default().into() //~ OK
}

pub fn ok_variable_by_helper() -> SecretString {
    variable("n4BxT8vJr6DsYw1K") //~ OK
}

pub fn ok_placeholders() -> usize {
    let secrets = [
        SecretString::from(String::from("changeme")), //~ OK
        SecretString::from(String::from("<your-api-key>")), //~ OK
        SecretString::from(String::from("test-Vt5nXq8ZkL2r")), //~ OK
        SecretString::from(String::from("aaaaaaaaaaaaaaaa1")), //~ OK
        SecretString::from(String::from("API_KEY_2")), //~ OK
        SecretString::from(String::from("secret")), //~ OK
        SecretString::from(String::from("")), //~ OK
    ];
    secrets.len()
}

pub fn ok_not_a_secret() -> secrecy::SecretString {
    let build = "Xm4kTz8vQn2LwR6c"; //~ OK
    println!("{build}"); //~ OK
    std::env::var("STORED").unwrap_or_else(|_| build.len().to_string()).into() //~ OK
}
