//! From `secrecy` to `secret-core`, a struct at a time: both kinds of secret turn into each other without a copy.

use secrecy::ExposeSecret;
use secret_core::{Redact, SecretString};

/// Before. `Debug` of the secret is redacted, `password` is printed, and so is whatever is exposed.
#[derive(Debug)]
struct Before {
    api_key: secrecy::SecretString,
    #[allow(dead_code, reason = "printed by `Debug`, which is the trouble")]
    region: String,
}

/// After. `region` needs a decision, and what is exposed does not print.
#[derive(Redact)]
struct After {
    api_key: SecretString,
    #[redact(safe)]
    region: String,
}

impl From<Before> for After {
    fn from(before: Before) -> Self {
        Self {
            api_key: before.api_key.into(),
            region: before.region,
        }
    }
}

/// A crate that still takes secrecy's type.
fn third_party(key: &secrecy::SecretString) -> usize {
    key.expose_secret().len()
}

/// A function that takes any secret through secrecy's trait takes ours as it is.
fn generic(key: &impl ExposeSecret<str>) -> usize {
    key.expose_secret().len()
}

fn main() {
    let key: String = std::env::args().collect();
    let before = Before {
        api_key: key.into(),
        region: String::from("eu"),
    };
    println!("{before:?}");
    let after = After::from(before);
    println!("{after:?}");
    assert!(generic(&after.api_key) > 0 && after.region == "eu");
    let handed_on: secrecy::SecretString = after.api_key.into();
    assert!(third_party(&handed_on) > 0);
}
