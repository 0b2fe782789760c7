//! The redact crate as a source; zeroize's wrapper as a way through.

use redact::Secret;
use zeroize::{Zeroize, Zeroizing};

pub fn leak_redact(s: &secrecy::SecretString) {
    let key: Secret<String> = Secret::new(secrecy::ExposeSecret::expose_secret(s).to_owned());
    println!("{}", key.expose_secret()); //~ LEAK secret_in_log
    log::info!("{}", key.expose_secret().trim()); //~ LEAK secret_in_log
    println!("{key:?}"); //~ OK
}

fn key() -> Secret<String> {
    Secret::new(std::env::var("API_KEY").unwrap_or_default())
}

pub fn leak_redact_from_elsewhere() {
    let text = key().expose_secret().to_uppercase();
    eprintln!("{text}"); //~ LEAK secret_in_log
    tracing::warn!(code = key().expose_secret().as_str()); //~ LEAK secret_in_log
}

pub fn leak_redact_reference() {
    let key = key();
    let reference: Secret<&str> = Secret::new(key.expose_secret());
    println!("{}", reference.expose_secret()); //~ LEAK secret_in_log
}

pub fn leak_zeroizing(s: &secrecy::SecretString) {
    let text = Zeroizing::new(secrecy::ExposeSecret::expose_secret(s).to_owned());
    println!("{}", *text); //~ LEAK secret_in_log
    println!("{text:?}"); //~ OK
    println!("{}", text.as_str()); //~ LEAK secret_in_log
    println!("{}", text.len()); //~ OK
}

pub fn ok_redact() {
    let key = key();
    println!("{key:?}"); //~ OK
    tracing::info!(?key, length = key.expose_secret().len()); //~ OK
    let number = Secret::new(key.expose_secret().len()); //~ OK
    println!("{number:?}"); //~ OK
}

pub fn ok_wiped(s: &secrecy::SecretString) {
    let mut text = secrecy::ExposeSecret::expose_secret(s).to_owned();
    text.zeroize();
    println!("{text}"); //~ OK
    let public = Zeroizing::new(String::from("public"));
    println!("{}", *public); //~ OK
}
