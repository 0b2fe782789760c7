//! SARIF is valid by the published schema, and holds no source.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod report_cases;
mod schema;

use proptest::prelude::*;
use report_cases::{DERIVING, SERVICE, error_with_path, in_file, span, with_suggestions};
use schema::SARIF;
use secret_lint::report::levels::{Group, Level, Levels, Reason};
use secret_lint::report::sources::Sources;
use secret_lint::report::{Finding, Lint, sarif};
use serde_json::{Value, json};

fn log(findings: impl IntoIterator<Item = Finding>, sources: &Sources) -> Value {
    serde_json::from_str(&sarif::log(&Levels::default().judge(findings), sources)).unwrap()
}

fn faults(log: &Value) -> Vec<String> {
    assert_eq!(
        SARIF["title"],
        "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"
    );
    schema::faults(&SARIF, log)
}

#[test]
fn it_is_valid() {
    let sources = Sources::of([("src/main.rs", SERVICE)]);
    let odd = in_file("src/ö ß%.rs", (0, 0), (0, 0));
    let gone = Finding {
        source: None,
        path: Vec::new(),
        ..error_with_path()
    };
    assert_eq!(
        faults(&log([error_with_path(), odd, gone], &sources)),
        [""; 0]
    );
    assert_eq!(faults(&log([], &sources)), [""; 0]);
}

#[test]
fn the_validator_finds_faults() {
    let log = log([error_with_path()], &Sources::of([]));
    let broken = |path: &str, value: Value| {
        let mut log = log.clone();
        *log.pointer_mut(path).unwrap() = value;
        faults(&log).len()
    };
    assert_eq!(broken("/version", json!("2.0.0")), 1);
    assert_eq!(broken("/runs/0/results/0/level", json!("fatal")), 1);
    assert_eq!(broken("/runs/0/results/0/message", json!({})), 1);
    assert_eq!(
        broken(
            "/runs/0/results/0/locations/0/physicalLocation/region/startLine",
            json!(0)
        ),
        1
    );
    assert_eq!(
        broken(
            "/runs/0/tool/driver/rules/1",
            log["runs"][0]["tool"]["driver"]["rules"][0].clone()
        ),
        1
    );
    assert_eq!(
        broken(
            "/runs/0/tool",
            json!({"driver": {"name": "x"}, "drivers": []})
        ),
        1
    );
    assert_eq!(broken("/runs", json!("none")), 1);
}

#[test]
fn a_result_has_its_rule_place_path_and_fingerprint() {
    let mut levels = Levels::default();
    levels.set(
        Group::Lint(Lint::SecretInLog),
        Level::Warn,
        &Reason::Default,
    );
    let sources = Sources::of([("src/main.rs", SERVICE)]);
    let log: Value =
        serde_json::from_str(&sarif::log(&levels.judge([error_with_path()]), &sources)).unwrap();
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!(
        (&result["ruleId"], &result["level"]),
        (&json!("secret_in_log"), &json!("warning"))
    );
    let rule = &run["tool"]["driver"]["rules"]
        [usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
    assert_eq!(
        (&rule["id"], &rule["defaultConfiguration"]["level"]),
        (&json!("secret_in_log"), &json!("error"))
    );
    assert_eq!(
        result["message"]["text"],
        "exposed secret is logged\nleave the key out of the error"
    );
    assert_eq!(
        result["locations"][0]["physicalLocation"],
        json!({
            "artifactLocation": { "uri": "src/main.rs", "uriBaseId": "%SRCROOT%" },
            "region": { "startLine": 8, "startColumn": 9, "endLine": 8, "endColumn": 26 },
        })
    );
    let steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
        .as_array()
        .unwrap();
    let labels: Vec<_> = steps
        .iter()
        .map(|step| step["location"]["message"]["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        labels,
        [
            "exposed here",
            "passed to retry() here",
            "formatted here",
            "returned as an error here",
            "this logs the secret"
        ]
    );
    let fingerprint = result["partialFingerprints"]["secretLint/v1"]
        .as_str()
        .unwrap();
    assert!(fingerprint.len() == 16 && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let text = log.to_string();
    assert!(!text.contains("config().api_key"), "source text");
}

#[test]
fn suggestions_are_fixes() {
    let log = log(
        [with_suggestions()],
        &Sources::of([("src/login.rs", DERIVING)]),
    );
    assert_eq!(faults(&log), [""; 0]);
    let fixes = log["runs"][0]["results"][0]["fixes"].as_array().unwrap();
    assert_eq!(fixes.len(), 2);
    assert_eq!(fixes[0]["description"]["text"], "derive `Redact` instead");
    assert_eq!(
        fixes[0]["artifactChanges"],
        json!([{
            "artifactLocation": { "uri": "src/login.rs", "uriBaseId": "%SRCROOT%" },
            "replacements": [{
                "deletedRegion": { "startLine": 1, "startColumn": 17, "endLine": 1, "endColumn": 22 },
                "insertedContent": { "text": "secret_core::Redact" },
            }, {
                "deletedRegion": { "startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 5 },
                "insertedContent": { "text": "#[redact] " },
            }],
        }])
    );
}

proptest! {
    #[test]
    fn it_is_valid_whatever_the_names_and_spans(
        file in ".{0,12}", label in ".{0,12}", numbers in any::<[u32; 4]>(), steps in 0..3_usize,
    ) {
        let at = span(&file, (numbers[0], numbers[1]), (numbers[2], numbers[3]));
        let finding = Finding {
            sink: at.clone(),
            message: label.clone(),
            source: Some((at.clone(), label.clone())),
            path: vec![(at, label); steps],
            ..error_with_path()
        };
        prop_assert_eq!(faults(&log([finding], &Sources::of([]))), [""; 0]);
    }
}
