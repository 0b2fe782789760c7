//! `.env` files: a parser whose errors give line and column, and never text.
//!
//! There is no standard; this reads what the Docker, Node and Ruby tools agree on, and takes every other character as
//! it is, since the values are secrets:
//!
//! * `NAME=value`, with `export` before it and white space around `=` if you like. Blank lines and lines that begin
//!   with `#` are skipped. Lines end with LF or CRLF, and a byte order mark at the start is ignored.
//! * An unquoted value ends with its line or at white space followed by `#`. Nothing in it is special.
//! * `'…'` may span lines. Nothing in it is special.
//! * `"…"` may span lines. `\n`, `\r`, `\t`, `\\`, `\"` and `\$` are escapes; any other backslash is an error.
//! * `$` is a dollar sign, unless [`Loader::expand`](crate::Loader::expand) asks for `${NAME}` to be replaced.
//! * A name may be set twice. [`Loader`](crate::Loader) takes the last value.

use std::fmt;

use secret_core::{Secret, SecretBytes};

/// One variable of a `.env` file.
///
/// ```
/// let entries = secret_env::dotenv::parse(b"# keys\nexport API_KEY='k-4711'").unwrap();
/// assert_eq!((entries[0].name.as_str(), entries[0].line), ("API_KEY", 2));
/// assert!(entries[0].value == b"k-4711");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The name as written.
    pub name: String,
    /// The value without its quotes and with its escapes resolved.
    pub value: SecretBytes,
    /// The line it begins on, counted from 1.
    pub line: usize,
}

/// Where a `.env` file cannot be read, and why. Never what stands there.
///
/// ```
/// let error = secret_env::dotenv::parse(b"PORT=80\nKEY=\"hunter2").unwrap_err();
/// assert_eq!(error.to_string(), "line 2, column 5: the quote that opens here is never closed");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Error {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in bytes.
    pub column: usize,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong in a `.env` file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// A line does not begin with a name.
    Name,
    /// There is no `=` after the name.
    EqualsSign,
    /// A quote is not closed.
    OpenQuote,
    /// A backslash in double quotes stands before a character that it does not escape.
    Escape,
    /// Something other than a comment follows the closing quote.
    AfterQuote,
    /// A NUL byte, which no variable can hold.
    Nul,
    /// `${` without a name and `}` after it, where expansion was asked for.
    Expansion,
    /// A name to be expanded that is set neither before nor in the environment.
    Unset,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fault = match self.fault {
            Fault::Name => {
                "a name was expected: letters, digits and `_`, not beginning with a digit"
            }
            Fault::EqualsSign => "`=` was expected after the name",
            Fault::OpenQuote => "the quote that opens here is never closed",
            Fault::Escape => {
                "this is no escape: write `\\\\` for a backslash, or put the value in single quotes"
            }
            Fault::AfterQuote => "only a comment may follow the closing quote",
            Fault::Nul => "a NUL byte cannot be part of a variable",
            Fault::Expansion => {
                "`${` needs a name and `}`; write `\\$` in double quotes for a dollar sign"
            }
            Fault::Unset => "the name to expand is set neither above nor in the environment",
        };
        write!(f, "line {}, column {}: {fault}", self.line, self.column)
    }
}

impl std::error::Error for Error {}

/// Finds the value of a name that is to be expanded.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Option<SecretBytes>;

/// Reads the text of a `.env` file, without expanding `$`.
///
/// The values are wiped when they are dropped; wiping `text` is the caller's part.
///
/// # Errors
///
/// [`Error`] at the first place that cannot be read.
///
/// ```
/// let entries = secret_env::dotenv::parse(b"A=pa$$word # comment\nB=\"two\\nlines\"").unwrap();
/// assert!(entries[0].value == b"pa$$word" && entries[1].value == b"two\nlines");
/// ```
pub fn parse(text: &[u8]) -> Result<Vec<Entry>, Error> {
    Parser::new(text, None).entries()
}

pub(crate) fn parse_expanding(text: &[u8], lookup: Lookup<'_>) -> Result<Vec<Entry>, Error> {
    Parser::new(text, Some(lookup)).entries()
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    lookup: Option<Lookup<'a>>,
    entries: Vec<Entry>,
    /// The number of the line at `counted`, from where line breaks are counted on.
    line: usize,
    counted: usize,
}

/// What ends a value, and what is special in it.
#[derive(Clone, Copy, PartialEq)]
enum Quote {
    None,
    Single,
    Double,
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl<'a> Parser<'a> {
    fn new(text: &'a [u8], lookup: Option<Lookup<'a>>) -> Self {
        let mut parser = Self {
            text,
            at: 0,
            lookup,
            entries: Vec::new(),
            line: 1,
            counted: 0,
        };
        parser.at = parser.start();
        parser
    }

    /// Where the first line begins: after the byte order mark, which no editor counts.
    fn start(&self) -> usize {
        if self.text.starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len()
        } else {
            0
        }
    }

    fn entries(mut self) -> Result<Vec<Entry>, Error> {
        if let Some(nul) = self.text.iter().position(|byte| *byte == 0) {
            return Err(self.fault(nul, Fault::Nul));
        }
        loop {
            self.skip(|byte| byte.is_ascii_whitespace());
            match self.peek() {
                None => return Ok(self.entries),
                Some(b'#') => self.skip(|byte| byte != b'\n'),
                Some(_) => self.entry()?,
            }
        }
    }

    fn entry(&mut self) -> Result<(), Error> {
        self.line += line_breaks(&self.text[self.counted..self.at]);
        self.counted = self.at;
        let line = self.line;
        let mut name = self.name()?;
        if name == "export" && self.peek().is_some_and(is_blank) {
            self.skip(is_blank);
            if self.peek() != Some(b'=') {
                name = self.name()?;
            }
        }
        self.skip(is_blank);
        if self.peek() != Some(b'=') {
            return Err(self.fault(self.at, Fault::EqualsSign));
        }
        self.at += 1;
        self.skip(is_blank);
        let value = match self.peek() {
            Some(b'\'') => self.quoted(Quote::Single)?,
            Some(b'"') => self.quoted(Quote::Double)?,
            _ => self.unquoted()?,
        };
        self.entries.push(Entry { name, value, line });
        Ok(())
    }

    fn name(&mut self) -> Result<String, Error> {
        let start = self.at;
        if self
            .peek()
            .is_some_and(|byte| is_name(byte) && !byte.is_ascii_digit())
        {
            self.skip(is_name);
        }
        if self.at == start {
            return Err(self.fault(start, Fault::Name));
        }
        Ok(self.text[start..self.at]
            .iter()
            .copied()
            .map(char::from)
            .collect())
    }

    fn unquoted(&mut self) -> Result<SecretBytes, Error> {
        let start = self.at;
        self.skip(|byte| byte != b'\n');
        let line = &self.text[start..self.at];
        // INVARIANT: the `=` stands before `start`.
        let comment = (0..line.len())
            .find(|&index| line[index] == b'#' && is_blank(self.text[start + index - 1]));
        let value = line[..comment.unwrap_or(line.len())].trim_ascii_end();
        self.resolve(start, start + value.len(), Quote::None)
    }

    fn quoted(&mut self, quote: Quote) -> Result<SecretBytes, Error> {
        let opening = self.at;
        let mark = self.text[opening];
        let start = opening + 1;
        let mut end = start;
        loop {
            match self.text.get(end) {
                None => return Err(self.fault(opening, Fault::OpenQuote)),
                Some(byte) if *byte == mark => break,
                Some(b'\\') if quote == Quote::Double => end += 2,
                Some(_) => end += 1,
            }
        }
        self.at = end + 1;
        let value = self.resolve(start, end, quote)?;
        self.skip(is_blank);
        self.skip_carriage_return();
        match self.peek() {
            None | Some(b'\n') => {}
            Some(b'#') => self.skip(|byte| byte != b'\n'),
            Some(_) => return Err(self.fault(self.at, Fault::AfterQuote)),
        }
        Ok(value)
    }

    /// The value between two places, its escapes and expansions resolved.
    fn resolve(&self, start: usize, end: usize, quote: Quote) -> Result<SecretBytes, Error> {
        let expand = self.lookup.filter(|_| quote != Quote::Single);
        let special = |byte: &u8| {
            (*byte == b'\\' && quote == Quote::Double) || (*byte == b'$' && expand.is_some())
        };
        let raw = &self.text[start..end];
        if !raw.iter().any(special) {
            return Ok(Vec::from(raw).into());
        }
        let mut value = Secret::<Vec<u8>>::init_with_mut(|mut value| value.reserve(raw.len()));
        let mut at = start;
        while at < end {
            let byte = self.text[at];
            if !special(&byte) {
                value.expose_secret_mut().push(byte);
                at += 1;
            } else if byte == b'\\' {
                // INVARIANT: a backslash is never the last byte, since what follows it does not close the quote.
                let escaped =
                    unescape(self.text[at + 1]).ok_or_else(|| self.fault(at, Fault::Escape))?;
                value.expose_secret_mut().push(escaped);
                at += 2;
            } else {
                let (name, after) = self.expansion(at, end)?;
                let Some(name) = name else {
                    value.expose_secret_mut().push(b'$');
                    at = after;
                    continue;
                };
                let found = self
                    .find(name, expand)
                    .ok_or_else(|| self.fault(at, Fault::Unset))?;
                value
                    .expose_secret_mut()
                    .extend_from_slice(&found.expose_secret());
                at = after;
            }
        }
        Ok(value.into())
    }

    /// The name in `${NAME}` and the place after it; none where the dollar sign stands alone.
    fn expansion(&self, dollar: usize, end: usize) -> Result<(Option<&'a str>, usize), Error> {
        let rest = &self.text[dollar + 1..end];
        let Some(braced) = rest.strip_prefix(b"{") else {
            return Ok((None, dollar + 1));
        };
        let length = braced
            .iter()
            .position(|byte| !is_name(*byte))
            .unwrap_or(braced.len());
        let name = std::str::from_utf8(&braced[..length]).unwrap_or_default();
        if name.is_empty() || braced.get(length) != Some(&b'}') {
            return Err(self.fault(dollar, Fault::Expansion));
        }
        Ok((Some(name), dollar + 1 + 1 + length + 1))
    }

    fn find(&self, name: &str, lookup: Option<Lookup<'a>>) -> Option<SecretBytes> {
        let above = self.entries.iter().rfind(|entry| entry.name == name);
        match above {
            Some(entry) => Some(entry.value.clone()),
            None => lookup.and_then(|lookup| lookup(name)),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn skip(&mut self, skipped: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&skipped) {
            self.at += 1;
        }
    }

    fn skip_carriage_return(&mut self) {
        if self.text[self.at..].starts_with(b"\r\n") {
            self.at += 1;
        }
    }

    fn fault(&self, offset: usize, fault: Fault) -> Error {
        let before = &self.text[..offset];
        let line_start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(self.start(), |end| end + 1);
        Error {
            line: 1 + line_breaks(before),
            column: offset - line_start + 1,
            fault,
        }
    }
}

fn line_breaks(text: &[u8]) -> usize {
    text.split(|byte| *byte == b'\n').count() - 1
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-')
}

/// White space within a line; a carriage return belongs to the end of the line, or to the value.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

fn unescape(byte: u8) -> Option<u8> {
    match byte {
        b'n' => Some(b'\n'),
        b'r' => Some(b'\r'),
        b't' => Some(b'\t'),
        b'\\' | b'"' | b'$' => Some(byte),
        _ => None,
    }
}
