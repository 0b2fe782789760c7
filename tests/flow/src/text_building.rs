//! Text that is put together before it is printed: format!, concat, join, push_str, +, write!, replace, a buffer that is reused.

use std::fmt::Write;

use secrecy::{ExposeSecret, SecretString};

pub fn leak_format(s: &SecretString) {
    let line = format!("Bearer {}", s.expose_secret());
    log::debug!("sending {line}"); //~ LEAK secret_in_log
    let again = String::from("> ") + &line;
    log::debug!("{}", again); //~ LEAK secret_in_log
}

pub fn leak_joined(s: &SecretString) {
    let parts = ["user", s.expose_secret()];
    println!("{}", parts.join(":")); //~ LEAK secret_in_log
    println!("{}", parts.concat()); //~ LEAK secret_in_log
    println!("{}", parts[0].len()); //~ OK
}

pub fn leak_grown(s: &SecretString) {
    let mut text = String::with_capacity(64);
    text.push_str("dsn=");
    text += s.expose_secret();
    println!("{text}"); //~ LEAK secret_in_log
    let mut line = String::new();
    write!(line, "{:>40}", s.expose_secret()).unwrap();
    println!("{}", line.trim()); //~ LEAK secret_in_log
}

pub fn leak_changed(s: &SecretString) {
    println!("{}", s.expose_secret().to_uppercase()); //~ LEAK secret_in_log
    println!("{}", s.expose_secret().replace('-', "_")); //~ LEAK secret_in_log
    println!("{}", &s.expose_secret()[..12]); //~ LEAK secret_in_log
    let (head, _) = s.expose_secret().split_at(10);
    println!("{head}…"); //~ LEAK secret_in_log
    println!("{}", format_args!("<{}>", s.expose_secret())); //~ LEAK secret_in_log
}

fn greeting(out: &mut String, user: &str) {
    write!(out, "hello {user}").unwrap();
}

pub fn ok_built(s: &SecretString) -> String {
    let header = format!("Bearer {}", s.expose_secret()); //~ OK
    let mut text = String::new();
    greeting(&mut text, "ada");
    println!("{text}"); //~ OK
    let length = format!("{}", header.len());
    println!("{length}"); //~ OK
    println!("{}", "*".repeat(s.expose_secret().len())); //~ OK
    header
}

pub fn ok_cleared(s: &SecretString) {
    let mut text = s.expose_secret().to_owned();
    let used = text.len();
    text = String::from("done"); // a new value
    println!("{text} {used}"); //~ OK
    let mut buffer = s.expose_secret().to_owned();
    buffer.clear();
    buffer.push_str("empty");
    println!("{buffer}"); //~ OK
    let mut other = s.expose_secret().to_owned();
    drop(std::mem::take(&mut other));
    println!("{other}"); //~ OK
}
