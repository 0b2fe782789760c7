//! Where values come from: every variable with the places that set it, in order of precedence.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
#[cfg(unix)]
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use secret_core::SecretBytes;

use crate::dotenv;
use crate::file::{self, Contents, FileFault};
use crate::loader::Options;
use crate::problem::{Problem, ProblemKind};

/// Appended to a variable's name, it names a file that holds the value (the convention of Docker's official images).
const FILE_SUFFIX: &str = "_FILE";

/// Set by systemd for units with `LoadCredential=` (systemd.exec(5)).
const CREDENTIALS_DIRECTORY: &str = "CREDENTIALS_DIRECTORY";

/// Where a value was found.
///
/// ```
/// # use secret_env::Place;
/// let place = Place::Dotenv { path: ".env".into(), line: 3 };
/// assert_eq!(place.to_string(), ".env, line 3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// The process's environment.
    Environment,
    /// The file that a variable names.
    NamedFile {
        /// The variable, which ends in `_FILE`.
        variable: String,
    },
    /// A file in a secret directory.
    SecretFile {
        /// The file.
        path: PathBuf,
    },
    /// A line of a `.env` file.
    Dotenv {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => f.write_str("environment"),
            // Not the path: who mistook the variable for the secret's own has the secret in it.
            Self::NamedFile { variable } => write!(f, "file named by {variable}"),
            Self::SecretFile { path } => write!(f, "{}", path.display()),
            Self::Dotenv { path, line } => write!(f, "{}, line {line}", path.display()),
        }
    }
}

/// One place that sets a variable.
pub(crate) struct Entry {
    pub(crate) place: Place,
    content: Content,
}

enum Content {
    Held {
        value: SecretBytes,
        open_to_others: bool,
    },
    File {
        path: PathBuf,
        contents: OnceCell<Result<Contents, FileFault>>,
    },
}

impl Entry {
    fn held(place: Place, value: SecretBytes, open_to_others: bool) -> Self {
        Self {
            place,
            content: Content::Held {
                value,
                open_to_others,
            },
        }
    }

    fn file(place: Place, path: PathBuf) -> Self {
        Self {
            place,
            content: Content::File {
                path,
                contents: OnceCell::new(),
            },
        }
    }

    /// The value; a file is read on the first call.
    pub(crate) fn value(&self) -> Result<&[u8], FileFault> {
        match &self.content {
            Content::Held { value, .. } => Ok(lend(value)),
            Content::File { path, contents } => contents
                .get_or_init(|| file::read(path))
                .as_ref()
                .map(|contents| lend(&contents.bytes))
                .map_err(|fault| *fault),
        }
    }

    pub(crate) fn is_open_to_others(&self) -> bool {
        match &self.content {
            Content::Held { open_to_others, .. } => *open_to_others,
            Content::File { contents, .. } => {
                matches!(contents.get(), Some(Ok(contents)) if contents.open_to_others)
            }
        }
    }

    /// Whether the bytes at this address are part of the value.
    fn holds(&self, address: usize) -> bool {
        let held = match &self.content {
            Content::Held { value, .. } => Some(lend(value)),
            Content::File { contents, .. } => match contents.get() {
                Some(Ok(contents)) => Some(lend(&contents.bytes)),
                _ => None,
            },
        };
        held.is_some_and(|value| {
            let range = value.as_ptr_range();
            (range.start.addr()..range.end.addr()).contains(&address)
        })
    }
}

/// Every variable that is set somewhere.
pub(crate) struct Sources {
    entries: BTreeMap<String, Vec<Entry>>,
    /// The places that were searched, for error messages.
    pub(crate) searched: Vec<String>,
    /// What keeps a place from being searched.
    pub(crate) problems: Vec<Problem>,
}

impl Sources {
    pub(crate) fn collect(options: &Options) -> Self {
        let mut sources = Self {
            entries: BTreeMap::new(),
            searched: vec![String::from("the environment")],
            problems: Vec::new(),
        };
        for (name, value) in environment(options) {
            sources.add(name, Entry::held(Place::Environment, value, false));
        }
        sources.add_named_files();
        let credentials = sources.path_in(CREDENTIALS_DIRECTORY);
        for directory in options.secret_dirs.iter().chain(&credentials) {
            sources.add_directory(directory);
        }
        for path in &options.dotenv {
            sources.add_dotenv(path, options);
            sources.add_named_files();
        }
        sources
    }

    /// The place whose value counts. A variable that ends in `_FILE` and is itself a field names no file.
    pub(crate) fn find(&self, name: &str, is_field: &dyn Fn(&str) -> bool) -> Option<&Entry> {
        self.entries
            .get(name)?
            .iter()
            .find(|entry| match &entry.place {
                Place::NamedFile { variable } => !is_field(variable),
                _ => true,
            })
    }

    /// The names that begin with `prefix`, in order.
    pub(crate) fn names_under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.entries
            .range::<str, _>((
                std::ops::Bound::Included(prefix),
                std::ops::Bound::Unbounded,
            ))
            .map(|(name, _)| name.as_str())
            .take_while(move |name| name.starts_with(prefix))
    }

    /// The names that begin with `prefix` and are set themselves, not only by a variable that names a file.
    pub(crate) fn set_under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        let is_set = |entry: &Entry| !matches!(entry.place, Place::NamedFile { .. });
        self.names_under(prefix)
            .filter(move |name| self.entries[*name].iter().any(is_set))
    }

    /// The variables whose names begin with `prefix` and where each is set, but for those that only name a file.
    pub(crate) fn places_under<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Place)> {
        let names_file = |name: &str| {
            let named = name.strip_suffix(FILE_SUFFIX);
            named.is_some_and(|named| self.entries.contains_key(named))
        };
        self.names_under(prefix)
            .filter(move |name| !names_file(name))
            .filter_map(|name| Some((name, &self.entries.get(name)?.first()?.place)))
    }

    /// The variable whose value lies at this address.
    pub(crate) fn name_at(&self, address: usize) -> Option<&str> {
        self.entries
            .iter()
            .find(|(_, entries)| entries.iter().any(|entry| entry.holds(address)))
            .map(|(name, _)| name.as_str())
    }

    fn add(&mut self, name: String, entry: Entry) {
        self.entries.entry(name).or_default().push(entry);
    }

    /// Adds `NAME` for each `NAME_FILE` that is set and was not added before.
    fn add_named_files(&mut self) {
        let named: Vec<_> = self
            .entries
            .keys()
            .filter_map(|variable| {
                let name = variable.strip_suffix(FILE_SUFFIX)?;
                // `STORE__FILE` is the field `file` of `store`.
                if name.is_empty() || name.ends_with('_') {
                    return None;
                }
                let path = self.path_in(variable)?;
                Some((name.to_owned(), variable.clone(), path))
            })
            .collect();
        for (name, variable, path) in named {
            let place = Place::NamedFile { variable };
            let known = self.entries.get(&name);
            if known.is_some_and(|entries| entries.iter().any(|entry| entry.place == place)) {
                continue;
            }
            self.add(name, Entry::file(place, path));
        }
    }

    /// The path that a variable holds, if it holds one.
    fn path_in(&self, variable: &str) -> Option<PathBuf> {
        let entry = self.entries.get(variable)?.first()?;
        if !matches!(entry.place, Place::Environment | Place::Dotenv { .. }) {
            return None;
        }
        path_from(entry.value().ok()?)
    }

    fn add_directory(&mut self, directory: &Path) {
        let listing = match directory.read_dir() {
            Ok(listing) => listing,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                self.searched
                    .push(format!("{} (not there)", directory.display()));
                return;
            }
            Err(error) => {
                let fault = FileFault::Unreadable(error.kind());
                self.problems
                    .push(Problem::of_path(directory, ProblemKind::Directory(fault)));
                return;
            }
        };
        self.searched.push(directory.display().to_string());
        let mut files: Vec<PathBuf> = listing.flatten().map(|entry| entry.path()).collect();
        files.sort();
        let mut seen: BTreeMap<String, &Path> = BTreeMap::new();
        for path in &files {
            // Kubernetes keeps its versions in `..data` and `..2026_11_24`.
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            if name.starts_with('.') || path.is_dir() {
                continue;
            }
            let variable = file_variable(name);
            if let Some(other) = seen.insert(variable.clone(), path) {
                let kind = ProblemKind::SameName(other.to_owned());
                self.problems.push(Problem::of_path(path, kind));
                continue;
            }
            let place = Place::SecretFile { path: path.clone() };
            self.add(variable, Entry::file(place, path.clone()));
        }
    }

    fn add_dotenv(&mut self, path: &Path, options: &Options) {
        let contents = match file::read(path) {
            Ok(contents) => contents,
            Err(FileFault::NotFound) => {
                self.searched
                    .push(format!("{} (not there)", path.display()));
                return;
            }
            Err(fault) => {
                self.problems
                    .push(Problem::of_path(path, ProblemKind::File(fault)));
                return;
            }
        };
        self.searched.push(path.display().to_string());
        let text = lend(&contents.bytes);
        let parsed = if options.expand {
            dotenv::parse_expanding(text, &|name| {
                let entry = self.entries.get(name)?.first()?;
                entry.value().ok().map(|value| Vec::from(value).into())
            })
        } else {
            dotenv::parse(text)
        };
        let entries = match parsed {
            Ok(entries) => entries,
            Err(error) => {
                self.problems
                    .push(Problem::of_path(path, ProblemKind::Dotenv(error)));
                return;
            }
        };
        let last: BTreeMap<String, dotenv::Entry> = entries
            .into_iter()
            .map(|entry| (entry.name.clone(), entry))
            .collect();
        for (name, entry) in last {
            let place = Place::Dotenv {
                path: path.to_owned(),
                line: entry.line,
            };
            self.add(
                name,
                Entry::held(place, entry.value, contents.open_to_others),
            );
        }
    }
}

/// A reference that lives as long as the secret, for serde to hand to visitors.
fn lend(secret: &SecretBytes) -> &[u8] {
    secret
        .expose_secret()
        .declassify("lent to the visitor of the field")
}

/// The variable that a file of a secret directory sets: `db-password` sets `DB_PASSWORD`.
fn file_variable(name: &str) -> String {
    name.to_uppercase().replace(['-', '.'], "_")
}

/// The environment that is read, each value in an allocation of its own that is wiped.
fn environment(options: &Options) -> Vec<(String, SecretBytes)> {
    match &options.variables {
        Some(variables) => variables
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        None => std::env::vars_os()
            .filter_map(|(name, value)| {
                let value = SecretBytes::from(value.into_encoded_bytes());
                let name = name.into_string().ok()?;
                // Windows does not tell their cases apart.
                let name = if cfg!(windows) {
                    name.to_uppercase()
                } else {
                    name
                };
                Some((name, value))
            })
            .collect(),
    }
}

/// The path that a value is, of whatever encoding the system's paths are.
fn path_from(value: &[u8]) -> Option<PathBuf> {
    #[cfg(unix)]
    let path: &OsStr = OsStrExt::from_bytes(value);
    #[cfg(not(unix))]
    let path = OsStr::new(std::str::from_utf8(value).ok()?);
    (!value.is_empty()).then(|| PathBuf::from(path))
}
