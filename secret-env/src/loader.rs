//! [`Loader`]: where to look, what to refuse, and what becomes of the environment.

use std::path::PathBuf;

use secret_core::SecretBytes;
use serde::de::DeserializeOwned;

use crate::block;
use crate::check::Check;
use crate::explain::{Explanation, Row, Shown};
use crate::passes;
use crate::problem::{LoadError, Problem, ProblemKind};
use crate::sources::Sources;

/// Loads a config struct from the environment and from files.
///
/// A field `api_key` is looked for under the name `API_KEY`, a field `host` of a nested struct `db` under `DB__HOST`:
///
/// 1. in the environment,
/// 2. in the file that `API_KEY_FILE` names in the environment,
/// 3. in the secret directories, in the order they were given, and in systemd's `$CREDENTIALS_DIRECTORY`, as a file
///    `API_KEY`, `api_key` or `api-key`,
/// 4. in the `.env` files, in the order they were given, and in the file that `API_KEY_FILE` names there,
/// 5. and last in serde's defaults.
///
/// ```
/// use secret_core::{Redact, SecretString};
///
/// #[derive(Redact, serde::Deserialize)]
/// struct Config {
///     port: u16,
///     api_key: SecretString,
///     database: Database,
/// }
///
/// #[derive(Redact, serde::Deserialize)]
/// struct Database {
///     #[redact(safe)]
///     host: String,
///     password: Option<SecretString>,
/// }
///
/// let config: Config = secret_env::Loader::new()
///     .prefix("APP_")
///     .variables([("APP_PORT", "8080"), ("APP_API_KEY", "k-4711"), ("APP_DATABASE__HOST", "db")])
///     .load()?;
/// assert_eq!(
///     format!("{config:?}"),
///     r#"Config { port: 8080, api_key: [REDACTED], database: Database { host: "db", password: None } }"#,
/// );
/// # Ok::<(), secret_env::LoadError>(())
/// ```
#[derive(Debug, Default)]
#[must_use = "a loader does nothing until `load` is called"]
pub struct Loader {
    options: Options,
}

#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) prefix: String,
    pub(crate) separator: String,
    pub(crate) list_separator: String,
    pub(crate) secret_dirs: Vec<PathBuf>,
    pub(crate) dotenv: Vec<PathBuf>,
    /// Instead of the process's environment.
    pub(crate) variables: Option<Vec<(String, SecretBytes)>>,
    pub(crate) without: Vec<Check>,
    pub(crate) minimum_bits: u32,
    pub(crate) trim: bool,
    pub(crate) expand: bool,
    pub(crate) keep_environment: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            prefix: String::new(),
            separator: String::from("__"),
            list_separator: String::from(","),
            secret_dirs: Vec::new(),
            dotenv: Vec::new(),
            variables: None,
            without: Vec::new(),
            minimum_bits: 0,
            trim: false,
            expand: false,
            keep_environment: false,
        }
    }
}

impl Loader {
    /// Looks in the environment, in the files that `NAME_FILE` names, and in systemd's credentials.
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # struct Config { port: Option<u16> }
    /// let config: Config = secret_env::Loader::new().prefix("MY_APP_").load()?;
    /// assert_eq!(config.port, None);
    /// # Ok::<(), secret_env::LoadError>(())
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// What the names of all variables begin with. Files in secret directories have it in their names, too.
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # struct Config { port: u16 }
    /// # use secret_env::Loader;
    /// let loader = Loader::new().prefix("APP_").variables([("APP_PORT", "80")]);
    /// assert_eq!(loader.load::<Config>()?.port, 80);
    /// # Ok::<(), secret_env::LoadError>(())
    /// ```
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.options.prefix = prefix.into();
        self
    }

    /// What stands between the names of a nested struct and its field, `__` unless set.
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # struct Config { db: Db }
    /// # #[derive(serde::Deserialize)]
    /// # struct Db { port: u16 }
    /// # use secret_env::Loader;
    /// let loader = Loader::new().separator("_").variables([("DB_PORT", "5432")]);
    /// assert_eq!(loader.load::<Config>()?.db.port, 5432);
    /// # Ok::<(), secret_env::LoadError>(())
    /// ```
    pub fn separator(mut self, separator: impl Into<String>) -> Self {
        self.options.separator = separator.into();
        self
    }

    /// What stands between the elements of a list, a comma unless set. White space around an element is dropped,
    /// except around a secret, where it is refused.
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # struct Config { hosts: Vec<String> }
    /// # use secret_env::Loader;
    /// let loader = Loader::new().list_separator(";").variables([("HOSTS", "a; b")]);
    /// assert_eq!(loader.load::<Config>()?.hosts, ["a", "b"]);
    /// # Ok::<(), secret_env::LoadError>(())
    /// ```
    pub fn list_separator(mut self, separator: impl Into<String>) -> Self {
        self.options.list_separator = separator.into();
        self
    }

    /// Looks in a `.env` file too, if there is one. Of several, the one named first wins.
    ///
    /// ```no_run
    /// # #[derive(serde::Deserialize)]
    /// # struct Config { port: u16 }
    /// let config: Config = secret_env::Loader::new().dotenv(".env.local").dotenv(".env").load()?;
    /// # Ok::<(), secret_env::LoadError>(())
    /// ```
    pub fn dotenv(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.dotenv.push(path.into());
        self
    }

    /// Looks in a directory with one file for each secret too, if there is one: Docker's and Kubernetes's
    /// `/run/secrets`.
    ///
    /// ```no_run
    /// # #[derive(serde::Deserialize)]
    /// # struct Config { api_key: secret_core::SecretString }
    /// let config: Config = secret_env::Loader::new().secret_dir("/run/secrets").load()?;
    /// # Ok::<(), secret_env::LoadError>(())
    /// ```
    pub fn secret_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.secret_dirs.push(path.into());
        self
    }

    /// Looks at these variables instead of the process's environment: for tests, and for an environment that comes
    /// from elsewhere.
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # struct Config { port: u16 }
    /// let loader = secret_env::Loader::new().variables([("PORT", "80")]);
    /// assert_eq!(loader.load::<Config>()?.port, 80);
    /// # Ok::<(), secret_env::LoadError>(())
    /// ```
    pub fn variables<N, V>(mut self, variables: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<String>,
        V: Into<String>,
    {
        let held = variables
            .into_iter()
            .map(|(name, value)| (name.into(), value.into().into_bytes().into()));
        self.options.variables = Some(held.collect());
        self
    }

    /// Drops white space and line breaks around every value, such as the line break at the end of a file.
    ///
    /// Without it a secret with white space around it is refused, since nobody can tell whether it belongs to it.
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # struct Config { api_key: secret_core::SecretString }
    /// # use secret_env::Loader;
    /// let loader = Loader::new().variables([("API_KEY", "k-4711\n")]);
    /// assert!(loader.load::<Config>().is_err());
    /// assert!(loader.trim().load::<Config>()?.api_key == "k-4711");
    /// # Ok::<(), secret_env::LoadError>(())
    /// ```
    pub fn trim(mut self) -> Self {
        self.options.trim = true;
        self
    }

    /// Replaces `${NAME}` in `.env` files, outside single quotes, by what the name is set to above or in the
    /// environment. Off unless called, since passwords contain dollar signs.
    ///
    /// ```no_run
    /// # #[derive(serde::Deserialize)]
    /// # struct Config { url: String }
    /// let config: Config = secret_env::Loader::new().dotenv(".env").expand().load()?;
    /// # Ok::<(), secret_env::LoadError>(())
    /// ```
    pub fn expand(mut self) -> Self {
        self.options.expand = true;
        self
    }

    /// Switches off a check on secrets.
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # struct Config { api_key: secret_core::SecretString }
    /// # use secret_env::{Check, Loader};
    /// let loader = Loader::new().variables([("API_KEY", "example")]);
    /// assert!(loader.without(Check::Placeholder).load::<Config>().is_ok());
    /// ```
    pub fn without(mut self, check: Check) -> Self {
        self.options.without.push(check);
        self
    }

    /// Refuses every secret that is weaker than so many bits, by the estimate of
    /// [`strength_bits`](crate::strength_bits). For one field, see [`strong`](crate::strong).
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # struct Config { api_key: secret_core::SecretString }
    /// # use secret_env::Loader;
    /// let loader = Loader::new().minimum_strength(64).variables([("API_KEY", "hunter2")]);
    /// assert!(loader.load::<Config>().err().unwrap().to_string().contains("at least 64"));
    /// ```
    pub fn minimum_strength(mut self, bits: u32) -> Self {
        self.options.minimum_bits = bits;
        self
    }

    /// Leaves the environment as it is. Without it, [`load`](Self::load) removes the secrets it has read.
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # struct Config { path: String }
    /// let config: Config = secret_env::Loader::new().keep_environment().load()?;
    /// # Ok::<(), secret_env::LoadError>(())
    /// ```
    pub fn keep_environment(mut self) -> Self {
        self.options.keep_environment = true;
        self
    }

    /// Loads the struct, and then removes the secrets from the environment.
    ///
    /// On Linux, each variable from which a secret was read is removed, and its bytes are wiped where the process
    /// got them from its parent, so that `/proc/self/environ` and child processes do not have them, and a core dump has
    /// them nowhere but in the secret. That can only be done while no other thread can be reading the environment, so
    /// it must be called before threads are started. On other systems the environment is left as it is, and so it is
    /// everywhere when loading fails.
    ///
    /// To find all problems, the type is deserialised more than once, with stand-ins for what is missing or refused. A
    /// `deserialize_with` function is called with those, too, so it should do nothing but read.
    ///
    /// # Errors
    ///
    /// [`LoadError`] lists every problem: each missing, malformed or refused variable by its name and place, files
    /// that cannot be read, and an environment that cannot be cleared since threads are running. Never a value.
    ///
    /// ```no_run
    /// # #[derive(serde::Deserialize)]
    /// # struct Config { api_key: secret_core::SecretString }
    /// fn main() -> Result<(), secret_env::LoadError> {
    ///     let config: Config = secret_env::Loader::new().load()?;
    ///     assert!(std::env::var_os("API_KEY").is_none());
    ///     Ok(())
    /// }
    /// ```
    pub fn load<T: DeserializeOwned>(&self) -> Result<T, LoadError> {
        let sources = Sources::collect(&self.options);
        if !sources.problems.is_empty() {
            return Err(LoadError::new(sources.problems, &sources.searched));
        }
        let outcome = passes::run::<T>(&self.options, &sources);
        let Some(value) = outcome.value else {
            return Err(LoadError::new(outcome.problems, &sources.searched));
        };
        if self.options.variables.is_none() && !self.options.keep_environment {
            block::remove(&outcome.findings.in_environment).map_err(|error| {
                let kind = ProblemKind::Environment(error);
                let problem = Problem::of_variable("the environment", kind);
                LoadError::new(vec![problem], &sources.searched)
            })?;
        }
        Ok(value)
    }

    /// What [`load`](Self::load) would load from where, and why it would fail. The environment is left as it is, so
    /// call it before loading.
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # #[allow(dead_code)]
    /// # struct Config { port: u16, api_key: secret_core::SecretString }
    /// let loader = secret_env::Loader::new().variables([("PORT", "80"), ("API_KEY", "k-4711")]);
    /// println!("{}", loader.explain::<Config>());
    /// ```
    pub fn explain<T: DeserializeOwned>(&self) -> Explanation {
        let sources = Sources::collect(&self.options);
        let outcome = passes::run::<T>(&self.options, &sources);
        let mut rows = outcome.findings.rows;
        if !self.options.prefix.is_empty() {
            for (name, place) in sources.places_under(&self.options.prefix) {
                rows.entry(name.to_owned())
                    .or_insert((Some(place.clone()), Shown::Unused));
            }
        }
        for problem in &outcome.problems {
            let name = problem.subject().split('[').next().unwrap_or_default();
            let shown = match problem.kind() {
                ProblemKind::Missing => Shown::Missing,
                _ => Shown::Refused,
            };
            rows.insert(name.to_owned(), (problem.place().cloned(), shown));
        }
        let rows = rows
            .into_iter()
            .map(|(name, (place, shown))| Row { name, place, shown });
        let mut problems = sources.problems;
        problems.extend(outcome.problems);
        let error = (!problems.is_empty()).then(|| LoadError::new(problems, &sources.searched));
        Explanation::new(rows.collect(), error)
    }
}
