//! Writes the table of the corpus's entry functions: those named `leak_…` and `ok_…`.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    let source =
        Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../flow/src");
    println!("cargo::rerun-if-changed={}", source.display());
    let mut table = String::from(
        "#[allow(clippy::unit_arg, reason = \"what returns nothing is observed as well\")]\nconst ENTRIES: &[(&str, fn())] = &[\n",
    );
    let mut files: Vec<_> = fs::read_dir(&source)
        .expect("the corpus is there")
        .map(|entry| entry.expect("it can be read").path())
        .collect();
    files.sort();
    for file in files {
        let case = file.file_stem().expect("a file").to_str().expect("UTF-8");
        let text = fs::read_to_string(&file).expect("it can be read");
        for line in text.lines() {
            if let Some(call) = call(case, line) {
                table.push_str(&call);
            }
        }
    }
    table.push_str("];\n");
    let output = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&output).join("entries.rs"), table)
        .expect("cargo's directory can be written");
}

/// A row of the table, if the line begins an entry function.
fn call(case: &str, line: &str) -> Option<String> {
    let line = line.strip_prefix("pub ")?;
    let (asynchronous, line) = match line.strip_prefix("async ") {
        Some(rest) => (true, rest),
        None => (false, line),
    };
    let (name, rest) = line.strip_prefix("fn ")?.split_once('(')?;
    if !name.starts_with("leak_") && !name.starts_with("ok_") {
        return None;
    }
    let argument = if rest.starts_with(')') { "" } else { "given()" };
    let mut call = format!("flow_corpus::{case}::{name}({argument})");
    if asynchronous {
        call = format!("wait({call})");
    }
    let mut row = String::new();
    writeln!(row, "    (\"{case}::{name}\", || {call}.observe()),").expect("a String takes it");
    Some(row)
}
