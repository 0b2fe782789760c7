//! `{:?}` of a config of twelve fields, four of them secret, into a `String`.

use std::fmt::{self, Debug, Write};
use std::hint::black_box;

use secret_core::SecretString;

use crate::{Result, allocations, instructions, report};

/// The same config with each way to derive `Debug`.
macro_rules! config {
    (
        $name:ident, $secret:ty,
        #[$derive:meta]
        text $(#[$text:meta])?,
        secret $(#[$mark:meta])?
    ) => {
        mod $name {
            use super::*;

            #[$derive]
            #[allow(dead_code, reason = "the fields are read by `Debug` alone, which does not count")]
            pub(super) struct Config {
                $(#[$text])? pub(super) host: String,
                pub(super) port: u16,
                $(#[$text])? pub(super) region: String,
                pub(super) workers: u32,
                pub(super) memory_limit: u64,
                pub(super) verbose: bool,
                pub(super) retries: Option<u32>,
                $(#[$text])? pub(super) service: String,
                $(#[$mark])? pub(super) api_key: $secret,
                $(#[$mark])? pub(super) password: $secret,
                $(#[$mark])? pub(super) signing_key: $secret,
                $(#[$mark])? pub(super) session_token: $secret,
            }

            pub(super) fn config() -> Config {
                let secret = || <$secret>::from(String::from("0123456789abcdef0123456789abcdef"));
                Config {
                    host: String::from("api.example.com"),
                    port: 8080,
                    region: String::from("eu-central-1"),
                    workers: 16,
                    memory_limit: 536_870_912,
                    verbose: false,
                    retries: Some(3),
                    service: String::from("billing"),
                    api_key: secret(),
                    password: secret(),
                    signing_key: secret(),
                    session_token: secret(),
                }
            }
        }
    };
}

type Std = String;

config!(
    std_derive,
    Std,
    #[derive(Debug)]
    text,
    secret
);
config!(ours, SecretString, #[derive(secret_core::Redact)] text #[redact(safe)], secret);
config!(ours_marked, Std, #[derive(secret_core::Redact)] text #[redact(safe)], secret #[redact]);
config!(
    secrecy_fields,
    secrecy::SecretString,
    #[derive(Debug)]
    text,
    secret
);
config!(veil_fixed, Std, #[derive(veil::Redact)] text, secret #[redact(fixed = 8)]);
config!(veil_partial, Std, #[derive(veil::Redact)] text, secret #[redact(partial)]);
config!(redactable_secret, Std, #[derive(redactable::Sensitive)] text, secret #[sensitive(redactable::Secret)]);

/// What a careful person writes by hand.
struct ByHand(std_derive::Config);

impl Debug for ByHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("host", &self.0.host)
            .field("port", &self.0.port)
            .field("region", &self.0.region)
            .field("workers", &self.0.workers)
            .field("memory_limit", &self.0.memory_limit)
            .field("verbose", &self.0.verbose)
            .field("retries", &self.0.retries)
            .field("service", &self.0.service)
            .field("api_key", &format_args!("[REDACTED]"))
            .field("password", &format_args!("[REDACTED]"))
            .field("signing_key", &format_args!("[REDACTED]"))
            .field("session_token", &format_args!("[REDACTED]"))
            .finish()
    }
}

/// The eight public values without names: what no way of writing the config can save.
struct PublicValues(std_derive::Config);

impl Debug for PublicValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.host.fmt(f)?;
        self.0.port.fmt(f)?;
        self.0.region.fmt(f)?;
        self.0.workers.fmt(f)?;
        self.0.memory_limit.fmt(f)?;
        self.0.verbose.fmt(f)?;
        self.0.retries.fmt(f)?;
        self.0.service.fmt(f)
    }
}

/// A way to write the config, by the name its row has.
type Case = (&'static str, fn() -> Box<dyn Debug>);

const BY_HAND: &str = "by hand, constant placeholders";
const OURS: &str = "derive(Redact), SecretString fields";
const OURS_MARKED: &str = "derive(Redact), String fields marked #[redact]";

const CASES: &[Case] = &[
    (BY_HAND, || Box::new(ByHand(std_derive::config()))),
    ("public values alone", || {
        Box::new(PublicValues(std_derive::config()))
    }),
    (OURS, || Box::new(ours::config())),
    (OURS_MARKED, || Box::new(ours_marked::config())),
    ("redactable", || Box::new(redactable_secret::config())),
    ("secrecy fields, std derive", || {
        Box::new(secrecy_fields::config())
    }),
    ("veil, fixed", || Box::new(veil_fixed::config())),
    ("veil, partial", || Box::new(veil_partial::config())),
    ("plain strings, std derive", || {
        Box::new(std_derive::config())
    }),
];

/// Room for every output, so that the `String` itself never allocates.
const ROOM: usize = 4096;

pub(crate) fn table() -> Result<()> {
    let mut rows = Vec::new();
    let base = instructions::per_call(BY_HAND)?;
    for &(name, make) in CASES {
        let count = instructions::per_call(name)?;
        rows.push(vec![
            name.to_owned(),
            format!("{count:.0}"),
            format!("{:.2}", count / base),
            allocations(make).to_string(),
        ]);
    }
    report::print(
        "`{:?}` of a config of 12 fields, 4 of them secret, into a `String`: instructions and allocations a call",
        &["", "instructions", "ratio", "allocations"],
        &rows,
    );
    Ok(())
}

/// Writes the config of a case so many times, for valgrind to count.
pub(crate) fn repeat(name: &str, count: usize) -> Result<()> {
    let (_, make) = CASES
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or_else(|| format!("there is no case `{name}`"))?;
    let config = make();
    let mut output = String::with_capacity(ROOM);
    for _ in 0..count {
        write(&mut output, &*config);
    }
    Ok(())
}

fn write(output: &mut String, config: &dyn Debug) {
    output.clear();
    // Writing into a `String` cannot fail.
    let _ = write!(output, "{:?}", black_box(config));
    black_box(output);
}

/// Allocations of one call, after one that may set things up once.
fn allocations(make: fn() -> Box<dyn Debug>) -> usize {
    let config = make();
    let mut output = String::with_capacity(ROOM);
    write(&mut output, &*config);
    allocations::count(|| write(&mut output, &*config))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One test, since the counter is shared by all threads.
    #[test]
    fn the_derive_allocates_nothing_and_writes_what_a_person_would() {
        let by_hand = format!("{:?}", ByHand(std_derive::config()));
        for (name, make) in CASES {
            if [OURS, OURS_MARKED].contains(name) {
                assert_eq!(format!("{:?}", make()), by_hand, "{name}");
                assert_eq!(allocations(*make), 0, "{name}");
            }
        }
    }
}
