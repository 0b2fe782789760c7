use secret_core::SecretBytes;
use serde::Serialize;

#[derive(Serialize)]
struct Config {
    #[serde(with = "secret_core::serde::base64")]
    key: SecretBytes,
}

fn main() {}
