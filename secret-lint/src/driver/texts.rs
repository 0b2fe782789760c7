//! What is found in text: literals in the sources of the crates that are checked, and files that git tracks.
//!
//! None of it is kept: which files git tracks, and what is in them, is not part of what findings are kept by.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::record::Record;
use crate::{
    mir::Span,
    report::{Finding, Lint, sources::Sources},
    source::{
        committed::committed,
        hardcoded::{hardcoded, is_in_tests},
    },
};

/// In the sources of these crates and in the files that git tracks below `root`, whichever crate they belong to.
/// What is in `generated` is nobody's to mend.
pub(super) fn of_workspace<'a>(
    records: impl Iterator<Item = &'a Record> + Clone,
    root: &Path,
    generated: &Path,
) -> Vec<Finding> {
    let include_tests = records.clone().any(|record| record.is_test);
    let mut findings = literals(records, root, Some(generated), include_tests);
    // No repository is no fault.
    findings.extend(committed(root, include_tests).unwrap_or_default());
    findings
}

/// Takes out the literals that become secrets in tests, if no crate with tests was asked for.
pub(super) fn leave_out_tests<'a>(
    findings: &mut Vec<Finding>,
    mut records: impl Iterator<Item = &'a Record>,
    root: &Path,
) {
    if records.any(|record| record.is_test) {
        return;
    }
    let sources = Sources::below(root);
    let is_test = |span: &Span| {
        sources
            .file(&span.file)
            .is_some_and(|file| is_in_tests(&span.file, &file, span.start))
    };
    findings.retain(|finding| {
        let source = finding.source.iter().map(|(span, _)| span);
        finding.lint != Lint::HardcodedSecret || !source.chain([&finding.sink]).any(is_test)
    });
}

/// In the sources of one crate.
pub(super) fn of_crate(record: &Record, generated: Option<&Path>) -> Vec<Finding> {
    literals([record], &record.directory, generated, record.is_test)
}

fn literals<'a>(
    records: impl IntoIterator<Item = &'a Record>,
    root: &Path,
    generated: Option<&Path>,
    include_tests: bool,
) -> Vec<Finding> {
    let sources = Sources::below(root);
    let names: BTreeSet<PathBuf> = records
        .into_iter()
        .flat_map(|record| &record.sources)
        .filter(|name| name.extension().is_some_and(|extension| extension == "rs"))
        .filter(|name| !generated.is_some_and(|folder| root.join(name).starts_with(folder)))
        .cloned()
        .collect();
    let find = |name: &PathBuf| {
        let name = name.to_str()?;
        let file = sources.file(name)?;
        Some(hardcoded(name, &file, include_tests))
    };
    names.iter().filter_map(find).flatten().collect()
}
