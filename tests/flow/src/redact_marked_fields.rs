//! `#[derive(Redact)]`: a field that is marked is a source wherever it is read.

// real: nats-io/nats.rs#1616 (a password and tokens in the trace log on every connect)
use secret_core::{Redact, SecretString};

#[derive(Redact)]
struct Login {
    #[redact(safe)]
    user: String,
    #[redact]
    cookie: String,
    #[redact(last = 4)]
    card: String,
    api_key: SecretString,
    tries: u32,
}

fn login(s: &SecretString) -> Login {
    let text = s.expose_secret().declassify("so that only the mark on the field says that it is one").to_owned();
    Login { user: "ada".into(), cookie: text.clone(), card: text, api_key: s.clone(), tries: 3 }
}

pub fn leak_field(s: &SecretString) {
    let login = login(s);
    println!("{}", login.cookie); //~ LEAK secret_in_log
    println!("{}", login.card); //~ LEAK secret_in_log
    println!("{}", login.user); //~ OK
    println!("{login:?} {}", login.tries); //~ OK
}

pub fn leak_destructured(s: &SecretString) {
    let Login { cookie, user, .. } = login(s);
    log::info!("{user}"); //~ OK
    log::info!("{cookie}"); //~ LEAK secret_in_log
}

fn header(login: &Login) -> String {
    format!("session={}", login.cookie)
}

pub fn leak_through_a_function(s: &SecretString) {
    tracing::info!("{}", header(&login(s))); //~ LEAK secret_in_log
    tracing::info!("{}", header(&login(s)).len()); //~ OK
}

#[derive(Redact)]
enum Method {
    Anonymous,
    Shared(#[redact] String),
}

pub fn leak_variant(s: &SecretString) {
    if let Method::Shared(text) = Method::Shared(login(s).user) {
        println!("shared"); //~ OK
    }
    if let Method::Shared(text) = Method::Shared(s.expose_secret().declassify("as above").to_owned()) {
        println!("{text}"); //~ LEAK secret_in_log
    }
}

pub fn ok_printed(s: &SecretString) {
    let login = login(s);
    println!("{login:?}"); //~ OK
    log::info!("{login:#?}"); //~ OK
    tracing::info!(?login, tries = login.tries); //~ OK
    println!("{} {:?}", login.api_key, Method::Anonymous); //~ OK
}

pub fn ok_compared(s: &SecretString) -> usize {
    let login = login(s);
    println!("{}", login.cookie.len()); //~ OK
    println!("{}", login.cookie.is_empty()); //~ OK
    println!("{}", login.user.to_uppercase()); //~ OK
    header(&login).len()
}
