//! `--fix`: changes the sources where a suggestion is sure to be right.

use std::{
    collections::BTreeMap,
    fmt, fs,
    ops::Range,
    path::{Component, Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use super::options::Fix;
use crate::report::{Applicability, Suggestion, levels::Report, sources::Sources};

/// So many files are named where there are changes that are not committed.
const NAMED: usize = 10;

/// An error unless what is changed below `root` can be told from what the user changed.
pub(super) fn ensure_may_change(root: &Path, fix: &Fix) -> Result<()> {
    let mut git = Command::new("git");
    let status = git.arg("-C").arg(root).args(["status", "--porcelain"]);
    let Some(output) = status
        .output()
        .ok()
        .filter(|output| output.status.success())
    else {
        if fix.allow_no_vcs {
            return Ok(());
        }
        bail!(
            "git does not keep {}, and `--fix` changes sources; give `--allow-no-vcs` to have them changed all the same",
            root.display()
        );
    };
    let changes = String::from_utf8_lossy(&output.stdout);
    if fix.allow_dirty || changes.trim().is_empty() {
        return Ok(());
    }
    let mut named: Vec<_> = changes.lines().take(NAMED).collect();
    if changes.lines().count() > NAMED {
        named.push("...");
    }
    bail!(
        "`--fix` changes sources, and there are changes that are not committed:\n  {}\ncommit or stash them, or give `--allow-dirty`",
        named.join("\n  ")
    );
}

/// Files that were changed.
#[derive(Default)]
pub(super) struct Changed {
    files: Vec<ChangedFile>,
}

struct ChangedFile {
    name: String,
    path: PathBuf,
    before: String,
    /// The number of reports that it was changed for.
    fixes: usize,
}

impl Changed {
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Puts back what was there.
    pub(super) fn restore(&self) -> Result<()> {
        for file in &self.files {
            write(&file.path, &file.before)?;
        }
        Ok(())
    }
}

impl fmt::Display for Changed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, ChangedFile { name, fixes, .. }) in self.files.iter().enumerate() {
            let separator = if number == 0 { "" } else { ", " };
            let reports = if *fixes == 1 { "report" } else { "reports" };
            write!(formatter, "{separator}{name} ({fixes} {reports})")?;
        }
        Ok(())
    }
}

/// Makes the changes of all suggestions that are sure. Where two are about the same code, the first is made.
pub(super) fn apply(reports: &[Report], sources: &Sources) -> Result<Changed> {
    let mut of_files: BTreeMap<&str, Vec<&Suggestion>> = BTreeMap::new();
    let sure = reports.iter().filter_map(|report| {
        let mut suggestions = report.finding.suggestions.iter();
        suggestions.find(|suggestion| suggestion.applicability == Applicability::MachineApplicable)
    });
    for suggestion in sure {
        if let Some(first) = suggestion.edits.first() {
            of_files
                .entry(&first.span.file)
                .or_default()
                .push(suggestion);
        }
    }
    let mut changed = Changed::default();
    for (name, suggestions) in of_files {
        let (Some(root), Some(file)) = (sources.root(), sources.file(name)) else {
            continue;
        };
        let is_below = Path::new(name)
            .components()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        let path = root.join(name);
        let before =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        // Git was asked for what is below, and what changed in the meantime is somebody else's.
        if !is_below || before.get(file.bytes_before()..) != Some(file.text()) {
            continue;
        }
        let mut edits = Edits::default();
        let fixes = suggestions
            .into_iter()
            .filter(|suggestion| {
                let ranges = suggestion.edits.iter().map(|edit| {
                    let range = file.range(&edit.span)?;
                    let start = range.start + file.bytes_before();
                    Some((start..start + range.len(), &*edit.replacement))
                });
                ranges
                    .collect::<Option<Vec<_>>>()
                    .is_some_and(|added| edits.add(added))
            })
            .count();
        if fixes == 0 {
            continue;
        }
        let after = edits.apply(&before);
        let name = name.to_owned();
        changed.files.push(ChangedFile {
            name,
            path,
            before,
            fixes,
        });
        let file = &changed.files[changed.files.len() - 1];
        if let Err(error) = write(&file.path, &after) {
            changed.restore()?;
            return Err(error);
        }
    }
    Ok(changed)
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Edits of one text, none of which is about what another one is about.
#[derive(Default)]
struct Edits<'s> {
    made: Vec<(Range<usize>, &'s str)>,
}

impl<'s> Edits<'s> {
    /// Adds all of them, or none where one does not go with what is there. The same edit goes with itself.
    fn add(&mut self, added: Vec<(Range<usize>, &'s str)>) -> bool {
        let overlaps = |(one, _): &(Range<usize>, &str), other: &Range<usize>| {
            one.start == other.start || (one.start < other.end && other.start < one.end)
        };
        let is_free = |edit: &(Range<usize>, &str)| {
            self.made.contains(edit) || !self.made.iter().any(|made| overlaps(made, &edit.0))
        };
        if !added.iter().all(is_free) {
            return false;
        }
        for edit in added {
            if !self.made.contains(&edit) {
                self.made.push(edit);
            }
        }
        true
    }

    fn apply(mut self, text: &str) -> String {
        self.made.sort_by_key(|(range, _)| range.start);
        let mut changed = text.to_owned();
        for (range, replacement) in self.made.into_iter().rev() {
            changed.replace_range(range, replacement);
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_does_not_touch_what_another_one_did() {
        let mut edits = Edits::default();
        assert!(edits.add(vec![(0..3, "one"), (4..4, "#")]));
        assert!(edits.add(vec![(0..3, "one"), (8..9, "!")]));
        assert!(!edits.add(vec![(9..10, "?"), (2..5, "x")]));
        assert!(!edits.add(vec![(4..4, "##")]));
        assert_eq!(edits.apply("abc def gh"), "one #def !h");
    }
}
