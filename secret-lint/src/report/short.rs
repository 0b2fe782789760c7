//! Reports in one line each, as `rustc --error-format=short` writes them.

use super::levels::Report;
use super::sources::place;

/// `src/main.rs:8:9: error[secret_in_log]: exposed secret is logged` and a line break.
#[must_use]
pub fn line(report: &Report) -> String {
    let finding = &report.finding;
    let (place, level) = (place(&finding.sink), report.level.word());
    format!(
        "{place}: {level}[{}]: {}\n",
        finding.lint.name(),
        finding.message
    )
}
