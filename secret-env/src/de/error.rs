//! What comes back from a visitor: which variable it is about, and what was expected.
//!
//! The texts of foreign errors may quote the value, so they are held as secrets, and [`Error::describe`] decides
//! what may be said.

use std::cell::Cell;
use std::fmt;

use secret_core::{SecretError, SecretString};
use serde::de::{Expected, Unexpected};

use super::Node;
use crate::problem::Problem;

#[derive(Debug)]
pub(crate) struct Error {
    /// The innermost variable on the way.
    pub(crate) name: Option<String>,
    pub(crate) kind: ErrorKind,
}

#[derive(Debug)]
pub(crate) enum ErrorKind {
    /// A field without a default is not set.
    MissingField(&'static str),
    /// A field is set under two of its names.
    DuplicateField(&'static str),
    /// Something else was expected.
    Unexpected {
        evidence: Option<Evidence>,
        expected: SecretString,
    },
    /// In its own words.
    Custom(SecretString),
    /// The type contains itself without end.
    Endless,
}

/// What a visitor was given that it did not expect, by which the variable is found that serde had buffered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Evidence {
    /// Values are lent, so the address of a text tells which one it is.
    Address(usize),
    /// An empty text, which has no address of its own.
    Nothing,
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Bool(bool),
    List,
}

thread_local! {
    /// Whether a secret has refused `[REDACTED]` in this thread. Serde drops the errors that lead it to take an option
    /// for none or an enum for another variant, so the last error does not tell.
    static PLACEHOLDER_REFUSED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a secret has refused `[REDACTED]` since this was last asked.
pub(crate) fn placeholder_was_refused() -> bool {
    PLACEHOLDER_REFUSED.replace(false)
}

/// A run of so many bytes that a text has in common with the value counts as quoting it.
const QUOTED_RUN: usize = 4;

impl Error {
    pub(crate) fn endless() -> Self {
        ErrorKind::Endless.into()
    }

    /// Names the variable, unless one further in did.
    pub(crate) fn at(mut self, node: &Node<'_>) -> Self {
        if self.name.is_none() {
            self.name = Some(match self.kind {
                ErrorKind::MissingField(field) | ErrorKind::DuplicateField(field) => {
                    node.child_name(field)
                }
                _ => node.name.clone(),
            });
        }
        self
    }

    /// Says of the problem what may be said: the error's own text, unless it quotes one of the values, or the value is a
    /// secret and the text not one of `secret-core`.
    pub(crate) fn describe<'v>(
        &self,
        problem: Problem,
        mut values: impl Iterator<Item = &'v [u8]>,
        is_secret: bool,
    ) -> Problem {
        let (ErrorKind::Unexpected { expected: text, .. } | ErrorKind::Custom(text)) = &self.kind
        else {
            return problem;
        };
        let text = text.expose_secret();
        if values.any(|value| quotes(&text, value))
            || (is_secret && !text.starts_with("the secret is "))
        {
            return problem.because("its type refused it, in words that may quote the value");
        }
        let text = text.declassify("it neither quotes the value nor is it foreign");
        match &self.kind {
            ErrorKind::Custom(_) => problem.because(text),
            _ => problem.expecting(text),
        }
    }
}

/// Whether the text has a part of the value in it, in either case.
fn quotes(text: &str, value: &[u8]) -> bool {
    if value.is_empty() {
        return false;
    }
    let run = value.len().min(QUOTED_RUN);
    let text = text.as_bytes();
    value.windows(run).any(|part| {
        text.windows(run)
            .any(|seen| seen.eq_ignore_ascii_case(part))
    })
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self { name: None, kind }
    }
}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let text = SecretString::from(message.to_string());
        if text == SecretError::AlreadyRedacted.to_string() {
            PLACEHOLDER_REFUSED.set(true);
        }
        ErrorKind::Custom(text).into()
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let evidence = match unexpected {
            Unexpected::Str("") => Some(Evidence::Nothing),
            Unexpected::Str(text) => Some(Evidence::Address(text.as_ptr().addr())),
            Unexpected::Unsigned(value) => Some(Evidence::Unsigned(value)),
            Unexpected::Signed(value) => Some(Evidence::Signed(value)),
            Unexpected::Float(value) => Some(Evidence::Float(value)),
            Unexpected::Bool(value) => Some(Evidence::Bool(value)),
            Unexpected::Seq => Some(Evidence::List),
            _ => None,
        };
        ErrorKind::Unexpected {
            evidence,
            expected: expected.to_string().into(),
        }
        .into()
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        ErrorKind::Unexpected {
            evidence: None,
            expected: expected.to_string().into(),
        }
        .into()
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let names: Vec<_> = expected.iter().map(|name| format!("`{name}`")).collect();
        ErrorKind::Unexpected {
            evidence: Some(Evidence::Address(variant.as_ptr().addr())),
            expected: format!("one of {}", names.join(", ")).into(),
        }
        .into()
    }

    fn missing_field(field: &'static str) -> Self {
        ErrorKind::MissingField(field).into()
    }

    fn duplicate_field(field: &'static str) -> Self {
        ErrorKind::DuplicateField(field).into()
    }
}

/// For code that wraps this error in one of its own: without the text, which may quote the value.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            // As serde words it, by which `secret-core` knows it.
            ErrorKind::MissingField(field) => write!(f, "missing field `{field}`"),
            _ => f.write_str("the value was refused"),
        }
    }
}

impl std::error::Error for Error {}
