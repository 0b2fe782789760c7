//! What `secret-lint.toml` says beside the model: how strict each lint is, and whether tests are checked in every build.

use std::{env, ffi::OsString, fs, ops::Range, path::Path};

use anyhow::{Context, Result, bail};
use toml_edit::{Document, Item, Key, TableLike};

use super::{
    options::{CommandLine, Flag},
    tracked,
};
use crate::report::{
    Lint,
    levels::{Group, Level, Levels, Reason},
};

const LINTS: &str = "lints";
const CHECK_TESTS: &str = "check_tests";
const LEVELS: [(&str, Level); 3] = [
    ("allow", Level::Allow),
    ("warn", Level::Warn),
    ("deny", Level::Deny),
];

/// What a configuration file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// `all` before the lints that stand beside it, wherever that is: a table has no order.
    levels: Vec<(Group, Level)>,
    /// Whether a build checks tests and benchmarks. The command does where it is told to compile them.
    pub(super) check_tests: bool,
}

/// What is wrong, and where.
#[derive(Debug)]
struct Fault {
    at: Range<usize>,
    message: String,
}

impl Settings {
    /// Of a file, if there is one.
    pub(super) fn read(configuration: Option<&Path>) -> Result<Self> {
        let Some(path) = configuration else {
            return Ok(Self::default());
        };
        let shown = path.display();
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
        match Self::parse(&text) {
            Ok(settings) => Ok(settings),
            Err(Fault { at, message }) => {
                let before = text.get(..at.start).unwrap_or(&text);
                let line = before.matches('\n').count() + 1;
                bail!("{shown}:{line}: {message}")
            }
        }
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let document = Document::parse(text).map_err(|error| Fault {
            at: error.span().unwrap_or_default(),
            message: error.message().to_owned(),
        })?;
        let fault = |item: &Item, message: &str| Fault {
            at: item.span().unwrap_or_default(),
            message: message.to_owned(),
        };
        let mut settings = Self::default();
        if let Some(item) = document.get(CHECK_TESTS) {
            settings.check_tests = item
                .as_bool()
                .ok_or_else(|| fault(item, "`check_tests` is `true` or `false`"))?;
        }
        if let Some(item) = document.get(LINTS) {
            let table = item
                .as_table_like()
                .ok_or_else(|| fault(item, "`lints` is a table: `[lints]`"))?;
            settings.levels = levels(table)?;
        }
        Ok(settings)
    }

    /// The levels of this file and of the flags, which win.
    pub(super) fn levels(&self, flags: &[(Flag, String)]) -> Result<Levels> {
        let mut levels = Levels::default();
        for (group, level) in &self.levels {
            levels.set(*group, *level, &Reason::Configuration);
        }
        for (flag, name) in flags {
            let level = match flag {
                Flag::Allow => Level::Allow,
                Flag::Warn => Level::Warn,
                Flag::Deny => Level::Deny,
            };
            let reason = Reason::CommandLine(format!("{} {name}", level.flag()));
            levels.set(Group::from_name(name)?, level, &reason);
        }
        Ok(levels)
    }

    /// The levels where the wrapper runs without the command, whose flags stand in a variable then.
    pub(super) fn levels_of_build(&self) -> Result<Levels> {
        let flags = env::var(tracked::LEVELS).unwrap_or_default();
        let line = ["cargo-secret-lint"]
            .into_iter()
            .chain(flags.split_whitespace())
            .map(OsString::from);
        let read = CommandLine::read(line)
            .map_err(anyhow::Error::from)
            .and_then(|line| self.levels(&line.levels));
        read.with_context(|| format!("cannot read the variable {}", tracked::LEVELS))
    }
}

fn levels(table: &dyn TableLike) -> Result<Vec<(Group, Level)>, Fault> {
    let mut levels = Vec::new();
    for (name, item) in table.iter() {
        let at = table.key(name).and_then(Key::span);
        let group = match Group::from_name(name) {
            // A default that flags can no longer change lint by lint would be no default.
            Ok(Group::Warnings) => {
                Err("`warnings` is for the command line; here, name the lints, or `all`".to_owned())
            }
            Ok(group) => Ok(group),
            Err(unknown) => {
                let meant = unknown
                    .nearest
                    .map(|lint| format!("; did you mean `{}`?", lint.name()));
                let all: Vec<_> = Lint::ALL.iter().map(|lint| lint.name()).collect();
                Err(format!(
                    "there is no lint `{name}`{}\nthe lints are: {}; or `all`",
                    meant.unwrap_or_default(),
                    all.join(", ")
                ))
            }
        };
        let group = group.map_err(|message| Fault {
            at: at.unwrap_or_default(),
            message,
        })?;
        let level = LEVELS
            .into_iter()
            .find(|(word, _)| item.as_str() == Some(word));
        let Some((_, level)) = level else {
            return Err(Fault {
                at: item.span().unwrap_or_default(),
                message: format!("`{name}` has no such level\nthe levels are: allow, warn, deny"),
            });
        };
        levels.push((group, level));
    }
    levels.sort_by_key(|(group, _)| *group != Group::All);
    Ok(levels)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(text: &str, flags: &[(Flag, &str)], lint: Lint) -> Level {
        let flags: Vec<_> = flags
            .iter()
            .map(|(flag, name)| (*flag, (*name).to_owned()))
            .collect();
        let settings = Settings::parse(text).unwrap();
        settings.levels(&flags).unwrap().of(lint).0
    }

    #[test]
    fn flags_win_over_the_file_and_lints_over_all() {
        let text = "version = 1\n[lints]\nsecret_in_log = \"warn\"\nall = \"allow\"\n";
        assert_eq!(level(text, &[], Lint::SecretInLog), Level::Warn);
        assert_eq!(level(text, &[], Lint::SecretInUrl), Level::Allow);
        let deny = [(Flag::Deny, "secret_in_log")];
        assert_eq!(level(text, &deny, Lint::SecretInLog), Level::Deny);
        let warn = [(Flag::Warn, "all")];
        assert_eq!(level(text, &warn, Lint::SecretInUrl), Level::Warn);
        let inline = "lints = { secret-in-log = \"allow\" }";
        assert_eq!(level(inline, &[], Lint::SecretInLog), Level::Allow);
        assert_eq!(level("", &[], Lint::SecretInLog), Level::Deny);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret-lint.toml");
        for (text, line, message) in [
            (
                "[lints]\n\nsecret_in_logs = \"warn\"",
                3,
                "there is no lint `secret_in_logs`; did you mean `secret_in_log`?\nthe lints are: secret_in_log, ",
            ),
            (
                "[lints]\nsecret_in_log = \"warning\"",
                2,
                "the levels are: allow, warn, deny",
            ),
            (
                "[lints]\nsecret_in_log = 1",
                2,
                "`secret_in_log` has no such level",
            ),
            (
                "[lints]\nwarnings = \"deny\"",
                2,
                "`warnings` is for the command line",
            ),
            ("\nlints = 1", 2, "`lints` is a table"),
            (
                "\n\ncheck_tests = \"yes\"",
                3,
                "`check_tests` is `true` or `false`",
            ),
            ("[lints]\nsecret_in_log = deny", 2, ""),
        ] {
            fs::write(&path, text).unwrap();
            let error = Settings::read(Some(&path)).unwrap_err().to_string();
            let place = format!("secret-lint.toml:{line}: ");
            assert!(error.contains(&place) && error.contains(message), "{error}");
        }
    }
}
