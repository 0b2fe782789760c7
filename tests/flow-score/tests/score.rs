//! The flow check finds every leak of the corpus and reports no clean line, but for what `tests/flow/known.toml` lists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use flow_score::label::{self, File, Kind};
use flow_score::score::{Known, LINTS, Report, read_reports, score};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../flow")
}

fn files() -> Vec<File> {
    label::read_all(&corpus(), &["src", "other/src"]).expect("the corpus can be read")
}

/// A checker that makes no mistake.
fn perfect(files: &[File]) -> BTreeSet<Report> {
    let leaks = files.iter().flat_map(|file| {
        let leaks = file.labels.iter().filter(|label| label.kind == Kind::Leak);
        leaks.map(|leak| Report {
            path: format!("tests/flow/{}", file.path),
            line: leak.line,
            lint: leak.lints[0].clone(),
        })
    });
    leaks.collect()
}

#[test]
fn every_leak_names_lints_that_exist() {
    for file in files() {
        for label in file.labels {
            let named = label.kind != Kind::Leak || !label.lints.is_empty();
            let exist = label
                .lints
                .iter()
                .all(|lint| LINTS.contains(&lint.as_str()));
            assert!(named && exist, "{}:{}", file.path, label.line);
        }
    }
}

#[test]
fn a_checker_without_mistakes_scores_in_full() {
    let files = files();
    let score = score(&files, &perfect(&files));
    assert!(
        score.missed.is_empty() && score.reported.is_empty(),
        "{score}"
    );
    assert!(score.unexpected(&Known::default()).is_empty());
}

#[test]
fn a_mistake_is_seen() {
    let files = [label::read(
        "a(); //~ OK\nb(); // id=x //~ LEAK secret_in_log\nc(); // alt=x //~ ANY\nd(); //~ LEAK secret_in_url|secret_in_log\ne();",
        "src/case.rs".to_owned(),
    )
    .expect("its labels are right")];
    for (reports, missed, wrong) in [
        ("", 2, 0),
        ("src/case.rs:2:1: error[secret_in_log]: x", 1, 0),
        ("src/case.rs:3:1: error[secret_in_log]: x", 1, 0),
        (
            "/a/src/case.rs:4:1: warning[secret_in_log]: x\nsrc/case.rs:2:9: error[secret-in-log]: x",
            0,
            0,
        ),
        ("src/case.rs:2:1: error[secret_in_url]: another lint", 2, 1),
        ("src/case.rs:1:1: error[secret_in_log]: a clean line", 2, 1),
        ("src/case.rs:5:1: error[secret_in_log]: no label", 2, 1),
        ("other/case.rs:5:1: error[secret_in_log]: elsewhere", 2, 0),
    ] {
        let score = score(&files, &read_reports(reports));
        assert_eq!(
            (score.missed.len(), score.reported.len()),
            (missed, wrong),
            "{reports}"
        );
    }
    let known = |text| toml::from_str::<Known>(text).expect("a list");
    let score = score(
        &files,
        &read_reports("src/case.rs:2:1: error[secret_in_log]: x"),
    );
    assert_eq!(score.unexpected(&Known::default()).len(), 1);
    let right = "[[missed]]\nfile = 'src/case.rs'\ntext = 'd();'\nreason = 'x'";
    assert!(score.unexpected(&known(right)).is_empty());
    let stale = format!("{right}\n[[missed]]\nfile = 'src/case.rs'\ntext = 'b();'\nreason = 'x'");
    assert_eq!(score.unexpected(&known(&stale)).len(), 1);
    let reasonless = right.replace("'x'", "''");
    assert_eq!(score.unexpected(&known(&reasonless)).len(), 1);
}

/// The reports of `cargo secret-lint`, or of the file that `FLOW_REPORTS` names.
fn reports() -> String {
    if let Ok(file) = std::env::var("FLOW_REPORTS") {
        return fs::read_to_string(file).expect("the file can be read");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_flow-checker"))
        .args(["secret-lint", "--workspace", "--locked"])
        .args(["--message-format", "short"])
        .args(["--target-dir", env!("CARGO_TARGET_TMPDIR")])
        .current_dir(corpus())
        .output()
        .expect("the flow check can be started");
    let text =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text.concat();
    // A run that came to no end has no reports either.
    assert!(
        output.status.code() == Some(101) && text.contains(" functions checked, 0 not checked"),
        "the flow check did not check the corpus:\n{text}"
    );
    text
}

#[test]
fn the_flow_check_is_right_about_the_corpus() {
    let text = reports();
    let score = score(&files(), &read_reports(&text));
    println!("{score}");
    let known = fs::read_to_string(corpus().join("known.toml")).expect("the list can be read");
    let known: Known = toml::from_str(&known).expect("the list is right");
    let wrong = score.unexpected(&known);
    assert!(
        wrong.is_empty(),
        "{} differ from tests/flow/known.toml:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
