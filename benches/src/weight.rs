//! What a dependency costs a build that has nothing else.

use std::collections::BTreeSet;
use std::fs;

use crate::{Result, cargo, report};

/// A package of this workspace's lock file, and the features asked for.
const PACKAGES: &[(&str, &str)] = &[
    ("secret-core", ""),
    ("secret-core", "derive"),
    ("secrecy", ""),
    ("veil", ""),
    ("redactable", ""),
];

pub(crate) fn table() -> Result<()> {
    let target = cargo::scratch("weight")?;
    let mut rows = Vec::new();
    for (package, features) in PACKAGES {
        // A cold build is the point.
        let _ = fs::remove_dir_all(&target);
        let selection = ["--package", package, "--features", features];
        let (time, _) = cargo::run(
            cargo::workspace(),
            &target,
            &[&["check"], &selection[..]].concat(),
        )?;
        let tree = ["tree", "--edges=normal", "--prefix=none", "--no-dedupe"];
        let (_, tree) = cargo::run(
            cargo::workspace(),
            &target,
            &[&tree[..], &selection[..]].concat(),
        )?;
        let crates: BTreeSet<_> = tree
            .lines()
            .filter_map(|line| line.split(' ').next())
            .collect();
        let name = match *features {
            "" => (*package).to_owned(),
            features => format!("{package} with {features}"),
        };
        rows.push(vec![
            name,
            format!("{:.2} s", time.as_secs_f64()),
            crates.len().to_string(),
        ]);
    }
    report::print(
        "cold `cargo check` of a dependency, and how many crates that builds, itself included",
        &["", "time", "crates"],
        &rows,
    );
    Ok(())
}
