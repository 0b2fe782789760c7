//! What the analysis leaves out by its rough look at the program has no finding in it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use secret_lint::analysis::{Flows, SourceText, analyse, analyse_whole};
use secret_lint::mir::{Crate, parse::parse};
use secret_lint::model::Model;
use secret_lint::report::{Finding, Lint};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../flow")
}

/// The crates of the corpus.
fn crates() -> Vec<Crate> {
    // Where the score's test has compiled what the corpus depends on.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("secret-lint");
    let folder = target.join("mir");
    // Cargo compiles nothing, and nothing is printed, where nothing changed; then the MIR of the last time is there.
    fs::create_dir_all(&folder).expect("the target directory can be written");
    let status = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--locked", "--target-dir"])
        .arg(&target)
        .env("RUSTC_WORKSPACE_WRAPPER", env!("CARGO_BIN_EXE_mir-printer"))
        .env("MIR_FOLDER", &folder)
        .current_dir(corpus())
        .status()
        .expect("cargo can be started");
    assert!(status.success(), "the corpus does not compile");
    let crates = ["flow_corpus", "flow_other"].map(|name| {
        let path = folder.join(name).with_extension("mir");
        let mut bodies = parse(&fs::read_to_string(path).expect("the MIR was printed"));
        assert_eq!(bodies.unparsed, [], "{name}");
        name.clone_into(&mut bodies.name);
        bodies
    });
    crates.into()
}

struct Corpus;

impl SourceText for Corpus {
    fn text(&self, file: &str) -> Option<Arc<str>> {
        fs::read_to_string(corpus().join(file)).ok().map(Into::into)
    }
}

/// The places and lints, sorted. On which way a secret gets there may differ.
fn places(flows: &Flows) -> Vec<String> {
    let place = |finding: &Finding| {
        let start = finding.sink.start;
        format!(
            "{}:{}: {}",
            finding.sink.file,
            start.line,
            finding.lint.name()
        )
    };
    // Names are judged where no secret gets, and that is what the look says.
    let follows = |finding: &&Finding| finding.lint != Lint::UndeclaredSecret;
    let found = flows.findings.iter().filter(follows);
    let mut places: Vec<_> = found.map(place).collect();
    places.sort();
    places.dedup();
    places
}

#[test]
fn nothing_is_found_where_it_says_that_no_secret_gets() {
    let crates = crates();
    let model = Model::builtin().expect("it can be read");
    let part = analyse(&crates, &model, &Corpus);
    let whole = analyse_whole(&crates, &model, &Corpus);
    assert_eq!(part.unfinished, [""; 0]);
    println!(
        "{} findings, {} functions not finished where all is followed",
        part.findings.len(),
        whole.unfinished.len()
    );
    let (part, whole) = (places(&part), places(&whole));
    let missing: Vec<_> = whole.iter().filter(|place| !part.contains(place)).collect();
    let more: Vec<_> = part.iter().filter(|place| !whole.contains(place)).collect();
    assert!(
        missing.is_empty() && more.is_empty(),
        "only where all is followed: {missing:#?}\nonly by the rough look: {more:#?}"
    );
}
