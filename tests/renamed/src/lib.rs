//! A user of the derive without std, whose `Cargo.toml` gives `secret-core` another name.
//!
//! ```
//! use secret_tests_renamed::{Config, Login};
//!
//! let config = Config { port: 80, key: String::from("hunter2").into(), cookie: String::from("hunter2") };
//! assert_eq!(format!("{config:?}"), "Config { port: 80, key: [REDACTED], cookie: [REDACTED] }");
//! assert_eq!(config.to_string(), "80 [REDACTED]");
//! assert_eq!(format!("{:?}", Login::Named(String::from("ada"))), "Login([REDACTED])");
//! ```
#![no_std]

extern crate alloc;

use alloc::string::String;

use redaction::{Redact, SecretString};

/// Every part of the expansion: `Debug`, `Display` and `Drop`.
#[derive(Redact)]
#[redact(crate = redaction, display = "{port} {cookie}", zeroize)]
pub struct Config {
    /// Printed.
    pub port: u16,
    /// Redacts itself.
    pub key: SecretString,
    /// Marked.
    #[redact]
    pub cookie: String,
}

/// Says nothing about which login it is.
#[derive(Redact)]
#[redact(crate = redaction, variant)]
pub enum Login {
    /// Nobody.
    Guest,
    /// Somebody.
    Named(String),
}
