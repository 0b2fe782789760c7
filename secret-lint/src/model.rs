//! What is known about other people's functions: which give out secrets, which print, and how values pass through.
//!
//! The data file `model/builtin.toml` is the model of the usual crates; a workspace adds its own.

use std::collections::HashMap;

use serde::{Deserialize, de::IgnoredAny};

use crate::report::Lint;

mod flow;

pub use flow::{Base, Expression, Flow};

/// The version of the file format.
pub const VERSION: u32 = 1;

const BUILTIN: &str = include_str!("model/builtin.toml");

/// A model file as written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    /// How strict the lints are: the driver reads that, as it does what tests are checked.
    #[serde(default, rename = "lints")]
    _lints: IgnoredAny,
    #[serde(default, rename = "check_tests")]
    _check_tests: IgnoredAny,
    #[serde(default)]
    clean_types: Vec<String>,
    #[serde(default)]
    redacted_types: Vec<String>,
    #[serde(default)]
    source: Vec<Source>,
    #[serde(default)]
    sink: Vec<Sink>,
    #[serde(default)]
    sanitizer: Vec<Sanitizer>,
    #[serde(default)]
    propagator: Vec<Propagator>,
}

/// Functions whose result is a secret, and fields that are one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The type, trait or module.
    pub of: String,
    /// Its functions; `*` is all of them.
    #[serde(default)]
    pub methods: Vec<String>,
    /// Its fields by name or, in a tuple, number; of an enum's variant, `of` names both.
    #[serde(default)]
    pub fields: Vec<String>,
    /// The type of `self`, where not every one counts: the beginning of its path.
    #[serde(default)]
    pub on: Vec<String>,
    /// Only where an argument is such a text.
    #[serde(default)]
    pub when: Option<When>,
    /// What comes out.
    #[serde(default)]
    pub kind: Kind,
    /// Which argument that is, counted from 0.
    #[serde(default)]
    pub name: usize,
    /// What the report says there.
    #[serde(default = "exposed_here")]
    pub label: String,
}

/// What is followed.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A secret in plain.
    #[default]
    Exposed,
    /// What a redacting type shows in place of its secret.
    Placeholder,
    /// A literal of the source that looks like a secret.
    Literal,
}

fn exposed_here() -> String {
    "exposed here".to_owned()
}

/// A condition on a text that is an argument.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// A name that sounds like a secret, as that of a variable does.
    SecretName,
}

/// Functions that give out what they get.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sink {
    /// The type, trait or module.
    pub of: String,
    /// Its functions; `*` is all of them.
    pub methods: Vec<String>,
    /// The type of `self`, where not every one counts: a part of its path.
    #[serde(default)]
    pub on: Vec<String>,
    /// Whether what the argument returns counts: it is a function.
    #[serde(default)]
    pub is_called: bool,
    /// Which arguments, counted from 0.
    pub arguments: Vec<usize>,
    /// What must not get there; the other kinds may.
    #[serde(default)]
    pub kind: Kind,
    /// Parts of the paths of types that an argument may have: what is in those was looked at when they were made.
    #[serde(default)]
    pub except: Vec<String>,
    /// Only where this argument is the name of a header that authorizes.
    #[serde(default)]
    pub header: Option<usize>,
    /// Whether the argument is printed by its `Debug`, `Display` or `Serialize` implementation.
    #[serde(default)]
    pub by: Option<String>,
    /// The part of the argument, as in a flow.
    #[serde(default)]
    pub part: Option<String>,
    /// Whether the argument becomes what a panic carries.
    #[serde(default)]
    pub is_panic: bool,
    /// Which rule that breaks.
    pub lint: LintName,
    /// What the report says there.
    pub label: String,
}

/// A lint as the file names it.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum LintName {
    /// `secret_in_log`
    SecretInLog,
    /// `secret_in_error`
    SecretInError,
    /// `secret_in_url`
    SecretInUrl,
    /// `secret_in_args`
    SecretInArgs,
    /// `redacted_on_the_wire`
    RedactedOnTheWire,
    /// `hardcoded_secret`
    HardcodedSecret,
}

impl From<LintName> for Lint {
    fn from(name: LintName) -> Self {
        match name {
            LintName::SecretInLog => Self::SecretInLog,
            LintName::SecretInError => Self::SecretInError,
            LintName::SecretInUrl => Self::SecretInUrl,
            LintName::SecretInArgs => Self::SecretInArgs,
            LintName::RedactedOnTheWire => Self::RedactedOnTheWire,
            LintName::HardcodedSecret => Self::HardcodedSecret,
        }
    }
}

/// Functions that end a flow.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sanitizer {
    /// The type, trait or module.
    pub of: String,
    /// Its functions; `*` is all of them.
    pub methods: Vec<String>,
    /// Whether `--list-declassified` shows the call.
    #[serde(default)]
    pub is_declassification: bool,
}

/// Functions through which values pass.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Propagator {
    of: String,
    methods: Vec<String>,
    #[serde(default)]
    on: Vec<String>,
    flows: Vec<String>,
}

/// What values pass through: of what, the types of `self` that count, and how.
type Passing = (String, Vec<String>, Vec<Flow>);

/// The model in a form that is quick to ask.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Beginnings of the paths of types that carry no text.
    pub clean_types: Vec<String>,
    /// Beginnings of the paths of types that print a placeholder.
    pub redacted_types: Vec<String>,
    /// The fields that are secrets: of which type, and the name.
    pub secret_fields: Vec<(String, String)>,
    sources: HashMap<String, Vec<(String, Source)>>,
    sinks: HashMap<String, Vec<(String, Sink)>>,
    sanitizers: HashMap<String, Vec<(String, Sanitizer)>>,
    propagators: HashMap<String, Vec<Passing>>,
}

impl Model {
    /// The model of the usual crates.
    ///
    /// # Errors
    ///
    /// If the built-in file is wrong, which a test rules out.
    ///
    /// ```
    /// assert!(secret_lint::model::Model::builtin().is_ok());
    /// ```
    pub fn builtin() -> Result<Self, String> {
        let mut model = Self::default();
        model.extend(BUILTIN)?;
        Ok(model)
    }

    /// Adds what a file says.
    ///
    /// # Errors
    ///
    /// If it is no TOML, has a key that is not known, another version, or a flow that cannot be read.
    ///
    /// ```
    /// let mut model = secret_lint::model::Model::builtin()?;
    /// model.extend("version = 1\n[[source]]\nof = \"vault::Client\"\nmethods = [\"read\"]\n")?;
    /// assert!(model.extend("version = 1\nsinks = []\n").is_err());
    /// # Ok::<(), String>(())
    /// ```
    pub fn extend(&mut self, text: &str) -> Result<(), String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        if file.version != VERSION {
            return Err(format!(
                "the model is of version {}, this program reads version {VERSION}",
                file.version
            ));
        }
        self.clean_types.extend(file.clean_types);
        self.redacted_types.extend(file.redacted_types);
        for source in file.source {
            if source.methods.is_empty() && source.fields.is_empty() {
                return Err(format!(
                    "the source of `{}` has neither `methods` nor `fields`",
                    source.of
                ));
            }
            let of = &source.of;
            self.secret_fields.extend(
                source
                    .fields
                    .iter()
                    .map(|field| (of.clone(), field.clone())),
            );
            for method in &source.methods {
                self.sources
                    .entry(key(&source.of, method))
                    .or_default()
                    .push((source.of.clone(), source.clone()));
            }
        }
        for sink in file.sink {
            for method in &sink.methods {
                self.sinks
                    .entry(key(&sink.of, method))
                    .or_default()
                    .push((sink.of.clone(), sink.clone()));
            }
        }
        for sanitizer in file.sanitizer {
            for method in &sanitizer.methods {
                self.sanitizers
                    .entry(key(&sanitizer.of, method))
                    .or_default()
                    .push((sanitizer.of.clone(), sanitizer.clone()));
            }
        }
        for propagator in file.propagator {
            let flows = propagator
                .flows
                .iter()
                .map(|flow| Flow::parse(flow))
                .collect::<Result<Vec<_>, _>>()?;
            for method in &propagator.methods {
                self.propagators
                    .entry(key(&propagator.of, method))
                    .or_default()
                    .push((propagator.of.clone(), propagator.on.clone(), flows.clone()));
            }
        }
        Ok(())
    }

    /// What gives out a secret.
    #[must_use]
    pub fn source(&self, path: &str, self_type: &str) -> Option<&Source> {
        find(&self.sources, path)
            .into_iter()
            .find(|source| is_on(&source.on, self_type))
    }

    /// Whether a trait or type of any crate with this name has a method that gives out secrets.
    #[must_use]
    pub fn names_source(&self, owner: &str, method: &str) -> bool {
        self.sources.contains_key(&key(owner, method))
    }

    /// What gives out what it gets.
    #[must_use]
    pub fn sinks(&self, path: &str, self_type: &str) -> Vec<&Sink> {
        find(&self.sinks, path)
            .into_iter()
            .filter(|sink| is_on(&sink.on, self_type))
            .collect()
    }

    /// The types that a sink of this path is restricted to.
    #[must_use]
    pub fn sinks_for_any(&self, path: &str) -> Vec<&Sink> {
        find(&self.sinks, path)
    }

    /// What ends a flow.
    #[must_use]
    pub fn sanitizer(&self, path: &str) -> Option<&Sanitizer> {
        find(&self.sanitizers, path).into_iter().next()
    }

    /// How values pass through.
    #[must_use]
    pub fn flows(&self, path: &str, self_type: &str) -> Option<&[Flow]> {
        let owner = path.rsplit_once("::").map_or("", |(owner, _)| owner);
        let entries = keys(path)
            .into_iter()
            .filter_map(|key| self.propagators.get(&key))
            .flatten();
        let mut matching = entries
            .filter(|(of, on, _)| same_owner(of, owner) && is_on(on, self_type))
            .collect::<Vec<_>>();
        matching.sort_by_key(|(_, on, _)| on.is_empty());
        matching.first().map(|(_, _, flows)| flows.as_slice())
    }

    /// Whether a type, by its path, carries no text.
    #[must_use]
    pub fn is_clean_type(&self, path: &str) -> bool {
        self.clean_types.iter().any(|of| matches_type(of, path))
    }

    /// Whether a type that prints a placeholder may be named in a type.
    #[must_use]
    pub fn names_redacted_type(&self, ty: &str) -> bool {
        self.redacted_types.iter().any(|of| ty.contains(last(of)))
    }

    /// Whether a type, by its path, prints a placeholder.
    #[must_use]
    pub fn is_redacted_type(&self, path: &str) -> bool {
        self.redacted_types.iter().any(|of| matches_type(of, path))
    }
}

fn matches_type(pattern: &str, path: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => path.starts_with(beginning),
        None => path == pattern || (last(path) == last(pattern) && same_crate(pattern, path)),
    }
}

fn is_on(on: &[String], self_type: &str) -> bool {
    on.is_empty() || on.iter().any(|part| self_type.contains(part.as_str()))
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

fn key(of: &str, method: &str) -> String {
    format!("{}::{method}", last(of))
}

fn keys(path: &str) -> Vec<String> {
    let (owner, method) = path.rsplit_once("::").unwrap_or(("", path));
    vec![
        format!("{}::{method}", last(owner)),
        format!("{}::*", last(owner)),
    ]
}

/// Re-exports change the path between the crate and the item: the crate and the item's own name count.
fn same_owner(of: &str, owner: &str) -> bool {
    of == owner || (last(of) == last(owner) && same_crate(of, owner))
}

fn same_crate(one: &str, other: &str) -> bool {
    fn root(path: &str) -> &str {
        match path.split("::").next().unwrap_or(path) {
            "core" | "alloc" => "std",
            root => root,
        }
    }
    root(one) == root(other)
}

fn find<'m, T>(map: &'m HashMap<String, Vec<(String, T)>>, path: &str) -> Vec<&'m T> {
    let owner = path.rsplit_once("::").map_or("", |(owner, _)| owner);
    keys(path)
        .into_iter()
        .filter_map(|key| map.get(&key))
        .flatten()
        .filter(|(of, _)| same_owner(of, owner))
        .map(|(_, item)| item)
        .collect()
}
