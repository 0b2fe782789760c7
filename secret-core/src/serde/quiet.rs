//! [`quiet`]: what a format's error may say about a document that holds secrets.

use alloc::string::String;
use core::fmt::{self, Display, Write};

use zeroize::Zeroizing;

/// Replaces a parser's error, which may quote the document, with one that keeps its place and nothing else.
///
/// # Errors
///
/// [`QuietError`] for any error.
///
/// ```
/// # use secret_core::SecretString;
/// #[derive(Debug, serde::Deserialize)]
/// struct Config { port: u16, key: SecretString }
///
/// let text = r#"{"key": "k-4711", "port": "hunter2"}"#;
/// let error = secret_core::serde::quiet(serde_json::from_str::<Config>(text)).unwrap_err();
/// assert_eq!(error.to_string(), "the document is not valid (line 1, column 35)");
/// ```
pub fn quiet<T, E: Display>(result: Result<T, E>) -> Result<T, QuietError> {
    result.map_err(|error| QuietError {
        place: place(&text_of(&error)),
    })
}

/// The error's text in one allocation that is wiped: one that grew would leave parts of it behind.
fn text_of(error: &impl Display) -> Zeroizing<String> {
    let mut length = Length(0);
    let mut text = Zeroizing::default();
    if write!(length, "{error}").is_ok() {
        *text = String::with_capacity(length.0);
        // Writing to a string fails only if the error itself does; then there is no place to be read.
        let _ = write!(text, "{error}");
    }
    text
}

/// Counts the bytes that are written.
struct Length(usize);

impl Write for Length {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

/// That a document could not be read, and where. Made by [`quiet`].
///
/// ```
/// # use secret_core::serde::quiet;
/// let error = quiet("hunter2".parse::<u16>().map_err(|_| "invalid: hunter2")).unwrap_err();
/// assert_eq!(error.to_string(), "the document is not valid");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietError {
    place: Option<Place>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    line: usize,
    column: usize,
}

impl QuietError {
    /// Line of the fault, counted from 1, where the parser gave one.
    ///
    /// ```
    /// # use secret_core::serde::quiet;
    /// let error = quiet(serde_json::from_str::<u8>("\n x")).unwrap_err();
    /// assert_eq!((error.line(), error.column()), (Some(2), Some(2)));
    /// ```
    pub fn line(&self) -> Option<usize> {
        self.place.map(|place| place.line)
    }

    /// Column of the fault, counted as the parser counts it, where the parser gave one.
    ///
    /// ```
    /// # use secret_core::serde::quiet;
    /// let error = quiet(serde_json::from_str::<u8>("x")).unwrap_err();
    /// assert_eq!(error.column(), Some(1));
    /// ```
    pub fn column(&self) -> Option<usize> {
        self.place.map(|place| place.column)
    }
}

impl Display for QuietError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the document is not valid")?;
        match self.place {
            Some(Place { line, column }) => write!(f, " (line {line}, column {column})"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for QuietError {}

/// Reads the place from where the parsers write it themselves: `toml` at the very start of its message, `serde_json`
/// and the YAML crates at the very end. Anywhere else it could be part of the document.
fn place(message: &str) -> Option<Place> {
    let at = match message.strip_prefix("TOML parse error at line ") {
        Some(at) => at.split('\n').next()?,
        None => message.rsplit_once(" at line ")?.1,
    };
    let (line, column) = at.split_once(" column ")?;
    Some(Place {
        line: line.trim_end_matches(',').parse().ok()?,
        column: column.parse().ok()?,
    })
}
