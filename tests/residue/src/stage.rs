//! [`Stage`]: the child's side of the conversation with the parent.

use std::fmt::{self, Display};
use std::fs::File;
use std::hint::black_box;
use std::io::{Read, Write, stdout};
use std::path::PathBuf;
use std::str::FromStr;

/// Length of the secret in bytes.
pub(crate) const LENGTH: usize = 96;

/// The environment variable that holds the secret, where the environment is the source.
pub(crate) const VARIABLE: &str = "APP_KEY";

/// The file that holds the secret, where a file is the source.
pub(crate) const SECRET_FILE: &str = "app_key";

/// A line that the child writes. The parent answers a scan with one byte and a `Secret` with so many bytes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// Scan: the child does not have the secret yet.
    Before,
    /// Scan: the child holds the secret.
    Live,
    /// Scan: everything was dropped.
    Left,
    /// Send the first bytes of the secret.
    Secret(usize),
}

impl Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Before => f.write_str("before"),
            Self::Live => f.write_str("live"),
            Self::Left => f.write_str("left"),
            Self::Secret(length) => write!(f, "{length}"),
        }
    }
}

impl FromStr for Request {
    type Err = std::num::ParseIntError;

    fn from_str(line: &str) -> Result<Self, Self::Err> {
        Ok(match line {
            "before" => Self::Before,
            "live" => Self::Live,
            "left" => Self::Left,
            length => Self::Secret(length.parse()?),
        })
    }
}

/// Gives a scenario its secret, and lets the parent look.
#[derive(Debug)]
pub(crate) struct Stage {
    /// Standard input without the buffer that `std::io::stdin` would keep a copy in.
    parent: File,
    directory: PathBuf,
}

impl Stage {
    /// # Panics
    ///
    /// If standard input cannot be opened.
    pub(crate) fn new(directory: PathBuf) -> Self {
        Self {
            parent: File::open("/dev/stdin").expect("standard input"),
            directory,
        }
    }

    /// Where the parent put the files of the run.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// Fills the buffer with the first bytes of the secret.
    pub(crate) fn fill(&mut self, buffer: &mut [u8]) {
        self.ask(Request::Secret(buffer.len()), buffer);
    }

    /// The secret as bytes, in an allocation of the given capacity.
    pub(crate) fn bytes(&mut self, capacity: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(capacity);
        bytes.resize(LENGTH, 0);
        self.fill(&mut bytes);
        bytes
    }

    /// The secret as text, in an allocation of the given capacity.
    pub(crate) fn text(&mut self, capacity: usize) -> String {
        String::from_utf8(self.bytes(capacity)).expect("hex digits")
    }

    /// A document with the secret in it, made without leaving a copy.
    pub(crate) fn document(&mut self, before: &str, after: &str) -> String {
        let mut document = vec![0; before.len() + LENGTH + after.len()];
        document[..before.len()].copy_from_slice(before.as_bytes());
        self.fill(&mut document[before.len()..before.len() + LENGTH]);
        document[before.len() + LENGTH..].copy_from_slice(after.as_bytes());
        String::from_utf8(document).expect("hex digits between text")
    }

    /// Lets the parent look while `held` is alive.
    pub(crate) fn live<T: ?Sized>(&mut self, held: &T) {
        black_box(held);
        self.scan(Request::Live);
        black_box(held);
    }

    pub(crate) fn scan(&mut self, request: Request) {
        self.ask(request, &mut [0]);
    }

    fn ask(&mut self, request: Request, answer: &mut [u8]) {
        writeln!(stdout(), "{request}").expect("the parent listens");
        self.parent.read_exact(answer).expect("the parent answers");
    }
}
