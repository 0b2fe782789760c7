//! Errors whose Debug shows a field that their Display leaves out: what prints the Debug is reported.

use std::error::Error;
use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

#[derive(Debug, Error)]
enum Rejected {
    #[error("the code was rejected")]
    Code(String),
    #[error("rejected for {user}")]
    User { user: String, header: String },
}

fn reject(code: &str) -> Result<u32, Rejected> {
    Err(Rejected::Code(code.to_owned())) //~ OK
}

fn reject_user(code: &str) -> Result<u32, Rejected> {
    Err(Rejected::User { user: "ada".into(), header: format!("Bearer {code}") }) //~ OK
}

pub fn leak_printed(s: &SecretString) {
    if let Err(error) = reject(s.expose_secret()) {
        eprintln!("{error}"); //~ OK
        eprintln!("{error:?}"); //~ LEAK secret_in_log
        tracing::warn!(%error, "rejected"); //~ OK
        tracing::warn!(?error, "rejected"); //~ LEAK secret_in_log
    }
}

pub fn leak_unwrapped(s: &SecretString) {
    reject(s.expose_secret()).unwrap(); //~ LEAK secret_in_log
}

pub fn leak_expected(s: &SecretString) {
    reject_user(s.expose_secret()).expect("no user"); //~ LEAK secret_in_log
}

pub fn leak_boxed(s: &SecretString) {
    let boxed: Box<dyn Error> = reject(s.expose_secret()).unwrap_err().into();
    log::error!("{boxed}"); //~ OK
    log::error!("{boxed:?}"); //~ LEAK secret_in_log
}

struct Denied {
    header: String,
}

impl fmt::Debug for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Denied").finish_non_exhaustive() //~ OK
    }
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("denied") //~ OK
    }
}

impl Error for Denied {}

pub fn ok_denied(s: &SecretString) -> Result<(), Box<dyn Error>> {
    let denied = Denied { header: format!("Bearer {}", s.expose_secret()) }; //~ OK
    log::error!("{denied} {denied:?}"); //~ OK
    Err(denied.into()) //~ OK
}

pub fn ok_display(s: &SecretString) {
    if let Err(error) = reject_user(s.expose_secret()) {
        log::error!("{error}"); //~ OK
        eprintln!("{}", error.to_string()); //~ OK
    }
}
