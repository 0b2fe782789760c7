//! No 8 bytes of a secret are left in the memory of a release build once it was dropped. How that is measured is
//! told in the package `secret-residue`, which this builds and runs.
//!
//! It is no test of the harness, which would hide the table. Linux only, since it reads `/proc`.

use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

fn main() -> ExitCode {
    if !cfg!(target_os = "linux") {
        return ExitCode::SUCCESS;
    }
    let status = Command::new(build()).status().expect("the program starts");
    // Where it fails, the lines that begin with FAULT say why.
    ExitCode::from(u8::from(!status.success()))
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
