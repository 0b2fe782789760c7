//! What the passes over a type share: what was learnt before, and what one of them finds out.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::explain::Shown;
use crate::loader::Options;
use crate::problem::Problem;
use crate::sources::{Place, Sources};

/// Texts that stand in for one that is missing or was refused, so that the fields after it are still looked at. Between
/// them most types that read themselves from text accept one.
pub(crate) const STAND_INS: &[&str] = &[
    "stand-in",
    "1",
    "true",
    "127.0.0.1",
    "127.0.0.1:1",
    "http://localhost/",
    "1s",
    "info",
    "2000-01-01T00:00:00Z",
    "2000-01-01",
    "00000000-0000-0000-0000-000000000000",
    "a@example.com",
    "/",
];

/// What earlier passes learnt about a variable.
#[derive(Clone, Default)]
pub(crate) struct Lesson {
    /// Serde missed the field of this name although nothing sets it: deserialise it all the same.
    pub(crate) missed_field: Option<&'static str>,
    /// Its type refused the value.
    pub(crate) problem: Option<Problem>,
    /// Its type turned out to be a secret.
    pub(crate) is_secret: bool,
    /// How many of [`STAND_INS`] its type refused.
    pub(crate) stand_in: usize,
    /// How many readings of the text its type refused, where serde asked for any type.
    pub(crate) reading: usize,
    /// Its type refused every stand-in: leave it out, so that the fields after it are still looked at.
    pub(crate) is_given_up: bool,
}

/// What one pass found out.
#[derive(Default)]
pub(crate) struct Findings {
    pub(crate) problems: BTreeMap<String, Problem>,
    pub(crate) rows: BTreeMap<String, (Option<Place>, Shown)>,
    /// Variables that serde asked for without saying what type it wants.
    pub(crate) untyped: BTreeSet<String>,
    /// Secrets that came out of the environment.
    pub(crate) in_environment: BTreeSet<String>,
}

/// One pass over the type.
pub(crate) struct Session<'a> {
    pub(crate) sources: &'a Sources,
    pub(crate) options: &'a Options,
    pub(crate) lessons: &'a BTreeMap<String, Lesson>,
    /// The variables that are handed out as `[REDACTED]`, to see whether their types are secrets.
    pub(crate) redacted: &'a [String],
    pub(crate) findings: RefCell<Findings>,
}
