//! How many literals of other people's crates are taken for tokens: `REGISTRY_LITERALS=1 cargo test -p secret-lint --test
//! registry_literals -- --nocapture` reads every crate that cargo has fetched on this machine. Each line is to be looked at.
//! What is there differs, so without the variable nothing is read.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};
use std::time::Instant;

use secret_lint::report::sources::{SourceFile, place};
use secret_lint::source::hardcoded::hardcoded;
use secret_lint::source::literal::literals;

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn print_what_is_found() {
    if std::env::var_os("REGISTRY_LITERALS").is_none() {
        return;
    }
    let home = std::env::var_os("CARGO_HOME").map_or_else(
        || PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cargo"),
        PathBuf::from,
    );
    let registry = home.join("registry/src");
    let mut files = Vec::new();
    rust_files(&registry, &mut files);
    let (start, mut lines, mut count) = (Instant::now(), 0, 0);
    let mut found = [0, 0];
    for path in &files {
        let Ok(text) = std::fs::read_to_string(path) else {
            continue;
        };
        lines += text.lines().count();
        count += literals(&text).count();
        let name = path
            .strip_prefix(&registry)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let file = SourceFile::new(text);
        let reported = hardcoded(&name, &file, false);
        found[0] += reported.len();
        found[1] += hardcoded(&name, &file, true).len();
        for finding in reported {
            println!("{}: {}", place(&finding.sink), finding.message);
        }
    }
    println!(
        "{} files, {lines} lines, {count} literals: {} reports, {} with tests, {:.1} s",
        files.len(),
        found[0],
        found[1],
        start.elapsed().as_secs_f64()
    );
    assert!(!files.is_empty());
}
