//! Loads config structs and their secrets from the environment, `.env` and secret files, and wipes what it leaves.
//!
//! ```no_run
//! use secret_core::{Redact, SecretString};
//!
//! #[derive(Redact, serde::Deserialize)]
//! struct Config {
//!     port: u16,              // PORT
//!     api_key: SecretString,  // API_KEY, or the file that API_KEY_FILE names
//! }
//!
//! fn main() -> Result<(), secret_env::LoadError> {
//!     let config: Config = secret_env::from_env()?;
//!     println!("{config:?}"); // Config { port: 8080, api_key: [REDACTED] }
//!     Ok(())
//! }
//! ```
//!
//! The interface is serde: `default`, `rename`, `rename_all`, `alias`, `flatten`, nested structs, enums and
//! `deserialize_with` work as they do elsewhere. Where variables are looked for, and in which order, is told at
//! [`Loader`].
//!
//! # Guarantees
//!
//! * One [`LoadError`] lists every problem, by name and by place. No error has a value in it, and neither has the table
//!   that [`Loader::explain`] makes.
//! * A secret is refused if it is empty, a placeholder from an example file, has white space around it, or comes from a
//!   file that everybody can read. See [`Check`].
//! * A value is never guessed at: `00123` stays text for a text field, and a number is exactly what Rust's own
//!   parser accepts.
//! * Every buffer that a value passes through is wiped, and the secret makes the only copy.
//! * On Linux, a secret that was read from the environment is removed from it and wiped. Where that is not sound, since
//!   threads are running, loading fails.
//!
//! Secret is what is read into a `Secret` or `Redacted`, and text and numbers whose field, or whose map, has a name that
//! says so ([`looks_secret`](secret_core::words::looks_secret)), such as a plain `password: String`.
//!
//! # What is not guaranteed
//!
//! * The parent process, the service manager and whoever could read `/proc/PID/environ` before `load` had the secret,
//!   too. A file is the better place.
//! * A plain `String` field is a copy that nobody wipes, and so is what `deserialize_with` makes on its way. A value that
//!   the process had set with `set_var` and has replaced since may still be on its heap.
//! * The error of a type of your own is shown if it quotes no part of the values it was made from, and if the field is no
//!   secret. A text that it has turned into something else is not recognised.
//! * Within `#[serde(flatten)]`, `untagged` and `tag`, serde buffers values before their types are known. There only what
//!   is read into a `Secret` is secret, fields are named in `snake_case`, a `Secret` of a number cannot be loaded, of
//!   several missing fields only the first may be listed, and a type that takes text takes numbers for text, too. Give
//!   a flattened struct a prefix: without one, every variable of the environment is offered to it.
//! * A file that changes while it is read may be read half changed; atomic replacement, as Kubernetes does it, is safe.

mod block;
mod check;
mod de;
pub mod dotenv;
mod explain;
mod file;
mod loader;
mod name;
mod passes;
mod placeholder;
mod problem;
mod sources;
mod strength;

pub use check::Check;
pub use explain::Explanation;
pub use file::FileFault;
pub use loader::Loader;
pub use problem::{ClearError, LoadError, Problem, ProblemKind};
pub use sources::Place;
pub use strength::{strength_bits, strong};

/// Loads a config struct from the environment: [`Loader::new`]`.load()`.
///
/// # Errors
///
/// Those of [`Loader::load`].
///
/// ```no_run
/// #[derive(secret_core::Redact, serde::Deserialize)]
/// struct Config {
///     api_key: secret_core::SecretString,
/// }
/// let config: Config = secret_env::from_env()?;
/// # Ok::<(), secret_env::LoadError>(())
/// ```
pub fn from_env<T: serde::de::DeserializeOwned>() -> Result<T, LoadError> {
    Loader::new().load()
}
