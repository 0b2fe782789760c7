//! The baseline: what was found when a team began, in a file that is kept with the code. It is not reported again, and what is new is.
//!
//! A line of the file is a rule, a [`fingerprint`], how many findings have it, and the file's name. So it stays true when lines
//! move, and one more leak on a line like another is new.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::fingerprint::{fingerprint, relative};
use super::sources::Sources;
use super::{Finding, Lint};

/// What the file begins with.
const HEADER: &str = "\
# Findings of `cargo secret-lint` that were there when this file was written; new ones are reported.
# Written by `cargo secret-lint baseline`. Each line is: lint, fingerprint, number, file.
";

/// The findings that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<Key, usize>,
}

/// By file first, so that a change of one file is a change of neighbouring lines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    file: String,
    lint: Lint,
    fingerprint: String,
}

impl Key {
    fn of(finding: &Finding, sources: &Sources) -> Self {
        Self {
            file: relative(&finding.sink.file, sources),
            lint: finding.lint,
            fingerprint: fingerprint(finding, sources),
        }
    }
}

/// What is left beside a baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What it does not have.
    pub new: Vec<Finding>,
    /// How many it has.
    pub known: usize,
    /// How many it has that there are no more: it can be written anew.
    pub gone: usize,
}

impl Baseline {
    /// Of today's findings.
    pub fn of<'finding>(
        findings: impl IntoIterator<Item = &'finding Finding>,
        sources: &Sources,
    ) -> Self {
        let mut known = BTreeMap::new();
        for finding in findings {
            *known.entry(Key::of(finding, sources)).or_default() += 1;
        }
        Self { known }
    }

    /// Reads what [`write`](Self::write) wrote.
    ///
    /// # Errors
    ///
    /// When a line is no such, with its number.
    pub fn read(text: &str) -> Result<Self, BaselineError> {
        let mut known = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (key, number) = read_line(line).ok_or(BaselineError { line: index + 1 })?;
            *known.entry(key).or_default() += number;
        }
        Ok(Self { known })
    }

    /// The text of the file.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = HEADER.to_owned();
        for (
            Key {
                file,
                lint,
                fingerprint,
            },
            number,
        ) in &self.known
        {
            let _ = writeln!(text, "{} {fingerprint} {number} {file}", lint.name());
        }
        text
    }

    /// Takes out what is known. Of several findings with one fingerprint, the first are.
    pub fn compare(mut self, findings: Vec<Finding>, sources: &Sources) -> Compared {
        let before = findings.len();
        let mut is_known = |finding: &Finding| match self.known.get_mut(&Key::of(finding, sources))
        {
            Some(number) if *number > 0 => {
                *number -= 1;
                true
            }
            _ => false,
        };
        let new: Vec<_> = findings
            .into_iter()
            .filter(|finding| !is_known(finding))
            .collect();
        Compared {
            known: before - new.len(),
            gone: self.known.values().sum(),
            new,
        }
    }
}

fn read_line(text: &str) -> Option<(Key, usize)> {
    let mut parts = text.splitn(4, ' ');
    let lint = Lint::from_name(parts.next()?)?;
    let fingerprint = parts.next()?.to_owned();
    let number = parts.next()?.parse().ok()?;
    let file = parts.next()?.to_owned();
    Some((
        Key {
            file,
            lint,
            fingerprint,
        },
        number,
    ))
}

/// A line that is none of a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BaselineError {
    /// Counted from 1.
    pub line: usize,
}

impl std::fmt::Display for BaselineError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let line = self.line;
        write!(
            formatter,
            "line {line} of the baseline cannot be read; write it anew with `cargo secret-lint baseline`"
        )
    }
}

impl std::error::Error for BaselineError {}

#[cfg(test)]
mod tests {
    use super::{Baseline, BaselineError, Compared};
    use crate::report::Lint;
    use crate::report::sources::Sources;
    use crate::report::test_findings::finding;

    fn at(line: u32) -> crate::report::Finding {
        finding(Lint::SecretInLog, "my src/a.rs", (line, 1), (line, 2))
    }

    #[test]
    fn known_findings_stay_known_when_lines_move_and_new_ones_are_new() {
        let then = Sources::of([("my src/a.rs", "print(a);\nprint(b);\nprint(b);\n")]);
        let text = Baseline::of(&[at(1), at(2), at(3)], &then).write();
        let baseline = Baseline::read(&text).unwrap();
        assert_eq!(baseline.write(), text);
        assert_eq!(
            text.lines()
                .filter(|line| line.ends_with(" my src/a.rs"))
                .count(),
            2,
            "{text}"
        );

        let now = Sources::of([(
            "my src/a.rs",
            "\nprint(b);\nprint(b);\n  print(b);\nprint(c);\n",
        )]);
        let compared = baseline.compare(vec![at(2), at(3), at(4), at(5)], &now);
        assert_eq!(
            compared,
            Compared {
                new: vec![at(4), at(5)],
                known: 2,
                gone: 1
            }
        );
    }

    #[test]
    fn a_line_that_is_none_is_an_error() {
        for line in [
            "dead_code 00 1 a.rs",
            "secret_in_log 00 one a.rs",
            "secret_in_log 00 1",
        ] {
            let read = Baseline::read(&format!("# comment\n\n{line}\n"));
            assert_eq!(read, Err(BaselineError { line: 3 }), "{line}");
        }
    }
}
