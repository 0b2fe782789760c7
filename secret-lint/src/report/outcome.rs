//! How a run ends: the counts, the last line and the exit code.

use std::process::ExitCode;

use super::levels::{Level, Report};

/// What cargo, rustc and clippy end with when there are errors.
const DENIED: u8 = 101;

/// Nothing is denied, and something could not be checked.
const NOT_CHECKED: u8 = 102;

/// The counts of a run.
///
/// ```
/// use secret_lint::report::outcome::Outcome;
///
/// let outcome = Outcome { errors: 3, warnings: 1, checked: 120, ..Outcome::default() };
/// assert_eq!(
///     outcome.to_string(),
///     "secret-lint: 3 errors, 1 warning; 120 functions checked, 0 not checked"
/// );
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Reports that are errors.
    pub errors: usize,
    /// Reports that are warnings.
    pub warnings: usize,
    /// Reports that the baseline knew already.
    pub known: usize,
    /// Functions that were read and followed.
    pub checked: usize,
    /// Functions that could not be read.
    pub not_checked: usize,
}

impl Outcome {
    /// Counts reports.
    pub fn count(&mut self, reports: &[Report]) {
        let errors = reports
            .iter()
            .filter(|report| report.level == Level::Deny)
            .count();
        self.errors += errors;
        self.warnings += reports.len() - errors;
    }

    /// 0 when nothing is denied and everything was checked, 101 as cargo when something is denied, 102 when the only trouble
    /// is that something could not be checked: that is no "clean".
    #[must_use]
    pub fn exit_code(self) -> ExitCode {
        self.code().into()
    }

    fn code(self) -> u8 {
        match (self.errors, self.not_checked) {
            (0, 0) => 0,
            (0, _) => NOT_CHECKED,
            _ => DENIED,
        }
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "secret-lint: {}, {}",
            counted(self.errors, "error"),
            counted(self.warnings, "warning")
        )?;
        if self.known > 0 {
            write!(formatter, ", {} in the baseline", self.known)?;
        }
        write!(
            formatter,
            "; {} checked, {} not checked",
            counted(self.checked, "function"),
            self.not_checked
        )
    }
}

/// `1 error`, `2 errors`.
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::Outcome;
    use crate::report::Lint;
    use crate::report::levels::Levels;
    use crate::report::test_findings::finding;

    #[test]
    fn what_was_not_checked_is_never_clean() {
        let code = |errors, warnings, not_checked| {
            Outcome {
                errors,
                warnings,
                not_checked,
                ..Outcome::default()
            }
            .code()
        };
        assert_eq!(code(0, 0, 0), 0);
        assert_eq!(code(0, 7, 0), 0);
        assert_eq!(code(1, 0, 0), 101);
        assert_eq!(code(1, 0, 3), 101);
        assert_eq!(code(0, 0, 1), 102);
    }

    #[test]
    fn the_last_line_counts_in_words() {
        let mut outcome = Outcome {
            checked: 1,
            not_checked: 2,
            known: 4,
            ..Outcome::default()
        };
        outcome.count(&Levels::default().judge([
            finding(Lint::SecretInLog, "a.rs", (1, 1), (1, 2)),
            finding(Lint::UndeclaredSecret, "a.rs", (2, 1), (2, 2)),
            finding(Lint::UndeclaredSecret, "a.rs", (3, 1), (3, 2)),
        ]));
        assert_eq!(
            outcome.to_string(),
            "secret-lint: 1 error, 2 warnings, 4 in the baseline; 1 function checked, 2 not checked"
        );
    }
}
