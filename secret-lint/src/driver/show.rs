//! Shows what was found, and decides how the run ends.

use std::{
    collections::{BTreeSet, HashMap},
    fs,
    io::{ErrorKind, Write, stderr, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{
    cargo::Unit,
    check::Workspace,
    findings::Checked,
    options::{MessageFormat, Options},
    record::{Record, write_at_once},
    tracked::BASELINE_FILE,
};
use crate::report::{
    Finding, Lint,
    allow::Allows,
    baseline::Baseline,
    human::Renderer,
    json,
    levels::{Level, Levels, Report},
    outcome::Outcome,
    sarif, short,
    sources::Sources,
};

/// What cannot be checked is named this often; then only counted.
const NAMED: usize = 10;

/// Shows what was found in a workspace.
pub(super) fn workspace(
    workspace: &Workspace,
    checked: &Checked,
    options: &Options,
    levels: &Levels,
) -> Result<ExitCode> {
    let sources = Sources::below(workspace.root());
    let (reports, known) = reports(workspace, checked, levels, &sources)?;
    let mut outcome = Outcome {
        known,
        checked: checked.function_count,
        not_checked: checked.gaps.len(),
        ..Outcome::default()
    };
    outcome.count(&reports);
    let mut renderer = Renderer::new(&sources, options.has_color());
    match options.message_format {
        MessageFormat::Human => {
            for report in &reports {
                write!(stderr(), "{}", renderer.render(report))?;
            }
        }
        MessageFormat::Short => {
            for report in &reports {
                write!(stderr(), "{}", short::line(report))?;
            }
        }
        MessageFormat::Json => {
            let targets = Targets::of(&workspace.units);
            for report in &reports {
                writeln!(stdout(), "{}", targets.message(report, &mut renderer)?)?;
            }
            let finished = json!({"reason": "build-finished", "success": outcome.errors == 0});
            writeln!(stdout(), "{finished}")?;
        }
        MessageFormat::Sarif => write!(stdout(), "{}", sarif::log(&reports, &sources))?,
    }
    for text in not_checked(checked) {
        writeln!(stderr(), "warning: not checked: {text}")?;
    }
    if !options.quiet {
        writeln!(stderr(), "{outcome}")?;
    }
    Ok(outcome.exit_code())
}

/// What is reported, and the number of findings that the baseline has.
pub(super) fn reports(
    workspace: &Workspace,
    checked: &Checked,
    levels: &Levels,
    sources: &Sources,
) -> Result<(Vec<Report>, usize)> {
    let records = workspace.units.iter().map(|unit| &unit.record);
    let accepted = unaccepted(checked, records, sources);
    let (findings, known) =
        without_known(accepted, &workspace.root().join(BASELINE_FILE), sources)?;
    Ok((levels.judge(findings), known))
}

/// Shows what was found in one crate, in the middle of a build: what could not be checked does not end it.
pub(super) fn one_crate(
    record: &Record,
    checked: &Checked,
    levels: &Levels,
    baseline: Option<&Path>,
    as_json: bool,
) -> Result<ExitCode> {
    let sources = Sources::below(&record.directory);
    let mut findings = unaccepted(checked, [record], &sources);
    // What a comment accepts may be found only from a crate that uses this one.
    findings.retain(|finding| finding.lint != Lint::UnusedAllow);
    let findings = match baseline {
        Some(path) => without_known(findings, path, &sources)?.0,
        None => findings,
    };
    let reports = levels.judge(findings);
    // Cargo takes the colours out where it shows none.
    let mut renderer = Renderer::new(&sources, as_json);
    let mut output = stderr().lock();
    for report in &reports {
        let text = if as_json {
            json::line(report, &mut renderer)
        } else {
            renderer.render(report)
        };
        output.write_all(text.as_bytes())?;
    }
    for text in not_checked(checked) {
        let text = format!("not checked: {text}");
        output.write_all(note_of_rustc("warning", &text, as_json).as_bytes())?;
    }
    let is_denied = reports.iter().any(|report| report.level == Level::Deny);
    Ok(if is_denied {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Writes what is found today, and is not accepted, to the file that later runs compare with.
pub(super) fn baseline(workspace: &Workspace, checked: &Checked) -> Result<ExitCode> {
    let sources = Sources::below(workspace.root());
    let findings = unaccepted(
        checked,
        workspace.units.iter().map(|unit| &unit.record),
        &sources,
    );
    let path = workspace.root().join(BASELINE_FILE);
    write_at_once(&path, Baseline::of(&findings, &sources).write().as_bytes())?;
    writeln!(
        stderr(),
        "wrote {} with {} findings",
        path.display(),
        findings.len()
    )?;
    for text in not_checked(checked) {
        writeln!(stderr(), "warning: not checked: {text}")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The findings that no comment accepts, and what is wrong with the comments.
fn unaccepted<'a>(
    checked: &Checked,
    records: impl IntoIterator<Item = &'a Record>,
    sources: &Sources,
) -> Vec<Finding> {
    let mut includes_tests = false;
    let files = records.into_iter().flat_map(|record| {
        includes_tests |= record.is_test;
        &record.sources
    });
    let mut names: BTreeSet<&str> = files
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
        .filter_map(|file| file.to_str())
        .collect();
    // The secret may get out in a crate that this one uses.
    names.extend(checked.findings.iter().map(|finding| &*finding.sink.file));
    Allows::read(names, sources, includes_tests).apply(checked.findings.clone())
}

/// The findings that the baseline does not have, and the number of those that it has.
fn without_known(
    findings: Vec<Finding>,
    baseline: &Path,
    sources: &Sources,
) -> Result<(Vec<Finding>, usize)> {
    let text = match fs::read_to_string(baseline) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok((findings, 0)),
        text => text.with_context(|| format!("cannot read {}", baseline.display()))?,
    };
    let known =
        Baseline::read(&text).with_context(|| format!("cannot read {}", baseline.display()))?;
    let compared = known.compare(findings, sources);
    Ok((compared.new, compared.known))
}

/// An `error` or a `warning` without a place, as rustc prints it, or as it tells cargo.
pub(super) fn note_of_rustc(level: &'static str, text: &str, as_json: bool) -> String {
    if as_json {
        json::message(level, text)
    } else {
        format!("{level}: {text}\n\n")
    }
}

/// The first of what was not checked, and how much more there is.
fn not_checked(checked: &Checked) -> Vec<String> {
    let mut shown: Vec<_> = checked.gaps.iter().take(NAMED).cloned().collect();
    if let Some(more @ 1..) = checked.gaps.len().checked_sub(NAMED) {
        shown.push(format!("{more} more"));
    }
    shown
}

/// Which target of which package a source file belongs to: cargo's messages say it.
struct Targets<'a> {
    units: HashMap<PathBuf, &'a Unit>,
}

impl<'a> Targets<'a> {
    fn of(units: &'a [Unit]) -> Self {
        let mut files = HashMap::new();
        for unit in units {
            for source in &unit.record.sources {
                files
                    .entry(unit.record.directory.join(source))
                    .or_insert(unit);
            }
        }
        Self { units: files }
    }

    /// A report as cargo hands on what rustc says.
    fn message(&self, report: &Report, renderer: &mut Renderer<'_>) -> Result<Value> {
        let mut message = json!({
            "reason": "compiler-message",
            "message": serde_json::from_str::<Value>(&json::line(report, renderer))?,
        });
        if let Some(unit) = self.unit(&report.finding.sink.file) {
            message["package_id"] = json!(unit.package);
            message["target"] = json!(unit.target);
            message["manifest_path"] = json!(unit.manifest_path);
        }
        Ok(message)
    }

    fn unit(&self, file: &str) -> Option<&Unit> {
        let directory = self
            .units
            .values()
            .next()
            .map(|unit| &unit.record.directory)?;
        self.units.get(&directory.join(Path::new(file))).copied()
    }
}
