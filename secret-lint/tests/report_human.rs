//! What users see, word by word: review a change of these texts as the user interface that they are.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod report_cases;

use proptest::prelude::*;
use report_cases::{DERIVING, SERVICE, error_with_path, in_file, span, with_suggestions};
use secret_lint::report::human::Renderer;
use secret_lint::report::levels::{Group, Level, Levels, Reason};
use secret_lint::report::sources::Sources;
use secret_lint::report::{Finding, Lint, json, short};

fn rendered(sources: &Sources, findings: impl IntoIterator<Item = Finding>) -> String {
    let mut renderer = Renderer::new(sources, false);
    let reports = Levels::default().judge(findings);
    reports
        .iter()
        .map(|report| renderer.render(report))
        .collect()
}

#[track_caller]
fn assert_text(found: &str, expected: &str) {
    assert!(
        found == expected,
        "--- found\n{found}\n--- expected\n{expected}\n"
    );
}

#[test]
fn a_flow_across_functions() {
    let sources = Sources::of([("src/main.rs", SERVICE)]);
    assert_text(
        &rendered(&sources, [error_with_path()]),
        r#"error[secret_in_log]: exposed secret is logged
 --> src/main.rs:8:9
  |
6 |     let key = config().api_key.expose_secret();
  |               -------------------------------- exposed here
7 |     if let Err(error) = retry(&key) {
8 |         error!("{error}");
  |         ^^^^^^^^^^^^^^^^^ this logs the secret
  |
note: how the secret gets there
 --> src/main.rs:2:5
  |
2 |     Err(format!("cannot use {key}"))
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |     |   |
  |     |   2: formatted here
  |     3: returned as an error here
...
7 |     if let Err(error) = retry(&key) {
  |                         ^^^^^^^^^^^ 1: passed to retry() here
  |
  = help: leave the key out of the error
  = note: `secret_in_log` is denied by default
  = help: for more about it, run `cargo secret-lint --explain secret_in_log`

"#,
    );
}

#[test]
fn a_flow_across_files() {
    let sources = Sources::of([
        ("src/main.rs", SERVICE),
        (
            "src/log.rs",
            "pub fn show(text: &str) {\n    println!(\"{text}\");\n}\n",
        ),
    ]);
    let finding = Finding {
        sink: span("src/log.rs", (2, 5), (2, 23)),
        path: vec![(
            span("src/main.rs", (7, 11), (7, 21)),
            "passed to show() here".into(),
        )],
        help: Vec::new(),
        ..error_with_path()
    };
    assert_text(
        &rendered(&sources, [finding]),
        r#"error[secret_in_log]: exposed secret is logged
 --> src/log.rs:2:5
  |
2 |     println!("{text}");
  |     ^^^^^^^^^^^^^^^^^^ this logs the secret
  |
 ::: src/main.rs:6:15
  |
6 |     let key = config().api_key.expose_secret();
  |               -------------------------------- exposed here
  |
note: how the secret gets there
 --> src/main.rs:7:11
  |
7 |     if let Err(error) = retry(&key) {
  |           ^^^^^^^^^^ 1: passed to show() here
  |
  = note: `secret_in_log` is denied by default
  = help: for more about it, run `cargo secret-lint --explain secret_in_log`

"#,
    );
}

#[test]
fn the_first_report_of_a_rule_says_why_it_is_strict() {
    let sources = Sources::of([("a.rs", "one\ntwo\n")]);
    let finding = |line| in_file("a.rs", (line, 1), (line, 4));
    let mut levels = Levels::default();
    levels.set(
        Group::Lint(Lint::SecretInLog),
        Level::Warn,
        &Reason::CommandLine("-W secret-in-log".into()),
    );
    let mut renderer = Renderer::new(&sources, false);
    let text: String = levels
        .judge([finding(1), finding(2)])
        .iter()
        .map(|report| renderer.render(report))
        .collect();
    assert_text(
        &text,
        r"warning[secret_in_log]: exposed secret is logged
 --> a.rs:1:1
  |
1 | one
  | ^^^ this logs the secret
  |
  = note: requested on the command line with `-W secret-in-log`
  = help: for more about it, run `cargo secret-lint --explain secret_in_log`

warning[secret_in_log]: exposed secret is logged
 --> a.rs:2:1
  |
2 | two
  | ^^^ this logs the secret

",
    );
}

#[test]
fn tabs_line_ends_and_wide_characters_leave_marks_in_place() {
    let text = "\u{feff}fn f() {\r\n\tlet ключ = \"é\"; log(ключ);\r\n}\r\n";
    let sources = Sources::of([("a.rs", text)]);
    assert_text(
        &rendered(&sources, [in_file("a.rs", (2, 18), (2, 27))]),
        r#"error[secret_in_log]: exposed secret is logged
 --> a.rs:2:18
  |
2 |     let ключ = "é"; log(ключ);
  |                     ^^^^^^^^^ this logs the secret
  |
  = note: `secret_in_log` is denied by default
  = help: for more about it, run `cargo secret-lint --explain secret_in_log`

"#,
    );
}

#[test]
fn a_macro_over_several_lines() {
    let text = "fn f() {\n    error!(\n        \"{}\",\n        key,\n    );\n}\n";
    let sources = Sources::of([("a.rs", text)]);
    assert_text(
        &rendered(&sources, [in_file("a.rs", (2, 5), (5, 6))]),
        r#"error[secret_in_log]: exposed secret is logged
 --> a.rs:2:5
  |
2 | /     error!(
3 | |         "{}",
4 | |         key,
5 | |     );
  | |_____^ this logs the secret
  |
  = note: `secret_in_log` is denied by default
  = help: for more about it, run `cargo secret-lint --explain secret_in_log`

"#,
    );
}

#[test]
fn of_files_that_are_gone_or_shorter_only_the_place_is_shown() {
    let sources = Sources::of([("src/main.rs", "fn main() {}\n")]);
    assert_text(
        &rendered(&sources, [error_with_path()]),
        r"error[secret_in_log]: exposed secret is logged
--> src/main.rs:8:9
 = note: this logs the secret
 = note: exposed here (src/main.rs:6:15)
note: how the secret gets there
 |
 = note: 1: passed to retry() here (src/main.rs:7:25)
 = note: 2: formatted here (src/main.rs:2:9)
 = note: 3: returned as an error here (src/main.rs:2:5)
 |
 = help: leave the key out of the error
 = note: `secret_in_log` is denied by default
 = help: for more about it, run `cargo secret-lint --explain secret_in_log`

",
    );
    let gone = Finding {
        sink: span("src/gone.rs", (3, 7), (3, 9)),
        source: Some((span("src/main.rs", (1, 1), (1, 3)), "exposed here".into())),
        path: Vec::new(),
        ..error_with_path()
    };
    assert_text(
        &rendered(&sources, [gone]),
        r"error[secret_in_log]: exposed secret is logged
 --> src/gone.rs:3:7
  = note: this logs the secret
  |
 ::: src/main.rs:1:1
  |
1 | fn main() {}
  | -- exposed here
  |
  = help: leave the key out of the error
  = note: `secret_in_log` is denied by default
  = help: for more about it, run `cargo secret-lint --explain secret_in_log`

",
    );
}

#[test]
fn a_hardcoded_secret_is_not_shown() {
    let text = "fn f() {\n    login(\"app\", \"correct horse\");\n}\n";
    let sources = Sources::of([("a.rs", text)]);
    let finding = Finding {
        lint: Lint::HardcodedSecret,
        message: "a literal is used as a password".into(),
        sink_label: "this is the password".into(),
        ..in_file("a.rs", (2, 18), (2, 33))
    };
    let text = rendered(&sources, [finding]);
    assert!(!text.contains("horse"));
    assert_text(
        &text,
        r#"error[hardcoded_secret]: a literal is used as a password
 --> a.rs:2:18
  |
2 |     login("***", "*************");
  |                  ^^^^^^^^^^^^^^^ this is the password
  |
  = note: `hardcoded_secret` is denied by default
  = help: for more about it, run `cargo secret-lint --explain hardcoded_secret`

"#,
    );
}

#[test]
fn colours_are_a_choice() {
    let sources = Sources::of([("src/main.rs", SERVICE)]);
    let reports = Levels::default().judge([error_with_path()]);
    let coloured = Renderer::new(&sources, true).render(&reports[0]);
    assert!(coloured.starts_with("\u{1b}["));
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some(start) = rest.find('\u{1b}') {
        plain.push_str(&rest[..start]);
        rest = rest[start..].split_once('m').unwrap().1;
    }
    assert_text(&(plain + rest), &rendered(&sources, [error_with_path()]));
}

#[test]
fn the_short_form_is_one_line() {
    let reports = Levels::default().judge([error_with_path()]);
    assert_eq!(
        short::line(&reports[0]),
        "src/main.rs:8:9: error[secret_in_log]: exposed secret is logged\n"
    );
}

proptest! {
    /// A cache may be older than the files, so any span may meet any text.
    #[test]
    fn no_span_makes_it_panic(
        text in "[a\tß𝄞\u{200d}\u{feff}\"/\r\n]{0,40}",
        spans in proptest::collection::vec((0..2_usize, any_position(), any_position()), 2..6),
        lint in 0..Lint::ALL.len(),
        is_coloured in any::<bool>(),
    ) {
        let sources = Sources::of([("a.rs", text.as_str()), ("b.rs", "x")]);
        let mut marks = spans.iter().map(|(file, start, end)| {
            (span(["a.rs", "b.rs"][*file], *start, *end), "label".to_owned())
        });
        let finding = Finding {
            lint: Lint::ALL[lint],
            sink: marks.next().unwrap().0,
            source: marks.next(),
            path: marks.collect(),
            ..error_with_path()
        };
        let mut renderer = Renderer::new(&sources, is_coloured);
        for report in Levels::default().judge([finding]) {
            prop_assert!(renderer.render(&report).contains(report.finding.lint.name()));
            json::line(&report, &mut renderer);
            let _ = short::line(&report);
        }
    }
}

fn any_position() -> impl Strategy<Value = (u32, u32)> {
    let near = || prop_oneof![8 => 0..12_u32, 1 => any::<u32>()];
    (near(), near())
}

#[test]
fn a_suggestion_shows_the_code_as_it_would_be() {
    let sources = Sources::of([("src/login.rs", DERIVING)]);
    let shown = rendered(&sources, [with_suggestions()]);
    let (_, suggestions) = shown.split_once("secret_in_log`\n").unwrap();
    assert_text(
        suggestions,
        r"help: derive `Redact` instead
  |
1 ~ #[derive(Clone, secret_core::Redact)]
2 | struct Login {
3 ~     #[redact] password: String,
  |
help: make it a secret
  |
3 |     password: SecretString,
  |               ++++++

",
    );
    let gone = rendered(&Sources::of([]), [with_suggestions()]);
    assert!(
        gone.contains("help: make it a secret\n--> src/login.rs:3:15"),
        "{gone}"
    );
}
