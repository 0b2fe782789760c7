//! The labels of the corpus are true: every function is run with a canary, and what gets out is looked through.
//!
//! How far it goes: a `leak_…` function lets the secret out at least once for each of its leaks and for each leak of a
//! helper that it names (`alt=`), and exactly so often if it has clean lines too. An `ok_…` function never
//! does. Labels on helpers and types are proved by the functions that use them; a leak there must name one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use flow_score::label::{self, Entry, File, Kind};
use flow_score::{FINISHED, HARDCODED, REDACTED_SENT};

/// Without repeats, so that any piece of it stands for itself, and alphanumeric, so that it is the same in a URL.
const CANARY: &str = "qx7vbnmzk29wplrt0yhj";

/// The shortest piece of a secret that counts as a leak.
const PIECE: usize = 8;

/// Variables from which the corpus takes secrets.
const VARIABLES: &[&str] = &[
    "API_KEY",
    "DATABASE_PASSWORD",
    "GITHUB_TOKEN",
    "CLIENT_SECRET",
];

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../flow")
}

/// All lines that a function lets out with a piece of the secret in them, or that the runner marks.
fn let_out(case: &str, entry: &Entry) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flow-score"));
    command
        .arg(format!("{case}::{}", entry.name))
        .env("CANARY", CANARY)
        .env_remove("RUST_BACKTRACE");
    command.envs(VARIABLES.iter().map(|name| (name, CANARY)));
    let output = command.output().expect("the runner can be started");
    let text = [output.stdout, output.stderr]
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .concat();
    assert!(
        text.contains(FINISHED),
        "{case}::{} did not end: {text}",
        entry.name
    );
    text.lines()
        .filter(|line| leaks_in(line))
        .map(str::to_owned)
        .collect()
}

fn leaks_in(line: &str) -> bool {
    let hexadecimal = CANARY.bytes().map(|byte| format!("{byte:02x}"));
    let hexadecimal = hexadecimal.collect::<Vec<_>>().concat();
    let numbers: Vec<String> = CANARY
        .bytes()
        .take(PIECE)
        .map(|byte| byte.to_string())
        .collect();
    let line = line.to_lowercase();
    let pieces = CANARY
        .as_bytes()
        .windows(PIECE)
        .map(|piece| std::str::from_utf8(piece).expect("ASCII"));
    pieces
        .chain([hexadecimal.as_str(), &numbers.join(", ")])
        .any(|piece| line.contains(piece))
        || line == HARDCODED
        || line == REDACTED_SENT
}

/// What is wrong with the labels of a function, if anything.
fn check(file: &File, entry: &Entry) -> Option<String> {
    let case = Path::new(&file.path).file_stem()?.to_str()?;
    let inside: Vec<_> = file
        .labels
        .iter()
        .filter(|label| entry.lines.contains(&label.line))
        .collect();
    let leaks: Vec<_> = inside
        .iter()
        .filter(|label| label.kind == Kind::Leak)
        .collect();
    // Several lines may name one leak in a helper, and a leak of the function itself may have other lines too.
    let helpers: BTreeSet<_> = inside
        .iter()
        .filter_map(|label| label.alt.as_ref())
        .filter(|alt| !leaks.iter().any(|leak| leak.id.as_ref() == Some(alt)))
        .collect();
    let expected = leaks.len() + helpers.len();
    let clean = inside
        .iter()
        .filter(|label| label.kind == Kind::Clean)
        .count();
    let seen = let_out(case, entry);
    let right = if entry.name.starts_with("ok_") {
        expected == 0 && seen.is_empty()
    } else if clean > 0 {
        expected > 0 && seen.len() == expected
    } else {
        expected > 0 && seen.len() >= expected
    };
    (!right).then(|| {
        format!(
            "{case}::{}: {expected} labelled, {clean} clean, seen: {seen:#?}",
            entry.name
        )
    })
}

#[test]
fn every_label_is_true() {
    let files = label::read_all(&corpus(), &["src"]).expect("the corpus can be read");
    let work = Mutex::new(
        files
            .iter()
            .flat_map(|file| file.entries.iter().map(move |entry| (file, entry))),
    );
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let Some((file, entry)) = work.lock().expect("no panic").next() else {
                        break;
                    };
                    wrong.lock().expect("no panic").extend(check(file, entry));
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no panic");
    assert!(
        wrong.is_empty(),
        "{} of the functions:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_label_belongs_to_a_function_that_is_run() {
    let mut wrong = Vec::new();
    for file in label::read_all(&corpus(), &["src", "other/src"]).expect("the corpus can be read") {
        let inside = |line: usize| file.entries.iter().any(|entry| entry.lines.contains(&line));
        let named: Vec<_> = file
            .labels
            .iter()
            .filter(|label| inside(label.line))
            .filter_map(|label| label.alt.as_ref())
            .collect();
        for label in &file.labels {
            let reached =
                inside(label.line) || label.id.as_ref().is_some_and(|id| named.contains(&id));
            if label.kind == Kind::Leak && !reached && !file.path.starts_with("other") {
                wrong.push(format!(
                    "{}:{}: no function that is run names this leak",
                    file.path, label.line
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_corpus_is_as_large_as_it_says() {
    let mut counts = BTreeMap::new();
    let (mut leaks, mut clean, mut real) = (0, 0, 0);
    for file in label::read_all(&corpus(), &["src", "other/src"]).expect("the corpus can be read") {
        for label in &file.labels {
            match label.kind {
                Kind::Leak => {
                    leaks += 1;
                    *counts
                        .entry(label.lints.first().cloned().unwrap_or_default())
                        .or_insert(0) += 1;
                }
                Kind::Clean => clean += 1,
                Kind::Any => {}
            }
        }
        real += file
            .text
            .iter()
            .filter(|line| line.trim_start().starts_with("// real: "))
            .count();
    }
    println!(
        "{leaks} leaks, {clean} clean lines, {real} modelled on real leaks; leaks by lint: {counts:?}"
    );
    assert!(
        leaks >= 150 && clean >= 200 && real >= 15,
        "{leaks} leaks, {clean} clean lines, {real} real"
    );
}
