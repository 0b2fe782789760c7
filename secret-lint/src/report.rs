//! What was found, and how it is shown.
//!
//! A [`Finding`] is what the analysis says. [`allow::Allows`] takes out those that a comment accepts, [`baseline::Baseline`]
//! those that were there before, and [`levels::Levels`] makes [`levels::Report`]s of the rest: errors and warnings in a
//! stable order. [`human`], [`short`], [`json`] and [`sarif`] write them, and [`outcome::Outcome`] counts them.

pub mod allow;
pub mod baseline;
pub mod fingerprint;
pub mod human;
pub mod json;
pub mod levels;
pub mod lint;
mod mask;
pub mod outcome;
pub mod sarif;
pub mod short;
pub mod sources;
#[cfg(test)]
mod test_findings;

use serde::{Deserialize, Serialize};

use crate::mir::Span;

/// One report: a flow from a source to a sink.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// Which rule it breaks.
    pub lint: Lint,
    /// `exposed secret is printed`: lower case, without a full stop.
    pub message: String,
    /// Where it gets out: in code of the user's, at the call or macro.
    pub sink: Span,
    /// What happens there: `this prints the secret`.
    pub sink_label: String,
    /// Where the secret comes from, and what is said about it: `exposed here`. Nothing where that is the sink.
    pub source: Option<(Span, String)>,
    /// What happens between the two, in order: `passed to retry() here`.
    pub path: Vec<(Span, String)>,
    /// What to do, one sentence each.
    pub help: Vec<String>,
    /// Changes of the source that would end it, each by itself.
    #[serde(default)]
    pub suggestions: Vec<Suggestion>,
}

/// A change of the source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Suggestion {
    /// `derive Redact instead`: lower case, without a full stop.
    pub message: String,
    /// What is changed, all of it in one file and in its order.
    pub edits: Vec<Edit>,
    /// Whether it may be made without asking.
    pub applicability: Applicability,
}

/// A part of the source, and what stands there instead.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edit {
    /// What is replaced; where start and end are the same, something is inserted.
    pub span: Span,
    /// By what.
    pub replacement: String,
}

/// How sure a suggestion is, in rustc's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Applicability {
    /// The program compiles with it and means what it should: `--fix` makes it.
    MachineApplicable,
    /// Somebody has to look.
    MaybeIncorrect,
}

/// The rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lint {
    /// A secret is printed, logged or put into a panic.
    SecretInLog,
    /// A secret is stored in an error.
    SecretInError,
    /// A secret is part of a URL.
    SecretInUrl,
    /// A secret is an argument or a variable of a child process.
    SecretInArgs,
    /// A secret is stored in plain where it is printed or serialised.
    SecretToPlain,
    /// Something that is named like a secret is plain text and gets out.
    UndeclaredSecret,
    /// A literal is used as a secret.
    HardcodedSecret,
    /// A file with secrets is tracked by git.
    CommittedSecretFile,
    /// The placeholder would be sent in place of a secret.
    RedactedOnTheWire,
    /// A comment accepts a report that there is none of.
    UnusedAllow,
    /// A comment accepts a report and does not say why.
    AllowWithoutReason,
}
