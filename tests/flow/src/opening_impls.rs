//! Implementations that open a secret: whether anything prints the type or not, by helpers, inside of other types.

use std::fmt::{self, Debug, Write};

use secrecy::{ExposeSecret, SecretString};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use thiserror::Error;

enum Auth {
    Anonymous,
    Token(SecretString),
    Basic { user: String, code: SecretString },
}

impl fmt::Display for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anonymous => f.write_str("anonymous"), //~ OK
            Self::Token(token) => write!(f, "token {}", token.expose_secret()), // id=token //~ LEAK secret_in_log
            Self::Basic { user, .. } => write!(f, "basic {user}"), //~ OK
        }
    }
}

pub fn leak_variant(s: &SecretString) {
    println!("{}", Auth::Token(s.clone())); // alt=token //~ ANY
    println!("{}", Auth::Basic { user: "ada".into(), code: s.clone() }); //~ OK
    println!("{}", Auth::Anonymous); //~ OK
}

struct Quiet(SecretString);

impl Debug for Quiet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Quiet").field(&self.0.expose_secret()).finish() // id=quiet //~ LEAK secret_in_log
    }
}

/// Nobody here prints it.
pub fn leak_unprinted(s: &SecretString) -> Box<dyn Debug> {
    Box::new(Quiet(s.clone())) // alt=quiet //~ ANY
}

struct Key(SecretString);

impl Key {
    fn text(&self) -> &str {
        self.0.expose_secret()
    }

    fn start(&self) -> usize {
        self.text().len().min(2)
    }
}

fn field(f: &mut fmt::Formatter<'_>, name: &str, value: &str) -> fmt::Result {
    f.write_str(name)?;
    f.write_char('=')?;
    f.write_str(value)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        field(f, "length", &self.start().to_string())?; //~ OK
        field(f, "key", self.text()) // id=helper //~ LEAK secret_in_log
    }
}

impl fmt::UpperHex for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().bytes().try_for_each(|byte| write!(f, "{byte:02X}")) // id=hex //~ LEAK secret_in_log
    }
}

pub fn leak_helper(s: &SecretString) {
    let key = Key(s.clone());
    eprintln!("{key}"); // alt=helper //~ ANY
    eprintln!("{key:X}"); // alt=hex //~ ANY
}

#[derive(Debug)]
struct Holder {
    name: String,
    quiet: Vec<Quiet>,
}

/// The derive shows what the field shows, which is reported there.
pub fn leak_held(s: &SecretString) {
    println!("{:?}", Holder { name: "ada".into(), quiet: vec![Quiet(s.clone())] }); // alt=quiet //~ ANY
}

#[derive(Error, Debug)]
enum Denied {
    #[error("denied with {}", .0.expose_secret())] // id=denied //~ LEAK secret_in_log|secret_in_error
    Code(SecretString),
    #[error("denied after {} tries", .0)]
    Tries(u8),
}

pub fn leak_error(s: &SecretString) {
    eprintln!("{}", Denied::Code(s.clone())); // alt=denied //~ ANY
    eprintln!("{}", Denied::Tries(3)); //~ OK
}

struct Login {
    user: String,
    code: SecretString,
}

impl Serialize for Login {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Login", 2)?;
        fields.serialize_field("user", &self.user)?; //~ OK
        fields.serialize_field("code", self.code.expose_secret())?; // id=login //~ LEAK secret_to_plain|secret_in_log
        fields.end() //~ OK
    }
}

struct Code(SecretString);

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.expose_secret().serialize(serializer) // id=delegated //~ LEAK secret_to_plain|secret_in_log
    }
}

#[derive(Serialize)]
struct Body {
    login: Login,
    code: Code,
}

pub fn leak_body(s: &SecretString) -> serde_json::Value {
    let body = Body { login: Login { user: "ada".into(), code: s.clone() }, code: Code("".into()) };
    serde_json::to_value(body).unwrap() // alt=login //~ ANY
}

pub fn leak_delegated(s: &SecretString) -> serde_json::Value {
    serde_json::to_value(Code(s.clone())).unwrap() // alt=delegated //~ ANY
}

struct Plain {
    text: String,
}

impl Debug for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text) //~ OK
    }
}

/// The implementation shows whatever it has, and what it has here is no secret.
pub fn ok_plain(s: &SecretString) -> Box<dyn Debug> {
    Box::new(Plain { text: s.expose_secret().len().to_string() }) //~ OK
}

struct Masked(SecretString);

impl Debug for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.0.expose_secret().chars().count();
        write!(f, "{} ({length})", "*".repeat(length)) //~ OK
    }
}

impl Serialize for Masked {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(self.0.expose_secret().is_empty()) //~ OK
    }
}

pub fn ok_masked(s: &SecretString) -> Box<dyn Debug> {
    Box::new(Masked(s.clone())) //~ OK
}

pub fn ok_serialized(s: &SecretString) -> serde_json::Value {
    serde_json::to_value(Masked(s.clone())).unwrap() //~ OK
}

struct Wire(String);

impl Wire {
    /// Writes text for the other side, which is no formatter's.
    fn add(&mut self, key: &SecretString) -> fmt::Result {
        write!(self.0, "Bearer {}", key.expose_secret()) //~ OK
    }
}

pub fn ok_wire(s: &SecretString) -> usize {
    let mut wire = Wire(String::new());
    wire.add(s).unwrap(); //~ OK
    wire.0.len()
}
