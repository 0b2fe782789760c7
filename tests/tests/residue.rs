//! No 8 bytes of a secret are left in the memory of a release build once it was dropped. How that is measured is
//! told in the package `secret-residue`, which this builds and runs.
//!
//! `cargo test -p secret-tests --test residue -- --nocapture` prints the table.
#![cfg(target_os = "linux")]

use std::path::PathBuf;
use std::process::{Command, Stdio};

#[test]
fn dropped_secrets_leave_nothing_in_memory() {
    let output = Command::new(build())
        .stderr(Stdio::inherit())
        .output()
        .expect("the program starts");
    let table = String::from_utf8_lossy(&output.stdout);
    println!("{table}");
    assert!(
        output.status.success(),
        "see the lines that begin with FAULT"
    );
}

/// Builds the programs in release and returns the one that runs the others.
fn build() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--release", "--package", "secret-residue"])
        .arg("--message-format=json-render-diagnostics")
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "the programs are built");
    String::from_utf8(output.stdout)
        .expect("cargo writes text")
        .lines()
        .filter_map(|line| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            message["executable"].as_str().map(PathBuf::from)
        })
        .find(|path| {
            path.file_stem()
                .is_some_and(|stem| stem == "secret-residue")
        })
        .expect("cargo built the program")
}
