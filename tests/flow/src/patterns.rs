//! match, if let, let-else, guards, bindings, slices, ranges, nested enums.

use secrecy::{ExposeSecret, SecretString};

enum Credential {
    None,
    Basic { user: String, code: String },
    Raw(String, u16),
}

fn basic(s: &SecretString) -> Credential {
    Credential::Basic { user: "ada".into(), code: s.expose_secret().into() }
}

pub fn leak_match(s: &SecretString) {
    match basic(s) {
        Credential::Basic { code, user } => {
            println!("{user}"); //~ OK
            println!("{code}"); //~ LEAK secret_in_log
        }
        _ => println!("none"), //~ OK
    }
}

pub fn leak_if_let(s: &SecretString) {
    if let Credential::Raw(text, port) = Credential::Raw(s.expose_secret().into(), 80) {
        println!("{port}"); //~ OK
        println!("{text}"); //~ LEAK secret_in_log
    }
}

pub fn leak_let_else(s: &SecretString) {
    let Some(rest) = s.expose_secret().strip_prefix('q') else {
        println!("no prefix"); //~ OK
        return;
    };
    println!("{rest}"); //~ LEAK secret_in_log
}

pub fn leak_guard(s: &SecretString) {
    match s.expose_secret() {
        "" => println!("empty"),                      //~ OK
        text if text.len() > 5 => println!("{text}"), //~ LEAK secret_in_log
        _ => println!("short"),                       //~ OK
    }
}

pub fn leak_binding(s: &SecretString) {
    match Some(s.expose_secret()) {
        whole @ Some(_) => println!("{whole:?}"), //~ LEAK secret_in_log
        None => println!("none"),                 //~ OK
    }
    let bytes = s.expose_secret().as_bytes();
    if let [first, rest @ ..] = bytes {
        println!("{}", String::from_utf8_lossy(rest)); //~ LEAK secret_in_log
        println!("{}", first.is_ascii()); //~ OK
    }
}

pub fn ok_choice(s: &SecretString) {
    let kind = match s.expose_secret() {
        text if text.starts_with("ghp_") => "classic",
        text if text.starts_with("github_pat_") => "fine-grained",
        _ => "unknown",
    };
    println!("{kind}"); //~ OK
    let Credential::Basic { user, .. } = basic(s) else { return };
    println!("{user}"); //~ OK
    println!("{}", matches!(basic(s), Credential::None)); //~ OK
}

pub fn ok_split_once(s: &SecretString) -> bool {
    if let Some((_, _)) = s.expose_secret().split_once(':') {
        println!("user and value"); //~ OK
    }
    let Credential::Raw(_, port) = Credential::Raw(s.expose_secret().into(), 443) else {
        return false;
    };
    println!("{port}"); //~ OK
    port > 0
}
