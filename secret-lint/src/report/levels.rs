//! How strict each rule is, and which findings are errors, warnings or nothing by that.

use std::collections::HashSet;

use super::{Finding, Lint};

/// How strict a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It is not reported.
    Allow,
    /// It is a warning.
    Warn,
    /// It is an error.
    Deny,
}

impl Level {
    /// The flag that asks for it: `-D`.
    #[must_use]
    pub fn flag(self) -> &'static str {
        match self {
            Self::Allow => "-A",
            Self::Warn => "-W",
            Self::Deny => "-D",
        }
    }

    /// What a rule of this level is by default: `denied by default`.
    #[must_use]
    pub fn past(self) -> &'static str {
        match self {
            Self::Allow => "allowed by default",
            Self::Warn => "a warning by default",
            Self::Deny => "denied by default",
        }
    }

    /// `error` or `warning`, as rustc says it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Allow => "allowed",
            Self::Warn => "warning",
            Self::Deny => "error",
        }
    }
}

/// Why a rule has its level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody said otherwise.
    Default,
    /// A flag on the command line, as the user wrote it: `-D warnings`.
    CommandLine(String),
    /// The workspace's configuration file.
    Configuration,
}

/// What a level is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// One rule.
    Lint(Lint),
    /// `warnings`: whatever would be a warning.
    Warnings,
    /// `all`: every rule.
    All,
}

impl Group {
    /// By what a user writes: the name of a rule, `warnings` or `all`.
    ///
    /// # Errors
    ///
    /// When there is no such rule, with the one that was most likely meant.
    pub fn from_name(name: &str) -> Result<Self, UnknownLint> {
        match name {
            "warnings" => Ok(Self::Warnings),
            "all" => Ok(Self::All),
            _ => Lint::from_name(name)
                .map(Self::Lint)
                .ok_or_else(|| UnknownLint {
                    name: name.to_owned(),
                    nearest: Lint::nearest(name),
                }),
        }
    }
}

/// A name that is no rule's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLint {
    /// As written.
    pub name: String,
    /// What was most likely meant.
    pub nearest: Option<Lint>,
}

impl std::fmt::Display for UnknownLint {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "there is no lint `{}`", self.name)?;
        match self.nearest {
            Some(lint) => write!(formatter, "; did you mean `{}`?", lint.name()),
            None => formatter.write_str("; `cargo secret-lint --explain` lists them"),
        }
    }
}

impl std::error::Error for UnknownLint {}

/// The level of every rule.
///
/// ```
/// use secret_lint::report::Lint;
/// use secret_lint::report::levels::{Group, Level, Levels, Reason};
///
/// let mut levels = Levels::default();
/// assert_eq!(levels.of(Lint::UndeclaredSecret).0, Level::Warn);
/// levels.set(Group::Warnings, Level::Deny, &Reason::CommandLine("-D warnings".into()));
/// assert_eq!(levels.of(Lint::UndeclaredSecret).0, Level::Deny);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Levels {
    set: Vec<(Group, Level, Reason)>,
}

impl Levels {
    /// Sets the level of a rule or of a group; what is set later wins. `warnings` is asked last, whenever it was set.
    pub fn set(&mut self, group: Group, level: Level, reason: &Reason) {
        self.set.push((group, level, reason.clone()));
    }

    /// The level of a rule, and why it has it.
    #[must_use]
    pub fn of(&self, lint: Lint) -> (Level, Reason) {
        let last = |is_meant: &dyn Fn(Group) -> bool| {
            let found = self.set.iter().rfind(|(group, ..)| is_meant(*group));
            found.map(|(_, level, reason)| (*level, reason.clone()))
        };
        let own = last(&|group| group == Group::All || group == Group::Lint(lint))
            .unwrap_or((lint.default_level(), Reason::Default));
        if own.0 == Level::Warn {
            last(&|group| group == Group::Warnings).unwrap_or(own)
        } else {
            own
        }
    }

    /// Makes reports of findings: without those that are allowed, each once, in the order of the files and lines.
    pub fn judge(&self, findings: impl IntoIterator<Item = Finding>) -> Vec<Report> {
        let mut seen = HashSet::new();
        let mut reports: Vec<_> = findings
            .into_iter()
            .filter_map(|finding| {
                let (level, reason) = self.of(finding.lint);
                (level > Level::Allow && seen.insert(finding.clone())).then_some(Report {
                    finding,
                    level,
                    reason,
                })
            })
            .collect();
        reports.sort_by(|left, right| order(&left.finding).cmp(&order(&right.finding)));
        reports
    }
}

/// By place first, so that reports stand as one reads the code; the rest makes the order complete.
fn order(finding: &Finding) -> impl Ord {
    (
        &finding.sink,
        finding.lint,
        &finding.source,
        &finding.message,
        &finding.path,
    )
}

/// A finding that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What was found.
    pub finding: Finding,
    /// Warning or error.
    pub level: Level,
    /// Why it is that.
    pub reason: Reason,
}

#[cfg(test)]
mod tests {
    use super::{Group, Level, Levels, Reason};
    use crate::report::Lint;
    use crate::report::sources::place;
    use crate::report::test_findings::finding;

    fn levels(flags: &[(Level, &str)]) -> Levels {
        let mut levels = Levels::default();
        for (level, name) in flags {
            let reason = Reason::CommandLine(format!("{} {name}", level.flag()));
            levels.set(Group::from_name(name).unwrap(), *level, &reason);
        }
        levels
    }

    #[test]
    fn the_last_flag_wins_and_warnings_are_asked_last() {
        let level = |flags: &[(Level, &str)], lint| levels(flags).of(lint).0;
        let (allow, warn, deny) = (Level::Allow, Level::Warn, Level::Deny);
        assert_eq!(level(&[], Lint::SecretInLog), deny);
        assert_eq!(level(&[(warn, "secret_in_log")], Lint::SecretInLog), warn);
        assert_eq!(
            level(
                &[(warn, "secret-in-log"), (allow, "all")],
                Lint::SecretInLog
            ),
            allow
        );
        assert_eq!(
            level(
                &[(allow, "all"), (warn, "secret_in_log")],
                Lint::SecretInLog
            ),
            warn
        );
        assert_eq!(
            level(
                &[(deny, "warnings"), (warn, "secret_in_log")],
                Lint::SecretInLog
            ),
            deny
        );
        assert_eq!(level(&[(allow, "warnings")], Lint::SecretInLog), deny);
        assert_eq!(level(&[(allow, "warnings")], Lint::UndeclaredSecret), allow);
        assert_eq!(
            levels(&[(deny, "warnings")]).of(Lint::UndeclaredSecret).1,
            Reason::CommandLine("-D warnings".into())
        );
    }

    #[test]
    fn unknown_names_say_what_was_meant() {
        let message = |name| Group::from_name(name).unwrap_err().to_string();
        assert_eq!(
            message("secret_in_logs"),
            "there is no lint `secret_in_logs`; did you mean `secret_in_log`?"
        );
        assert_eq!(
            message("dead_code"),
            "there is no lint `dead_code`; `cargo secret-lint --explain` lists them"
        );
    }

    #[test]
    fn reports_stand_in_the_order_of_the_source_and_each_once() {
        let findings = [
            finding(Lint::SecretInLog, "src/b.rs", (1, 1), (1, 2)),
            finding(Lint::SecretInUrl, "src/a.rs", (10, 5), (10, 9)),
            finding(Lint::SecretInLog, "src/a.rs", (10, 5), (10, 9)),
            finding(Lint::SecretInLog, "src/a.rs", (9, 70), (9, 71)),
            finding(Lint::SecretInLog, "src/b.rs", (1, 1), (1, 2)),
        ];
        let judge = |findings: Vec<_>| -> Vec<_> {
            let reports = levels(&[(Level::Warn, "secret_in_url")]).judge(findings);
            reports
                .into_iter()
                .map(|report| (place(&report.finding.sink), report.level.word()))
                .collect()
        };
        let expected: Vec<(String, &str)> = vec![
            ("src/a.rs:9:70".into(), "error"),
            ("src/a.rs:10:5".into(), "error"),
            ("src/a.rs:10:5".into(), "warning"),
            ("src/b.rs:1:1".into(), "error"),
        ];
        assert_eq!(judge(findings.to_vec()), expected);
        assert_eq!(judge(findings.into_iter().rev().collect()), expected);
    }
}
