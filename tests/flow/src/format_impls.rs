//! Display and Debug implementations that open a secret: reported by themselves, and where their value is printed.

// real: a16z/magi#119 (the Debug of a JWT secret printed it)
use std::fmt;

use secrecy::{ExposeSecret, SecretString};

struct Shown(SecretString);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "key {}", self.0.expose_secret()) // id=shown //~ LEAK secret_in_log
    }
}

pub fn leak_display(s: &SecretString) {
    println!("{}", Shown(s.clone())); // alt=shown //~ ANY
}

struct Account {
    user: String,
    code: SecretString,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("user", &self.user).field("code", &self.code.expose_secret()).finish() // id=account //~ LEAK secret_in_log
    }
}

pub fn leak_debug(s: &SecretString) {
    let account = Account { user: "ada".into(), code: s.clone() };
    log::info!("{account:?}"); // alt=account //~ ANY
}

struct Hex(Vec<u8>);

impl fmt::LowerHex for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

pub fn leak_lower_hex(s: &SecretString) {
    println!("{:x}", Hex(s.expose_secret().as_bytes().to_vec())); //~ LEAK secret_in_log
}

struct Login {
    user: String,
    code: SecretString,
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} chars)", self.user, self.code.expose_secret().len()) //~ OK
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("user", &self.user).field("code", &"***").finish_non_exhaustive() //~ OK
    }
}

struct Masked<'a>(&'a str);

impl fmt::Display for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "unset" } else { "set" }) //~ OK
    }
}

pub fn ok_careful(s: &SecretString) {
    let login = Login { user: "ada".into(), code: s.clone() };
    println!("{login} {login:?}"); //~ OK
    println!("{}", Masked(s.expose_secret())); //~ OK
    tracing::info!(key = %Masked(s.expose_secret()), %login); //~ OK
}
