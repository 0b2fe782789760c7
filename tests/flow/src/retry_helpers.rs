//! Helpers a few calls away: a retry that logs, middleware, a wrapper with a prefix, recursion, early returns.

// real: kjagiello/hermes#6 (the token is part of the failure message)
// real: orhun/rustypaste#111 (a refused token is logged)
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

fn call(url: &str, auth: &str) -> Result<u16, &'static str> {
    if url.len() > auth.len() { Ok(200) } else { Err("unreachable") }
}

fn retry(url: &str, auth: &str, left: u32) -> Option<u16> {
    match call(url, auth) {
        Ok(status) => Some(status),
        Err(reason) if left > 0 => {
            log::warn!("{url} with {auth}: {reason}, {left} left"); // id=retry //~ LEAK secret_in_log
            retry(url, auth, left - 1)
        }
        Err(_) => None,
    }
}

pub fn leak_retry(s: &SecretString) -> bool {
    retry("http://h", s.expose_secret(), 1).is_some() // alt=retry //~ ANY
}

fn authorize(presented: &str, expected: &SecretString) -> bool {
    if presented == expected.expose_secret() {
        return true;
    }
    log::warn!("authorization failure ({presented} for {:?})", expected); //~ OK
    false
}

pub fn ok_presented_is_public(s: &SecretString) -> bool {
    authorize("guess", s) //~ OK
}

fn refuse(presented: &str) {
    tracing::warn!(header = presented, "authorization failure"); // id=refuse //~ LEAK secret_in_log
}

pub fn leak_refused(s: &SecretString) {
    refuse(&format!("Bearer {}", s.expose_secret())); // alt=refuse //~ ANY
}

fn banner(title: &str, lines: &[&str]) {
    println!("== {title}"); // alt=banner //~ ANY
    for line in lines {
        println!("   {line}"); // id=banner //~ LEAK secret_in_log
    }
}

pub fn leak_banner(s: &SecretString) {
    banner("login", &["ada", s.expose_secret()]); // alt=banner //~ ANY
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    log::debug!("{what} begins"); //~ OK
    let result = work();
    log::debug!("{what} took {:?}", Duration::ZERO); //~ OK
    result
}

pub fn ok_timed(s: &SecretString) -> usize {
    let header = timed("login", || format!("Bearer {}", s.expose_secret())); //~ OK
    let status = retry("http://a.long.enough.host/with/a/path/and/more", s.expose_secret(), 0); //~ OK
    banner("login", &["ada"]); //~ OK
    header.len() + usize::from(status.is_some())
}

fn quiet_retry(url: &str, auth: &str, left: u32) -> Option<u16> {
    let status = call(url, auth);
    if let Err(reason) = status {
        log::warn!("{url}: {reason}, {left} left, {} bytes of credential", auth.len()); //~ OK
        return if left == 0 { None } else { quiet_retry(url, auth, left - 1) };
    }
    status.ok()
}

pub fn ok_quiet(s: &SecretString) -> bool {
    quiet_retry("http://h", s.expose_secret(), 2).is_some() //~ OK
}

fn attempts<T>(what: &str, work: impl Fn() -> Result<T, &'static str>) -> Option<T> {
    for attempt in 1..=2 {
        match work() {
            Ok(value) => return Some(value),
            Err(reason) => tracing::warn!(attempt, "{what} failed: {reason}"), // id=attempts //~ LEAK secret_in_log
        }
    }
    None
}

pub fn leak_generic_helper(s: &SecretString) {
    let header = format!("Bearer {}", s.expose_secret());
    attempts(&header, || if header.is_empty() { Ok(()) } else { Err("unreachable") }); // alt=attempts //~ ANY
}

fn quiet<T>(what: &str, work: impl Fn() -> Result<T, &'static str>) -> Option<T> {
    for attempt in 1..=2 {
        match work() {
            Ok(value) => return Some(value),
            Err(reason) => tracing::warn!(attempt, length = what.len(), "failed: {reason}"), //~ OK
        }
    }
    None
}

pub fn ok_generic_helper(s: &SecretString) {
    let header = format!("Bearer {}", s.expose_secret());
    quiet(&header, || if header.is_empty() { Ok(()) } else { Err("unreachable") }); //~ OK
}

struct Hooks {
    database: String,
    webhook: SecretString,
}

impl Hooks {
    fn announce(&self) {
        let mut settings = std::collections::BTreeMap::new();
        settings.insert("database", self.database.clone());
        tracing::info!("starting with {settings:?}"); //~ OK
        settings.insert("webhook", self.webhook.expose_secret().to_owned());
        tracing::info!("starting with {settings:?}"); // id=announce //~ LEAK secret_in_log
    }
}

pub fn leak_event_in_a_method(s: &SecretString) {
    Hooks { database: "h".into(), webhook: s.clone() }.announce(); // alt=announce //~ ANY
}
