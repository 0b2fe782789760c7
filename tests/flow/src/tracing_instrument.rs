//! #[instrument]: arguments, skip, fields, ret, err, methods, async.

// real: tokio-rs/tracing#754 (arguments are recorded unless they are skipped)
// real: CleverCloud/clever-kubernetes-operator#154 (so is a map of secrets)
use secrecy::{ExposeSecret, SecretString};
use tracing::instrument;

#[instrument] // id=open //~ LEAK secret_in_log
fn open_door(door: u32, code: &str) -> usize { // alt=open //~ ANY
    code.len() + door as usize
}

pub fn leak_argument(s: &SecretString) -> usize {
    open_door(4, s.expose_secret()) // alt=open //~ ANY
}

#[instrument(ret)] // id=ret //~ LEAK secret_in_log
fn mint(s: &SecretString) -> String { // alt=ret //~ ANY
    format!("v1.{}", s.expose_secret()) // alt=ret //~ ANY
}

pub fn leak_returned(s: &SecretString) -> usize {
    mint(s).len() // alt=ret //~ ANY
}

#[instrument(skip_all, err)] // id=err //~ LEAK secret_in_log
fn parse(text: &str) -> Result<u32, String> { // alt=err //~ ANY
    text.parse().map_err(|_| format!("not a number: {text}")) // alt=err //~ ANY
}

pub fn leak_error(s: &SecretString) -> bool {
    parse(s.expose_secret()).is_ok() // alt=err //~ ANY
}

#[instrument(skip(s), fields(code = s.expose_secret()))] //~ LEAK secret_in_log
pub fn leak_field(s: &SecretString) {}

#[derive(Debug)]
struct Door(u8);

impl Door {
    #[instrument(level = "debug", skip(self))] // id=method //~ LEAK secret_in_log
    async fn unlock(&self, code: String) -> bool { // alt=method //~ ANY
        code.len() > self.0 as usize
    }

    #[instrument(skip(code), ret)] //~ OK
    async fn try_unlock(&self, code: &str) -> bool {
        code.len() > self.0 as usize
    }
}

pub async fn leak_async_method(s: &SecretString) -> bool {
    Door(1).unlock(s.expose_secret().to_owned()).await // alt=method //~ ANY
}

#[instrument] //~ OK
fn typed(user: &str, code: &SecretString) -> usize {
    user.len() + code.expose_secret().len()
}

#[instrument(skip(code), fields(length = code.len()))] //~ OK
fn skipped(user: &str, code: &str) -> usize {
    user.len() + code.len()
}

#[instrument(skip_all, ret)] //~ OK
fn counted(code: &str) -> usize {
    code.len()
}

#[instrument(err, skip_all)] //~ OK
fn checked(code: &str) -> Result<(), std::num::ParseIntError> {
    code.parse::<u32>().map(|_| ())
}

pub async fn ok_instrumented(s: &SecretString) -> usize {
    let open = Door(1).try_unlock(s.expose_secret()).await; //~ OK
    let bad = checked(s.expose_secret()).is_err(); //~ OK
    typed("ada", s) + skipped("ada", s.expose_secret()) + counted(s.expose_secret()) + usize::from(open ^ bad) //~ OK
}

#[instrument(skip(s))] //~ OK
pub fn ok_entry(s: &SecretString) -> usize {
    open_door(4, "public") + s.expose_secret().len()
}
