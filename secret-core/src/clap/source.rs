//! Where an argument says that the secret is, and reading it from there.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::string::String;
use std::vec::Vec;
use std::{format, vec};

use zeroize::Zeroizing;

use crate::secret::Secret;

/// The largest secret that is read, in bytes: what Kubernetes allows a `Secret` to hold
/// (its documentation, "Size limit": 1 MiB).
const LARGEST: usize = 1 << 20;

/// Bytes read in one go. At least the buffer of `std::io::Stdin` (8 KiB), which is then bypassed; it could not be wiped.
const CHUNK: usize = 16 << 10;

pub(super) enum Source<'a> {
    Literal(&'a str),
    File(&'a Path),
    StandardInput,
}

impl<'a> Source<'a> {
    pub(super) fn of(argument: &'a str) -> Self {
        match argument.strip_prefix('@') {
            Some(literal) if literal.starts_with('@') => Self::Literal(literal),
            Some(path) => Self::File(Path::new(path)),
            None if argument == "-" => Self::StandardInput,
            None => Self::Literal(argument),
        }
    }

    /// The secret, or why it cannot be read: the reason may name the file but never holds the secret.
    pub(super) fn read(self) -> Result<Secret<Vec<u8>>, String> {
        match self {
            Self::Literal(text) => Ok(Secret::from(std::boxed::Box::new(Vec::from(text)))),
            Self::File(path) => {
                let name = shown(path);
                File::open(path)
                    .and_then(read_line_or_more)
                    .map_err(|error| format!("{name} cannot be read: {}", reason(&error)))
            }
            Self::StandardInput => read_line_or_more(io::stdin().lock())
                .map_err(|error| format!("standard input cannot be read: {}", reason(&error))),
        }
    }
}

/// The path in words. One that leads nowhere may be a password that begins with `@`, and is not shown.
fn shown(path: &Path) -> String {
    if path.exists() {
        // `Debug` escapes control characters, which a name may have.
        format!("the file {:?}", path.to_string_lossy())
    } else {
        String::from("the file named after `@` (a secret that begins with `@` is written `@@…`)")
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => String::from("it does not exist"),
        io::ErrorKind::IsADirectory => String::from("it is a directory"),
        io::ErrorKind::PermissionDenied => String::from("permission denied"),
        io::ErrorKind::FileTooLarge => format!("it holds more than {LARGEST} bytes"),
        kind => format!("{kind}"),
    }
}

/// Reads to the end, without the newline there.
fn read_line_or_more(mut source: impl Read) -> io::Result<Secret<Vec<u8>>> {
    let mut secret = Secret::<Vec<u8>>::new(std::boxed::Box::default());
    let mut chunk = Zeroizing::new(vec![0; CHUNK]);
    loop {
        let length = match source.read(&mut chunk) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if secret.expose_secret().len() + length > LARGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        secret
            .expose_secret_mut()
            .extend_from_slice(&chunk[..length]);
    }
    strip_newline(&mut secret);
    Ok(secret)
}

fn strip_newline(secret: &mut Secret<Vec<u8>>) {
    let without = {
        let bytes = secret.expose_secret();
        match bytes.strip_suffix(b"\n") {
            Some(line) => line.strip_suffix(b"\r").unwrap_or(line).len(),
            None => return,
        }
    };
    secret.expose_secret_mut().truncate(without);
}
