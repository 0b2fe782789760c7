//! Runs a scenario in a child, and looks at its memory where it asks for it.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::canary::Canary;
use super::memory::{Residue, residue};
use crate::scenarios::{Scenario, Source};
use crate::stage::{Request, SECRET_FILE, VARIABLE};

/// What was found in the child's memory.
#[derive(Default)]
pub(super) struct Measurement {
    /// Before it had the secret.
    pub(super) before: Residue,
    /// While it held it.
    pub(super) live: Residue,
    /// After it dropped it.
    pub(super) left: Residue,
}

pub(super) fn run(
    scenario: &Scenario,
    program: &Path,
    directory: &Path,
    canary: &Canary,
) -> Measurement {
    let mut command = Command::new(program);
    command.arg(scenario.name).arg(directory);
    let secret = canary.text();
    let file = directory.join(SECRET_FILE);
    let dotenv = directory.join(".env");
    match scenario.source {
        Source::Pipe => {}
        Source::Environment => {
            command.env(VARIABLE, secret);
        }
        Source::File => fs::write(&file, format!("{secret}\n")).expect("the file"),
        Source::NamedFile => {
            fs::write(&file, format!("{secret}\n")).expect("the file");
            command.env(format!("{VARIABLE}_FILE"), &file);
        }
        Source::Dotenv => {
            let lines = format!("{VARIABLE}='{secret}'\nOTHER_KEY=\"\\n{secret}\"\n");
            fs::write(&dotenv, lines).expect("the file");
        }
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let id = child.id();
    let mut input = child.stdin.take().expect("a pipe");
    let output = BufReader::new(child.stdout.take().expect("a pipe"));

    let mut measurement = Measurement::default();
    for line in output.lines() {
        let request = line.expect("a line").parse().expect("a request");
        let answer: &[u8] = match request {
            Request::Secret(length) => &canary.text().as_bytes()[..length],
            Request::Before | Request::Live | Request::Left => b"\n",
        };
        match request {
            Request::Before => measurement.before = residue(id, canary),
            Request::Live => measurement.live = residue(id, canary),
            Request::Left => measurement.left = residue(id, canary),
            Request::Secret(_) => {}
        }
        input.write_all(answer).expect("the child reads");
    }
    let status = child.wait().expect("the child ends");
    assert!(status.success(), "{}: {status}", scenario.name);
    for path in [file, dotenv] {
        // Most runs have none.
        let _ = fs::remove_file(path);
    }
    measurement
}
