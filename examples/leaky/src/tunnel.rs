//! The tunnel is a program of its own.

use std::io;
use std::process::{Child, Command};

use secrecy::{ExposeSecret, SecretString};

pub fn start(token: &SecretString) -> io::Result<Child> {
    Command::new("echo")
        .arg("--token")
        // 7: every user of the machine sees the arguments of every process.
        .arg(token.expose_secret())
        .spawn()
}

pub fn seed(token: &SecretString) -> u64 {
    let digits = token.expose_secret();
    // 8: the message is printed when the program dies of it.
    u64::from_str_radix(digits, 16).expect(&format!("{digits} is not hexadecimal"))
}
