//! The command on `examples/leaky`: its eight leaks as people see them, and nothing else.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod schema;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// What is printed, looked through by hand.
const EXPECTED: &str = include_str!("leaky.stderr");

fn run(arguments: &[&str]) -> (String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_cargo-secret-lint"))
        .arg("secret-lint")
        .args(["--locked", "--target-dir", env!("CARGO_TARGET_TMPDIR")])
        .args(arguments)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/leaky"))
        .env("NO_COLOR", "1")
        .env_remove("CARGO_TERM_COLOR")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (stdout, stderr) = (text(stdout), text(stderr));
    assert_eq!(status.code(), Some(101), "{stdout}\n{stderr}");
    (stdout, stderr)
}

#[test]
fn its_eight_leaks_are_found_and_nothing_else() {
    let (_, text) = run(&[]);
    // What cargo says of its progress comes before.
    let start = text.find("error[").unwrap_or(0);
    assert_eq!(&text[start..], EXPECTED);
    assert_eq!(EXPECTED.matches("\nerror[").count() + 1, 8);
}

#[test]
fn code_scanning_gets_the_same_eight() {
    let (text, _) = run(&["--message-format", "sarif"]);
    let log: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(schema::faults(&schema::SARIF, &log), [""; 0]);
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 8);
    for result in results {
        assert_eq!(result["level"], "error");
        let steps = result["codeFlows"][0]["threadFlows"][0]["locations"].as_array();
        assert!(steps.is_some_and(|steps| steps.len() >= 2), "{result}");
    }
}

#[test]
fn the_documents_show_what_is_printed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (document, count) in [("README.md", 3), ("../README.md", 1)] {
        let text = std::fs::read_to_string(folder.join(document)).unwrap();
        let shown: Vec<_> = text
            .split("```text\n")
            .skip(1)
            .filter_map(|block| block.split("```").next())
            .filter(|block| {
                block.starts_with("error[secret_") || block.starts_with("secret-lint: ")
            })
            .collect();
        assert!(shown.len() >= count, "{document} shows {shown:?}");
        for block in shown {
            assert!(EXPECTED.contains(block), "{document} shows\n{block}");
        }
    }
}
