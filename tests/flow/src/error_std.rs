//! Errors of the standard library: io::Error, Box<dyn Error>, String, fmt by hand, FromUtf8Error, NulError.

// real: rust-lang/triagebot#2231 (tokens got into the log by way of errors)
use std::error::Error;
use std::ffi::CString;
use std::fmt;
use std::io;

use secrecy::{ExposeSecret, SecretString};

pub fn leak_io(s: &SecretString) -> io::Result<()> {
    Err(io::Error::other(format!("refused {}", s.expose_secret()))) //~ LEAK secret_in_error
}

pub fn leak_io_kind(s: &SecretString) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::PermissionDenied, s.expose_secret().to_owned())) //~ LEAK secret_in_error
}

pub fn leak_boxed(s: &SecretString) -> Result<(), Box<dyn Error>> {
    Err(format!("refused {}", s.expose_secret()).into()) //~ LEAK secret_in_error
}

pub fn leak_boxed_from(s: &SecretString) -> Result<(), Box<dyn Error>> {
    let text = s.expose_secret();
    if text.len() < 99 {
        return Err(Box::from(text)); //~ LEAK secret_in_error
    }
    Ok(()) //~ OK
}

pub fn leak_question_mark(s: &SecretString) -> Result<u32, Box<dyn Error>> {
    let number = s.expose_secret().parse::<u32>().map_err(|error| format!("{}: {error}", s.expose_secret()))?; //~ LEAK secret_in_error
    Ok(number)
}

#[derive(Debug)]
struct Refused {
    code: String, // alt=own //~ ANY
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused {}", self.code) // alt=own //~ ANY
    }
}

impl Error for Refused {}

pub fn leak_own(s: &SecretString) -> Result<(), Box<dyn Error>> {
    Err(Refused { code: s.expose_secret().into() })? // id=own //~ LEAK secret_in_error
}

pub fn leak_utf8(s: &SecretString) -> Result<String, Box<dyn Error>> {
    let mut bytes = s.expose_secret().as_bytes().to_vec();
    bytes.push(0xff);
    Ok(String::from_utf8(bytes)?) //~ LEAK secret_in_error
}

pub fn leak_nul(s: &SecretString) -> Result<usize, Box<dyn Error>> {
    let text = s.expose_secret().to_owned() + "\0";
    Ok(CString::new(text)?.as_bytes().len()) //~ LEAK secret_in_error
}

pub fn ok_io(s: &SecretString) -> io::Result<usize> {
    if s.expose_secret().is_empty() {
        return Err(io::Error::other("empty")); //~ OK
    }
    if s.expose_secret().len() > 99 {
        return Err(io::ErrorKind::InvalidInput.into()); //~ OK
    }
    std::fs::read("/nonexistent").map(|bytes| bytes.len() + s.expose_secret().len()) //~ OK
}

pub fn ok_boxed(s: &SecretString) -> Result<u32, Box<dyn Error>> {
    if !s.expose_secret().contains('-') {
        return Err(format!("no dash in {s:?}, {} bytes", s.expose_secret().len()).into()); //~ OK
    }
    Ok(s.expose_secret().parse::<u32>()?) //~ OK
}

#[derive(Debug)]
struct Short(usize);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "only {} bytes", self.0)
    }
}

impl Error for Short {}

pub fn ok_own(s: &SecretString) -> Result<(), Box<dyn Error>> {
    Err(Short(s.expose_secret().len()))? //~ OK
}

pub fn leak_in_a_text(s: &SecretString) -> Result<(), String> {
    Err(format!("cannot delete {}", s.expose_secret())) //~ LEAK secret_in_error
}

pub fn leak_in_a_mapped_text(s: &SecretString) -> Result<u32, String> {
    let text = s.expose_secret();
    text.parse::<u32>().map_err(|error| format!("{text}: {error}")) //~ LEAK secret_in_error
}

pub async fn leak_in_a_later_text(s: &SecretString) -> Result<(), String> {
    if s.expose_secret().len() > 99 {
        return Ok(()); //~ OK
    }
    Err(format!("short {}", s.expose_secret())) //~ LEAK secret_in_error
}

pub fn ok_text_that_stays(s: &SecretString) -> Result<(), String> {
    let result: Result<(), String> = Err(format!("bad {}", s.expose_secret())); //~ OK
    println!("{}", result.is_err()); //~ OK
    result.map_err(|error| format!("{} bytes", error.len())) //~ OK
}
