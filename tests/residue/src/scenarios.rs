//! The table of scenarios, one file for each kind.

mod controls;
mod documents;
mod loading;
mod ours;
mod peers;

use crate::stage::Stage;

/// How the child gets the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// It asks for it and reads it from a pipe, straight into a buffer of its own.
    Pipe,
    /// It is in the environment from the start, so there is no time before.
    Environment,
    /// In a file `app_key` in the directory of the run.
    File,
    /// In that file, which a variable names.
    NamedFile,
    /// In a file `.env` in the directory of the run, once as it is and once after an escape.
    Dotenv,
}

/// What may be left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// Nothing: this is what the project promises.
    Nothing,
    /// Something, or the measurement does not measure.
    Residue,
    /// Whatever other people's code leaves; why, and what to do about it.
    Measured(&'static str),
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scenario {
    /// What happens to the secret.
    pub(crate) name: &'static str,
    /// How it comes in.
    pub(crate) source: Source,
    /// What may be left.
    pub(crate) expected: Expected,
    /// How many copies the scenario makes on purpose.
    pub(crate) copies: usize,
    /// Holds the secret, calls [`Stage::live`] and drops it.
    pub(crate) run: fn(&mut Stage),
}

/// All scenarios, by kind.
pub(crate) const SCENARIOS: &[&[Scenario]] = &[
    controls::SCENARIOS,
    ours::SCENARIOS,
    loading::SCENARIOS,
    documents::SCENARIOS,
    peers::SCENARIOS,
];

/// A secret that is read from the pipe and of which nothing may be left.
const fn ours(name: &'static str, run: fn(&mut Stage)) -> Scenario {
    Scenario {
        name,
        source: Source::Pipe,
        expected: Expected::Nothing,
        copies: 1,
        run,
    }
}

/// A secret that is read from the pipe, in the hands of other people's code.
const fn measured(name: &'static str, why: &'static str, run: fn(&mut Stage)) -> Scenario {
    Scenario {
        expected: Expected::Measured(why),
        ..ours(name, run)
    }
}
