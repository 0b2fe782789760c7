//! [`LoadError`]: everything that is wrong with a configuration, by name and place, never by value.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::check::Check;
use crate::dotenv;
use crate::file::FileFault;
use crate::sources::Place;

/// What a problem is about that is not about one variable.
pub(crate) const WHOLE: &str = "the configuration";

/// Why a configuration was not loaded: all of its problems at once, none with a value in it.
///
/// `Debug` prints the same text as `Display`, since that is what `fn main() -> Result<(), LoadError>` shows.
///
/// ```
/// #[derive(serde::Deserialize)]
/// # #[allow(dead_code)]
/// struct Config { port: u16, api_key: secret_core::SecretString }
///
/// let loader = secret_env::Loader::new().variables([("PORT", "hunter2")]);
/// let error = loader.load::<Config>().err().unwrap();
/// assert_eq!(error.problems().len(), 2);
/// assert_eq!(
///     error.to_string(),
///     "the configuration has 2 problems:\n\
///      - API_KEY: not set, a secret was expected\n\
///      - PORT (environment): a whole number from 0 to 65535 was expected\n\
///      looked for each NAME and NAME_FILE in: the environment"
/// );
/// ```
pub struct LoadError {
    problems: Vec<Problem>,
    searched: Vec<String>,
}

impl LoadError {
    pub(crate) fn new(mut problems: Vec<Problem>, searched: &[String]) -> Self {
        problems.sort_by(|left, right| left.subject.cmp(&right.subject));
        problems.dedup_by(|left, right| left.subject == right.subject);
        Self {
            problems,
            searched: searched.to_vec(),
        }
    }

    /// The problems, in the order of their names.
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # #[allow(dead_code)]
    /// # struct Config { port: u16 }
    /// use secret_env::{Loader, ProblemKind};
    ///
    /// let error = Loader::new().variables([("PRT", "80")]).load::<Config>().err().unwrap();
    /// assert!(matches!(error.problems()[0].kind(), ProblemKind::Missing));
    /// ```
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problems.len() {
            1 => writeln!(f, "the configuration has a problem:")?,
            count => writeln!(f, "the configuration has {count} problems:")?,
        }
        for problem in &self.problems {
            writeln!(f, "- {problem}")?;
        }
        let searched = self.searched.join(", ");
        write!(f, "looked for each NAME and NAME_FILE in: {searched}")
    }
}

impl fmt::Debug for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for LoadError {}

/// One thing that is wrong: with which variable or file, and where it was found.
///
/// ```
/// # #[derive(serde::Deserialize)]
/// # #[allow(dead_code)]
/// # struct Config { host: String }
/// let loader = secret_env::Loader::new().variables([("HOSTT", "db")]);
/// let problem = &loader.load::<Config>().err().unwrap().problems()[0].to_string();
/// assert_eq!(problem, "HOST: not set, text was expected; `HOSTT` is set, was it meant?");
/// ```
#[derive(Clone, Debug)]
pub struct Problem {
    subject: String,
    kind: ProblemKind,
    place: Option<Place>,
    expected: Option<String>,
    reason: Option<String>,
    suggestion: Option<String>,
}

/// What kind of problem it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A variable is not set, and its field has no default.
    Missing,
    /// A value is not what its field takes.
    Malformed,
    /// A value is not UTF-8.
    NotUtf8,
    /// A field is set under two of its names.
    Duplicate,
    /// A secret was refused by a check.
    Refused(Check),
    /// A secret is weaker than [`Loader::minimum_strength`](crate::Loader::minimum_strength) asks for.
    TooWeak {
        /// The estimate, in bits.
        bits: u32,
        /// What was asked for, in bits.
        minimum: u32,
    },
    /// A file cannot be read.
    File(FileFault),
    /// A secret directory cannot be read.
    Directory(FileFault),
    /// A secret directory has two files for one variable; this is the other.
    SameName(PathBuf),
    /// A `.env` file cannot be read.
    Dotenv(dotenv::Error),
    /// The environment could not be cleared of the secrets in it.
    Environment(ClearError),
}

/// Why the environment could not be cleared of the secrets that were read from it.
///
/// ```
/// # use secret_env::ClearError;
/// let text = ClearError::Threads(3).to_string();
/// assert!(text.contains("before threads are started"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClearError {
    /// So many threads are running, and any of them may be reading the environment.
    Threads(usize),
    /// How many threads are running cannot be read from `/proc/self`.
    Unknown,
    /// The variable lies in memory that cannot be written to.
    ReadOnly,
}

impl fmt::Display for ClearError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Threads(count) => write!(
                f,
                "its secrets cannot be removed while {count} threads are running: load before threads are started \
                 (before `#[tokio::main]`), or call `.keep_environment()`"
            ),
            Self::Unknown => f.write_str(
                "its secrets cannot be removed, since `/proc/self` does not tell how many threads are running: \
                 mount `/proc`, or call `.keep_environment()`",
            ),
            Self::ReadOnly => f.write_str(
                "a secret in it lies in memory that cannot be written to, so it cannot be wiped: \
                 pass it in another way, or call `.keep_environment()`",
            ),
        }
    }
}

impl std::error::Error for ClearError {}

impl Problem {
    /// A problem with a variable.
    pub(crate) fn of_variable(name: &str, kind: ProblemKind) -> Self {
        Self {
            subject: name.to_owned(),
            kind,
            place: None,
            expected: None,
            reason: None,
            suggestion: None,
        }
    }

    /// A problem with a file or directory.
    pub(crate) fn of_path(path: &Path, kind: ProblemKind) -> Self {
        Self::of_variable(&path.display().to_string(), kind)
    }

    pub(crate) fn at(mut self, place: Option<&Place>) -> Self {
        self.place = place.cloned();
        self
    }

    /// `expected` completes "… was expected".
    pub(crate) fn expecting(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Says why in words of its own.
    pub(crate) fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Drops the suggestion of a variable that something else reads.
    pub(crate) fn drop_suggestion_if(&mut self, is_read: impl Fn(&str) -> bool) {
        self.suggestion = self.suggestion.take().filter(|name| !is_read(name));
    }

    pub(crate) fn suggesting(mut self, suggestion: Option<&str>) -> Self {
        self.suggestion = suggestion.map(str::to_owned);
        self
    }

    /// The variable or the path that it is about.
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # #[allow(dead_code)]
    /// # struct Config { port: u16 }
    /// let error = secret_env::Loader::new().variables([("PORT", "x")]).load::<Config>().err().unwrap();
    /// assert_eq!(error.problems()[0].subject(), "PORT");
    /// ```
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// What is wrong.
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # #[allow(dead_code)]
    /// # struct Config { port: u16 }
    /// # use secret_env::{Loader, ProblemKind};
    /// let error = Loader::new().variables([("PORT", "x")]).load::<Config>().err().unwrap();
    /// assert_eq!(error.problems()[0].kind(), &ProblemKind::Malformed);
    /// ```
    pub fn kind(&self) -> &ProblemKind {
        &self.kind
    }

    /// Where the value was found, if it was.
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # #[allow(dead_code)]
    /// # struct Config { port: u16 }
    /// # use secret_env::{Loader, Place};
    /// let error = Loader::new().variables([("PORT", "x")]).load::<Config>().err().unwrap();
    /// assert_eq!(error.problems()[0].place(), Some(&Place::Environment));
    /// ```
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.subject)?;
        if let Some(place) = &self.place {
            write!(f, " ({place})")?;
        }
        f.write_str(": ")?;
        let expected = self.expected.as_deref().unwrap_or("another value");
        match &self.kind {
            ProblemKind::Missing => write!(f, "not set, {expected} was expected")?,
            ProblemKind::Malformed => match &self.reason {
                Some(reason) => f.write_str(reason)?,
                None => write!(f, "{expected} was expected")?,
            },
            ProblemKind::NotUtf8 => f.write_str("not valid UTF-8")?,
            ProblemKind::Duplicate => f.write_str("set under two of its names: keep one")?,
            ProblemKind::Refused(check) => {
                write!(
                    f,
                    "{} (to allow it: `.without({})`)",
                    check.reason(),
                    check.path()
                )?;
            }
            ProblemKind::TooWeak { bits, minimum } => write!(
                f,
                "the secret is too weak: about {bits} bits, at least {minimum} are asked for"
            )?,
            ProblemKind::File(fault) => write!(f, "the file {}", describe(*fault))?,
            ProblemKind::Directory(fault) => write!(f, "the directory {}", describe(*fault))?,
            ProblemKind::SameName(other) => {
                write!(f, "sets the same variable as {}: keep one", other.display())?;
            }
            ProblemKind::Dotenv(error) => write!(f, "{error}")?,
            ProblemKind::Environment(error) => write!(f, "{error}")?,
        }
        if let Some(suggestion) = &self.suggestion {
            if suggestion.replace('_', "") == self.subject.replace('_', "") {
                write!(
                    f,
                    "; `{suggestion}` is set, which differs in its underscores"
                )?;
            } else {
                write!(f, "; `{suggestion}` is set, was it meant?")?;
            }
        }
        Ok(())
    }
}

fn describe(fault: FileFault) -> String {
    match fault {
        FileFault::NotFound => {
            String::from("does not exist (a relative path begins in the working directory)")
        }
        FileFault::NotAFile => String::from("is no regular file"),
        FileFault::TooLarge => String::from("is larger than 1 MiB"),
        FileFault::Unreadable(kind) => format!("cannot be read: {kind}"),
    }
}
