//! Shapes of leaks from public trackers that no other file has.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

// real: cowprotocol/services#1278 (a wrong configuration panics with the whole file in its text)
fn parse_settings(text: &str) -> Result<u16, String> {
    text.lines()
        .find_map(|line| line.strip_prefix("port="))
        .and_then(|port| port.parse().ok())
        .ok_or_else(|| format!("no port in:\n{text}")) // id=settings //~ LEAK secret_in_error|secret_in_log
}

pub fn leak_settings(s: &SecretString) -> u16 {
    let text = format!("host=h\ncode={}", s.expose_secret());
    parse_settings(&text).unwrap() // alt=settings //~ ANY
}

// real: rust-lang/triagebot#728 (a request's Debug with its Authorization)
#[derive(Debug)] // alt=outgoing //~ ANY
struct Outgoing { // alt=outgoing //~ ANY
    path: String,
    headers: Vec<(String, String)>, // alt=outgoing //~ ANY
}

pub fn leak_outgoing(s: &SecretString) {
    let headers = vec![("Authorization".to_owned(), format!("token {}", s.expose_secret()))];
    let outgoing = Outgoing { path: "/repos".into(), headers }; // id=outgoing //~ LEAK secret_to_plain|secret_in_log
    log::trace!("sending {outgoing:?}"); // alt=outgoing //~ ANY
    log::trace!("sending to {}", outgoing.path); //~ OK
}

// real: fallow-rs/fallow#487 (an error of the transport tells the header it was sent with)
struct Transport(String);

impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "connection closed, sent {}", self.0) // alt=transport //~ ANY
    }
}

pub fn leak_transport(s: &SecretString) {
    let failed = Transport(format!("Authorization: Bearer {}", s.expose_secret()));
    eprintln!("upload failed: {failed}"); // id=transport //~ LEAK secret_in_log
}

// real: ferro-labs/ferrotunnel#128 (a token on the server's command line, which it prints at the start)
pub fn leak_command_line(s: &SecretString) {
    let mut command = std::process::Command::new("ferro");
    command.arg("--listen").arg(s.expose_secret()); // id=command //~ LEAK secret_in_args
    log::debug!("running {command:?}"); // alt=command //~ ANY
}

pub fn ok_settings(s: &SecretString) -> usize {
    let text = format!("port=80\ncode={}", s.expose_secret());
    let port = text.lines().next().and_then(|line| line.strip_prefix("port="));
    println!("{} lines", text.lines().count()); //~ OK
    println!("{}", port.is_some()); //~ OK
    text.len()
}

struct Careful {
    path: String,
    headers: Vec<(String, SecretString)>,
}

impl fmt::Debug for Careful {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|header| header.0.as_str()).collect();
        f.debug_struct("Careful").field("path", &self.path).field("headers", &names).finish() //~ OK
    }
}

pub fn ok_outgoing(s: &SecretString) {
    let careful = Careful { path: "/repos".into(), headers: vec![("Authorization".into(), s.clone())] }; //~ OK
    log::trace!("sending {careful:?}"); //~ OK
    eprintln!("upload failed: {}", careful.path); //~ OK
    println!("{}", careful.headers.iter().any(|header| header.1.expose_secret().is_empty())); //~ OK
}
