//! What the author of a client library does: take a `Secret`, and be safe to print.
//!
//! The users of this client hold it in their own structs and log those. They need not know what is in it.

use std::time::Duration;

use secret_core::{Redact, SecretString};

/// A client of some API. `Debug` is safe, and so the type may be a field of any `#[derive(Redact)]`.
#[derive(Redact)]
#[allow(dead_code, reason = "a real client sends requests")]
pub struct Client {
    #[redact(safe)]
    base_url: String,
    token: SecretString,
    timeout: Duration,
}

impl Client {
    /// Takes whatever becomes a secret: a `SecretString` of this crate or of `secrecy`, or a `String`. A literal does
    /// not compile.
    pub fn new(base_url: &str, token: impl Into<SecretString>) -> Self {
        Self {
            base_url: base_url.to_owned(),
            token: token.into(),
            timeout: Duration::from_secs(30),
        }
    }

    /// The one place where the token is opened.
    pub fn sign(&self, body: &str) -> u64 {
        checksum(self.token.expose_secret().bytes().chain(body.bytes()))
    }
}

/// Stands for a real signature.
fn checksum(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(17, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(byte))
    })
}

/// An error that says which client failed without saying how it signs in.
#[derive(Redact)]
#[redact(display = "{client:?} gave up after {tries} tries")]
pub struct GaveUp<'a> {
    client: &'a Client,
    tries: u16,
}

impl std::error::Error for GaveUp<'_> {}

/// A user's own struct around the client.
#[derive(Redact)]
#[allow(dead_code, reason = "only printed")]
struct Worker {
    id: u32,
    client: Client,
}

fn main() {
    let token: String = std::env::vars().map(|(name, _)| name).collect();
    let worker = Worker {
        id: 7,
        client: Client::new("https://api.example.com", token),
    };
    println!("{worker:?}");
    println!(
        "signature of {} bits",
        worker.client.sign("hello").ilog2() + 1
    );
    println!(
        "{}",
        GaveUp {
            client: &worker.client,
            tries: 3
        }
    );
}
