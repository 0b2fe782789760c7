//! Compares reports with the labels.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;

use crate::label::{File, Kind, Label};

/// The names of the lints as a report has them.
pub const LINTS: [&str; 8] = [
    "secret_in_log",
    "secret_in_error",
    "secret_in_url",
    "secret_in_args",
    "secret_to_plain",
    "undeclared_secret",
    "hardcoded_secret",
    "redacted_on_the_wire",
];

/// One report: where, and by which lint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Report {
    /// As the checker names it.
    pub path: String,
    /// Counted from 1.
    pub line: usize,
    /// One of [`LINTS`], or what stands there instead.
    pub lint: String,
}

/// Reads reports in the form `path.rs:12:5: error[lint]: message`; other lines are passed over.
pub fn read_reports(text: &str) -> BTreeSet<Report> {
    text.lines().filter_map(read_report).collect()
}

fn read_report(line: &str) -> Option<Report> {
    let (path, rest) = line.split_once(".rs:")?;
    let (number, rest) = rest.split_once(':')?;
    let name = rest.split_once('[')?.1.split_once(']')?.0;
    Some(Report {
        path: format!("{}.rs", path.trim_start()),
        line: number.parse().ok()?,
        lint: name.trim_start_matches("secret_lint::").replace('-', "_"),
    })
}

/// The list of what is known to be wrong.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Leaks that are not found.
    #[serde(default)]
    pub missed: Vec<KnownLine>,
    /// Clean lines that are reported.
    #[serde(default, rename = "false")]
    pub reported: Vec<KnownLine>,
}

/// A line that is known to be wrong; it is named by its text, so that it may move.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownLine {
    /// Relative to the corpus.
    pub file: String,
    /// A part of the line that no other line of the file has.
    pub text: String,
    /// Why the checker is wrong there.
    pub reason: String,
}

/// What became of the labels.
#[derive(Debug, Default)]
pub struct Score {
    /// By lint: leaks found, leaks in all, false reports.
    pub lints: BTreeMap<String, [usize; 3]>,
    /// Leaks that were not found, as `path:line`.
    pub missed: Vec<Line>,
    /// Reports that are false, with their lint.
    pub reported: Vec<Line>,
    /// Clean lines that are labelled as such.
    pub clean: usize,
}

/// A line of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Relative to the corpus.
    pub file: String,
    /// Counted from 1.
    pub number: usize,
    /// The lint that is missing or wrong.
    pub lint: String,
    /// The line itself.
    pub text: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: {}: {}",
            self.file,
            self.number,
            self.lint,
            self.text.trim()
        )
    }
}

/// Compares reports with the labels of these files; reports elsewhere are passed over.
pub fn score(files: &[File], reports: &BTreeSet<Report>) -> Score {
    let mut by_file: BTreeMap<&str, Vec<&Report>> = BTreeMap::new();
    for report in reports {
        if let Some(file) = file_of(files, &report.path) {
            by_file.entry(&file.path).or_default().push(report);
        }
    }
    let mut score = Score::default();
    for file in files {
        // A leak may end in another file, so that the lines which belong together are looked for everywhere.
        for label in &file.labels {
            match label.kind {
                Kind::Leak => score.count_leak(file, label, files, &by_file),
                Kind::Clean => score.clean += 1,
                Kind::Any => {}
            }
        }
        for report in by_file.get(file.path.as_str()).into_iter().flatten() {
            if !allowed(file, report) {
                score.lints.entry(report.lint.clone()).or_default()[2] += 1;
                score.reported.push(line(file, report.line, &report.lint));
            }
        }
    }
    score
}

impl Score {
    fn count_leak(
        &mut self,
        file: &File,
        leak: &Label,
        files: &[File],
        reports: &BTreeMap<&str, Vec<&Report>>,
    ) {
        let lint = leak.lints.first().map_or("any", String::as_str);
        let here = |report: &&&Report| report.line == leak.line && fits(leak, report);
        let found = reports
            .get(file.path.as_str())
            .into_iter()
            .flatten()
            .any(|report| here(&report))
            || files.iter().any(|other| {
                let same = other.path == file.path
                    || other.path.starts_with("other/") != file.path.starts_with("other/");
                let at: Vec<usize> = other
                    .labels
                    .iter()
                    .filter(|label| same && label.alt.is_some() && label.alt == leak.id)
                    .map(|label| label.line)
                    .collect();
                let reports = reports.get(other.path.as_str()).into_iter().flatten();
                { reports }.any(|report| at.contains(&report.line) && fits(leak, report))
            });
        let counts = self.lints.entry(lint.to_owned()).or_default();
        counts[0] += usize::from(found);
        counts[1] += 1;
        if !found {
            self.missed.push(line(file, leak.line, lint));
        }
    }

    /// What differs from the list of what is known: unknown faults, and entries that are right by now.
    pub fn unexpected(&self, known: &Known) -> Vec<String> {
        let mut wrong = Vec::new();
        for (what, lines, known) in [
            ("missed", &self.missed, &known.missed),
            ("false", &self.reported, &known.reported),
        ] {
            let covers = |entry: &KnownLine, line: &Line| {
                entry.file == line.file && line.text.contains(&entry.text)
            };
            for line in lines
                .iter()
                .filter(|line| !known.iter().any(|entry| covers(entry, line)))
            {
                wrong.push(format!("{what}: {line}"));
            }
            for entry in known
                .iter()
                .filter(|entry| lines.iter().filter(|line| covers(entry, line)).count() != 1)
            {
                wrong.push(format!(
                    "not {what} once, take it out of the list: {}: {}",
                    entry.file, entry.text
                ));
            }
            for entry in known.iter().filter(|entry| entry.reason.trim().is_empty()) {
                wrong.push(format!(
                    "no reason is given: {}: {}",
                    entry.file, entry.text
                ));
            }
        }
        wrong
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<22} {:>9} {:>7} {:>6} {:>10}",
            "lint", "found", "recall", "false", "precision"
        )?;
        let mut all = [0; 3];
        for (lint, counts) in &self.lints {
            row(f, lint, *counts)?;
            for (sum, count) in all.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        row(f, "all", all)?;
        writeln!(f, "{} clean lines are labelled", self.clean)?;
        self.missed
            .iter()
            .try_for_each(|line| writeln!(f, "missed: {line}"))?;
        self.reported
            .iter()
            .try_for_each(|line| writeln!(f, "false: {line}"))
    }
}

fn row(f: &mut fmt::Formatter<'_>, lint: &str, [found, leaks, wrong]: [usize; 3]) -> fmt::Result {
    let found_of = format!("{found}/{leaks}");
    let (recall, precision) = (ratio(found, leaks), ratio(found, found + wrong));
    writeln!(
        f,
        "{lint:<22} {found_of:>9} {recall:>7.3} {wrong:>6} {precision:>10.3}"
    )
}

#[expect(clippy::cast_precision_loss, reason = "they are hundreds")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

/// The file that a report names, by the longest end of its path.
fn file_of<'a>(files: &'a [File], path: &str) -> Option<&'a File> {
    let path = path.replace('\\', "/");
    let ends = |file: &&File| path == file.path || path.ends_with(&format!("/{}", file.path));
    files.iter().filter(ends).max_by_key(|file| file.path.len())
}

fn fits(leak: &Label, report: &Report) -> bool {
    leak.lints.is_empty() || leak.lints.contains(&report.lint)
}

/// Whether a report is at a line where it is right or does not matter.
fn allowed(file: &File, report: &Report) -> bool {
    file.labels
        .iter()
        .filter(|label| label.line == report.line)
        .any(|label| match label.kind {
            Kind::Leak => fits(label, report),
            Kind::Any => true,
            Kind::Clean => false,
        })
}

fn line(file: &File, number: usize, lint: &str) -> Line {
    Line {
        file: file.path.clone(),
        number,
        lint: lint.to_owned(),
        text: file.text.get(number - 1).cloned().unwrap_or_default(),
    }
}
