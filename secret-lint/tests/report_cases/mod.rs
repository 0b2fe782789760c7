//! Findings and the sources that they are in.

#![allow(dead_code, reason = "each test uses some of them")]

use secret_lint::mir::{Position, Span};
use secret_lint::report::{Applicability, Edit, Finding, Lint, Suggestion};

pub(crate) const SERVICE: &str = r#"fn retry(key: &str) -> Result<(), String> {
    Err(format!("cannot use {key}"))
}

fn main() {
    let key = config().api_key.expose_secret();
    if let Err(error) = retry(&key) {
        error!("{error}");
    }
}
"#;

pub(crate) fn span(file: &str, start: (u32, u32), end: (u32, u32)) -> Span {
    let position = |(line, column)| Position { line, column };
    Span {
        file: file.into(),
        start: position(start),
        end: position(end),
    }
}

pub(crate) fn in_file(file: &str, start: (u32, u32), end: (u32, u32)) -> Finding {
    Finding {
        lint: Lint::SecretInLog,
        message: "exposed secret is logged".into(),
        sink: span(file, start, end),
        sink_label: "this logs the secret".into(),
        source: None,
        path: Vec::new(),
        help: Vec::new(),
        suggestions: Vec::new(),
    }
}

/// A leak in [`SERVICE`].
pub(crate) fn error_with_path() -> Finding {
    let at = |start, end| span("src/main.rs", start, end);
    Finding {
        source: Some((at((6, 15), (6, 47)), "exposed here".into())),
        path: vec![
            (at((7, 25), (7, 36)), "passed to retry() here".into()),
            (at((2, 9), (2, 36)), "formatted here".into()),
            (at((2, 5), (2, 37)), "returned as an error here".into()),
        ],
        help: vec!["leave the key out of the error".into()],
        ..in_file("src/main.rs", (8, 9), (8, 26))
    }
}

pub(crate) const DERIVING: &str = "#[derive(Clone, Debug)]
struct Login {
    password: String,
}
";

/// A field of [`DERIVING`], with what would end the report: one change that is safe, and one that needs more.
pub(crate) fn with_suggestions() -> Finding {
    let edit = |start, end, replacement: &str| Edit {
        span: span("src/login.rs", start, end),
        replacement: replacement.into(),
    };
    Finding {
        suggestions: vec![
            Suggestion {
                message: "derive `Redact` instead".into(),
                edits: vec![
                    edit((1, 17), (1, 22), "secret_core::Redact"),
                    edit((3, 5), (3, 5), "#[redact] "),
                ],
                applicability: Applicability::MachineApplicable,
            },
            Suggestion {
                message: "make it a secret".into(),
                edits: vec![edit((3, 15), (3, 21), "SecretString")],
                applicability: Applicability::MaybeIncorrect,
            },
        ],
        ..in_file("src/login.rs", (3, 5), (3, 13))
    }
}
