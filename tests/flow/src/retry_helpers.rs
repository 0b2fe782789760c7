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
