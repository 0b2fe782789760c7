//! Drop: what a type's own says, of the value itself, of what it is in, and of what is dropped early.

use secrecy::{ExposeSecret, SecretString};

struct Lease {
    name: String,
    code: String,
}

impl Drop for Lease {
    fn drop(&mut self) {
        println!("{}", self.name); //~ OK
        println!("{}", self.code); // id=lease //~ LEAK secret_in_log
    }
}

pub fn leak_at_the_end(s: &SecretString) {
    let lease = Lease { name: "a".into(), code: s.expose_secret().into() }; // alt=lease //~ ANY
}

struct Session {
    inner: Cached,
}

struct Cached {
    text: String,
}

impl Drop for Cached {
    fn drop(&mut self) {
        log::debug!("forgets {}", self.text); // id=cached //~ LEAK secret_in_log
    }
}

pub fn leak_inside(s: &SecretString) {
    let sessions = vec![Session { inner: Cached { text: s.expose_secret().into() } }]; // alt=cached //~ ANY
    drop(sessions);
}

struct AtExit<F: Fn()>(F);

impl<F: Fn()> Drop for AtExit<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

pub fn leak_in_a_guard(s: &SecretString) {
    let text = s.expose_secret();
    let _guard = AtExit(|| println!("done with {text}")); //~ LEAK secret_in_log
}

struct Quiet {
    name: String,
    code: String,
}

impl Drop for Quiet {
    fn drop(&mut self) {
        self.code.clear();
        println!("{} {}", self.name, self.code); //~ OK
    }
}

pub fn ok_quiet(s: &SecretString) {
    let quiet = Quiet { name: "a".into(), code: s.expose_secret().into() };
    let length = s.expose_secret().len();
    let _guard = AtExit(|| println!("done with {length}")); //~ OK
    drop(Some(quiet));
}
