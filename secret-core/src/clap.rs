//! Secrets as arguments of a `clap` command line.
//!
//! With feature `clap` a field of type [`SecretString`], [`SecretBytes`] or `Secret<T: FromStr>` needs no more than
//! `#[arg(long)]`. What the user may write:
//!
//! | argument | the secret is |
//! |---|---|
//! | `--key @/run/secrets/key` | the content of the file |
//! | `--key -` | what comes on standard input, up to its end |
//! | `--key k-4711` | the text itself; other users see it in the process list, and the shell keeps it in its history |
//! | `--key @@k-4711` | the text `@k-4711`: a second `@` makes a leading one literal |
//!
//! One newline at the end of a file or of standard input is not part of the secret. A value that comes from an
//! environment variable (`#[arg(env)]`) is always the text itself, since no one is there to double the `@` of a
//! generated password. An empty secret is refused: it is an unset variable in a script more often than a password.
//!
//! ```
//! use clap::Parser;
//! use secret_core::SecretString;
//!
//! #[derive(Parser)]
//! struct Cli {
//!     #[arg(long, env = "API_KEY", hide_env_values = true)]
//!     key: SecretString,
//! }
//!
//! let cli = Cli::try_parse_from(["app", "--key", "k-4711"]).unwrap();
//! assert!(cli.key == "k-4711");
//! ```
//!
//! # What is shown
//!
//! No error about the argument holds its value. The path of a file is shown if the file exists; otherwise it
//! could be a password that begins with `@`.
//!
//! clap prints the value of an environment variable in `--help` (`[env: API_KEY=…]`) unless the argument sets
//! `hide_env_values = true`. The parser cannot set that for the argument, so it refuses every value until it is set;
//! `#[command(mut_args(|argument| argument.hide_env_values(true)))]` sets it for a whole command. A default that is
//! the secret itself is refused as well; one that names a file is not.
//!
//! clap keeps a copy of the arguments it was given, and the operating system another; neither is wiped. A secret in a
//! place where no argument belongs (`app hunter2`) is quoted by clap as an unexpected argument.

mod source;

use core::marker::PhantomData;
use core::str::FromStr;
use std::ffi::OsStr;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use ::clap::builder::{TypedValueParser, ValueParserFactory};
use ::clap::error::{Error, ErrorKind};
use ::clap::parser::ValueSource;
use ::clap::{Arg, Command};
use zeroize::Zeroize;

use crate::error::SecretError;
use crate::placeholder::REDACTED;
use crate::secret::{Secret, SecretBytes, SecretString};
use source::Source;

/// The parser for a secret, where it is to be set up; a field of a secret type has it without being told.
///
/// ```
/// use clap::Parser;
/// use secret_core::{SecretString, clap::secret};
///
/// #[derive(Parser)]
/// struct Cli {
///     #[arg(long, value_parser = secret::<SecretString>().refuse_literals())]
///     key: SecretString,
/// }
///
/// let error = Cli::try_parse_from(["app", "--key", "k-4711"]).err().unwrap();
/// assert!(!error.to_string().contains("k-4711"));
/// ```
pub fn secret<S: FromArgument>() -> SecretParser<S> {
    SecretParser {
        refuse_literals: false,
        secret: PhantomData,
    }
}

/// Parses an argument into a secret. Made by [`secret`].
///
/// ```
/// use clap::{Arg, Command};
/// use secret_core::{Secret, clap::secret};
///
/// let command = Command::new("app").arg(Arg::new("pin").long("pin").value_parser(secret::<Secret<u16>>()));
/// let error = command.try_get_matches_from(["app", "--pin", "hunter2"]).unwrap_err();
/// assert!(error.to_string().contains("the secret is not a valid `u16`"));
/// assert!(!error.to_string().contains("hunter2"));
/// ```
#[derive(Debug)]
pub struct SecretParser<S> {
    refuse_literals: bool,
    secret: PhantomData<fn() -> S>,
}

impl<S> SecretParser<S> {
    /// Refuses a secret that stands on the command line itself, where the process list shows it; `@path`, `-` and
    /// an environment variable remain.
    ///
    /// ```
    /// # use secret_core::{SecretString, clap::secret};
    /// let parser = secret::<SecretString>().refuse_literals();
    /// # let _ = parser;
    /// ```
    #[must_use]
    pub fn refuse_literals(self) -> Self {
        Self {
            refuse_literals: true,
            ..self
        }
    }
}

impl<S> Clone for SecretParser<S> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<S: FromArgument + Clone + Send + Sync + 'static> TypedValueParser for SecretParser<S> {
    type Value = S;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<S, Error> {
        self.parse_ref_(command, argument, value, ValueSource::CommandLine)
    }

    fn parse_ref_(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
        origin: ValueSource,
    ) -> Result<S, Error> {
        self.read(argument, value, origin)
            .map_err(|reason| refusal(command, argument, &reason))
    }
}

impl<S: FromArgument> SecretParser<S> {
    fn read(
        &self,
        argument: Option<&Arg>,
        value: &OsStr,
        origin: ValueSource,
    ) -> Result<S, String> {
        if argument.is_some_and(|argument| {
            argument.get_env().is_some() && !argument.is_hide_env_values_set()
        }) {
            return Err(String::from(
                "`--help` would show the secret: the program must set `hide_env_values = true` on this argument",
            ));
        }
        let value = value
            .to_str()
            .ok_or_else(|| String::from("the secret is not valid UTF-8"))?;
        let source = match origin {
            ValueSource::EnvVariable => Source::Literal(value),
            _ => Source::of(value),
        };
        if let Source::Literal(_) = source {
            match origin {
                ValueSource::CommandLine if self.refuse_literals => {
                    return Err(String::from(
                        "the process list would show the secret: give `@path` to read a file, or `-` for standard input",
                    ));
                }
                ValueSource::DefaultValue => {
                    return Err(String::from(
                        "a default in the program is no secret: it may only name a file, as `@path`",
                    ));
                }
                _ => {}
            }
        }
        let secret = source.read()?;
        if secret.expose_secret().is_empty() {
            return Err(String::from("the secret is empty"));
        }
        S::from_argument(secret).map_err(|error| error.to_string())
    }
}

fn refusal(command: &Command, argument: Option<&Arg>, reason: &str) -> Error {
    let message = match argument {
        Some(argument) => format!("invalid value for '{argument}': {reason}\n"),
        None => format!("invalid value: {reason}\n"),
    };
    Error::raw(ErrorKind::ValueValidation, message).with_cmd(command)
}

/// A secret that can be made from an argument: text, bytes, and whatever can be parsed from text.
///
/// ```
/// # use secret_core::{Secret, SecretBytes, SecretString, clap::FromArgument};
/// fn can_be_an_argument<S: FromArgument>() {}
/// can_be_an_argument::<SecretString>();
/// can_be_an_argument::<SecretBytes>();
/// can_be_an_argument::<Secret<u32>>();
/// ```
pub trait FromArgument: Sized {
    /// Makes the secret from what was given.
    ///
    /// # Errors
    ///
    /// When it is not what the type expects; the error does not quote it.
    fn from_argument(bytes: Secret<Vec<u8>>) -> Result<Self, SecretError>;
}

impl FromArgument for SecretBytes {
    fn from_argument(bytes: Secret<Vec<u8>>) -> Result<Self, SecretError> {
        if **bytes.expose_secret() == *REDACTED.as_bytes() {
            return Err(SecretError::AlreadyRedacted);
        }
        Ok(Self::from(bytes))
    }
}

impl FromArgument for SecretString {
    fn from_argument(bytes: Secret<Vec<u8>>) -> Result<Self, SecretError> {
        Self::try_from(SecretBytes::from_argument(bytes)?)
    }
}

impl<T: FromStr + Zeroize> FromArgument for Secret<T> {
    fn from_argument(bytes: Secret<Vec<u8>>) -> Result<Self, SecretError> {
        SecretString::from_argument(bytes)?.expose_secret().parse()
    }
}

macro_rules! parsed_by_default {
    ($({$($generics:tt)*} $secret:ty),*) => { $(
        impl<$($generics)*> ValueParserFactory for $secret {
            type Parser = SecretParser<Self>;

            fn value_parser() -> Self::Parser {
                secret()
            }
        }
    )* };
}

parsed_by_default!({} SecretString, {} SecretBytes, {T: FromStr + Zeroize} Secret<T>);
