//! Findings for the tests of this folder.

use super::{Finding, Lint};
use crate::mir::{Position, Span};

pub(crate) fn span(file: &str, start: (u32, u32), end: (u32, u32)) -> Span {
    let position = |(line, column)| Position { line, column };
    Span {
        file: file.into(),
        start: position(start),
        end: position(end),
    }
}

pub(crate) fn finding(lint: Lint, file: &str, start: (u32, u32), end: (u32, u32)) -> Finding {
    Finding {
        lint,
        message: "exposed secret is printed".into(),
        sink: span(file, start, end),
        sink_label: "this prints the secret".into(),
        source: None,
        path: Vec::new(),
        help: Vec::new(),
        suggestions: Vec::new(),
    }
}
