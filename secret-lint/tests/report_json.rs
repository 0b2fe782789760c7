//! Reports as JSON are such as rustc writes, held against rustc itself, and cargo takes them for rustc's.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod report_cases;

use std::path::Path;
use std::process::Command;

use report_cases::{DERIVING, SERVICE, error_with_path, in_file, span, with_suggestions};
use secret_lint::report::human::Renderer;
use secret_lint::report::levels::Levels;
use secret_lint::report::sources::Sources;
use secret_lint::report::{Finding, json};
use serde_json::Value;

fn lines(sources: &Sources, findings: impl IntoIterator<Item = Finding>) -> Vec<Value> {
    let mut renderer = Renderer::new(sources, false);
    let reports = Levels::default().judge(findings);
    let line = |report| serde_json::from_str(&json::line(report, &mut renderer)).unwrap();
    reports.iter().map(line).collect()
}

/// What rustc says about a source, one value a line.
fn rustc(folder: &Path, name: &str) -> Vec<Value> {
    let mut command = Command::new("rustc");
    command
        .current_dir(folder)
        .args(["--error-format=json", "--emit=metadata", name]);
    let output = command.output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn number(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

/// The finding whose sink is the first span of rustc's.
fn at(diagnostic: &Value) -> Finding {
    let span = &diagnostic["spans"][0];
    in_file(
        span["file_name"].as_str().unwrap(),
        (number(&span["line_start"]), number(&span["column_start"])),
        (number(&span["line_end"]), number(&span["column_end"])),
    )
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn bytes_columns_and_lines_are_those_of_rustc() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        "fn main() { let x: u8 = \"a\"; }\n",
        "fn main() {\n\tlet é = \"héé\"; let x: u8 = \"é𝄞\"; _ = é; }",
        "\u{feff}fn main() {\r\n\tlet é = 1;\r\n  let x: u8 = \"ß\"; _ = é;\r\n}\r\n",
        "\u{feff}fn main() { let x: u8 = \"a\"; }\n",
        "fn main() {\n    let z: () = (\n     \"é\",\r\n\n\t 2);\n}\n",
        "fn main() { let x: u8 = \"a\r\nb\n\"; }",
    ];
    let sources = Sources::below(folder.path());
    for (index, text) in cases.iter().enumerate() {
        let name = format!("case{index}.rs");
        std::fs::write(folder.path().join(&name), text).unwrap();
        let theirs = &rustc(folder.path(), &name)[0];
        let ours = &lines(&sources, [at(theirs)])[0];
        for field in [
            "file_name",
            "byte_start",
            "byte_end",
            "line_start",
            "line_end",
            "column_start",
            "column_end",
            "is_primary",
            "text",
        ] {
            assert_eq!(
                ours["spans"][0][field], theirs["spans"][0][field],
                "{field} of {text:?}"
            );
        }
    }
}

#[test]
fn the_objects_have_the_fields_of_rustc() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("main.rs"), "fn main() { let x = 1; }").unwrap();
    let theirs = &rustc(folder.path(), "main.rs")[0];
    let ours = &lines(
        &Sources::of([("src/main.rs", SERVICE)]),
        [error_with_path()],
    )[0];
    for path in ["", "/code", "/spans/0", "/spans/0/text/0", "/children/0"] {
        let (ours, theirs) = (ours.pointer(path).unwrap(), theirs.pointer(path).unwrap());
        assert_eq!(keys(ours), keys(theirs), "{path:?}");
    }
    assert_eq!(ours["level"], "error");
    assert_eq!(ours["code"]["code"], "secret_in_log");
    let plain: Value =
        serde_json::from_str(&json::message("error", "aborting due to 1 previous error")).unwrap();
    let theirs = rustc(folder.path(), "gone.rs").pop().unwrap();
    assert_eq!(plain, theirs);
}

#[test]
fn each_step_of_the_path_is_a_note_of_its_own() {
    let ours = &lines(
        &Sources::of([("src/main.rs", SERVICE)]),
        [error_with_path()],
    )[0];
    let children: Vec<_> = ours["children"]
        .as_array()
        .unwrap()
        .iter()
        .map(|child| {
            (
                child["level"].as_str().unwrap(),
                child["message"].as_str().unwrap(),
                child["spans"][0]["line_start"].as_u64(),
            )
        })
        .collect();
    assert_eq!(
        children,
        [
            ("note", "1: passed to retry() here", Some(7)),
            ("note", "2: formatted here", Some(2)),
            ("note", "3: returned as an error here", Some(2)),
            ("help", "leave the key out of the error", None),
            ("note", "`secret_in_log` is denied by default", None),
            (
                "help",
                "for more about it, run `cargo secret-lint --explain secret_in_log`",
                None
            ),
        ]
    );
    let source = &ours["spans"][1];
    assert_eq!(
        (&source["is_primary"], &source["label"]),
        (&Value::from(false), &Value::from("exposed here"))
    );
}

#[test]
fn a_file_that_is_gone_has_a_place_and_no_text() {
    let ours = &lines(&Sources::of([]), [error_with_path()])[0]["spans"][0];
    assert_eq!(
        (&ours["line_start"], &ours["byte_start"], &ours["text"]),
        (&8.into(), &0.into(), &Value::Array(Vec::new()))
    );
}

/// Runs `cargo check` on a package whose rustc prints a report of ours.
#[cfg(unix)]
#[test]
fn cargo_takes_a_report_for_one_of_rustc() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("src")).unwrap();
    std::fs::write(path("src/main.rs"), SERVICE).unwrap();
    std::fs::write(
        path("Cargo.toml"),
        "[package]\nname = \"leaky\"\nedition = \"2024\"\n[workspace]\n",
    )
    .unwrap();
    let sources = Sources::below(folder.path());
    let reports = Levels::default().judge([error_with_path()]);
    let mut renderer = Renderer::new(&sources, false);
    let expected = Renderer::new(&sources, false).render(&reports[0]);
    std::fs::write(path("report.json"), json::line(&reports[0], &mut renderer)).unwrap();
    let script = "#!/bin/sh\ncase \"$*\" in *\"--crate-name leaky\"*) cat report.json >&2; exit 1;; esac\nexec \"$@\"\n";
    std::fs::write(path("wrapper"), script).unwrap();
    std::fs::set_permissions(path("wrapper"), std::fs::Permissions::from_mode(0o755)).unwrap();

    let check = |format: &str| {
        let mut command = Command::new("cargo");
        command
            .current_dir(folder.path())
            .args(["check", "--quiet", "--offline", format]);
        command
            .env("RUSTC_WORKSPACE_WRAPPER", path("wrapper"))
            .env("CARGO_TARGET_DIR", path("target"));
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(101));
        (
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (_, text) = check("--message-format=human");
    assert!(text.contains(expected.trim_end()), "{text}");
    assert!(
        text.contains("could not compile `leaky` (bin \"leaky\") due to 1 previous error"),
        "{text}"
    );

    let (json, _) = check("--message-format=json");
    let message: Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(message["reason"], "compiler-message");
    assert_eq!(message["message"]["spans"][0]["line_start"], 8);
    assert_eq!(message["message"]["code"]["code"], "secret_in_log");
}

#[test]
fn hardcoded_secrets_are_in_no_field() {
    let text = "fn f() { login(\"hunter2-hunter2\"); }\n";
    let finding = Finding {
        lint: secret_lint::report::Lint::HardcodedSecret,
        sink: span("a.rs", (1, 16), (1, 33)),
        ..error_with_path()
    };
    let line = lines(&Sources::of([("a.rs", text)]), [finding])[0].to_string();
    assert!(
        line.contains("login(") && !line.contains("hunter2"),
        "{line}"
    );
}

/// A child with a span for each, as tools that make changes look for them.
#[test]
fn suggestions_are_those_of_rustc() {
    let sources = Sources::of([("src/login.rs", DERIVING)]);
    let ours = &lines(&sources, [with_suggestions()])[0];
    let folder = tempfile::tempdir().unwrap();
    let unused = "fn main() { let x = 1; }";
    std::fs::write(folder.path().join("main.rs"), unused).unwrap();
    let theirs = &rustc(folder.path(), "main.rs")[0];
    let children = |diagnostic: &Value| -> Vec<Value> {
        let children = diagnostic["children"].as_array().unwrap().iter();
        children
            .filter(|child| !child["spans"][0]["suggested_replacement"].is_null())
            .cloned()
            .collect()
    };
    let [redact, secret] = &children(ours)[..] else {
        panic!("{ours:#}")
    };
    let theirs = &children(theirs)[0];
    assert_eq!(redact["level"], theirs["level"]);
    assert_eq!(keys(&redact["spans"][0]), keys(&theirs["spans"][0]));
    let change = |child: &Value, number: usize| {
        let span = &child["spans"][number];
        let range = span["byte_start"].as_u64().unwrap()..span["byte_end"].as_u64().unwrap();
        let text = |key: &str| span[key].as_str().unwrap().to_owned();
        (
            range,
            text("suggested_replacement"),
            text("suggestion_applicability"),
        )
    };
    let safe = "MachineApplicable".to_owned();
    assert_eq!(
        change(redact, 0),
        (16..21, "secret_core::Redact".into(), safe.clone())
    );
    assert_eq!(change(redact, 1), (43..43, "#[redact] ".into(), safe));
    let unsure = "MaybeIncorrect".to_owned();
    assert_eq!(change(secret, 0), (53..59, "SecretString".into(), unsure));
    assert_eq!(change(theirs, 0).2, "MachineApplicable");
}
