//! Reports as JSON, an object a line, in the words of `rustc --error-format=json`, so that cargo, rust-analyzer and editors
//! take them for rustc's own.
//!
//! Format: <https://doc.rust-lang.org/rustc/json.html>.

use std::ops::Range;

use serde::Serialize;

use super::human::{Closing, Renderer, steps};
use super::levels::Report;
use super::sources::{SourceFile, Sources};
use super::{Applicability, Finding, mask};
use crate::mir::Span;

/// A report as one line.
pub fn line(report: &Report, renderer: &mut Renderer<'_>) -> String {
    let closing = renderer.closing(report);
    let (finding, sources) = (&report.finding, renderer.sources());
    let spans = |span: &Span, label: Option<&str>, is_primary| {
        DiagnosticSpan::of(sources, finding, span, label, is_primary)
    };
    let mut own = vec![spans(&finding.sink, Some(&finding.sink_label), true)];
    if let Some((span, label)) = &finding.source {
        own.push(spans(span, Some(label), false));
    }
    let steps = steps(report).into_iter().map(|(span, label)| Diagnostic {
        spans: vec![spans(&span, None, true)],
        ..Diagnostic::plain("note", label)
    });
    let closing_notes = closing.iter().map(|closing| match closing {
        Closing::Help(text) => Diagnostic::plain("help", text.clone()),
        Closing::Note(text) => Diagnostic::plain("note", text.clone()),
    });
    let suggestions = finding.suggestions.iter().map(|suggestion| Diagnostic {
        spans: suggestion
            .edits
            .iter()
            .map(|edit| DiagnosticSpan {
                suggested_replacement: Some(edit.replacement.clone()),
                suggestion_applicability: Some(suggestion.applicability),
                ..spans(&edit.span, None, true)
            })
            .collect(),
        ..Diagnostic::plain("help", suggestion.message.clone())
    });
    to_line(&Diagnostic {
        message_type: Some(MESSAGE_TYPE),
        code: Some(Code {
            code: finding.lint.name(),
            explanation: finding.lint.explanation(),
        }),
        spans: own,
        children: steps.chain(closing_notes).chain(suggestions).collect(),
        rendered: Some(renderer.render_with(report, &closing)),
        ..Diagnostic::plain(report.level.word(), finding.message.clone())
    })
}

/// A message without a place, such as `aborting due to 2 previous errors`; `level` is `error`, `warning` or `note`.
#[must_use]
pub fn message(level: &'static str, text: &str) -> String {
    to_line(&Diagnostic {
        message_type: Some(MESSAGE_TYPE),
        rendered: Some(format!("{level}: {text}\n\n")),
        ..Diagnostic::plain(level, text.to_owned())
    })
}

const MESSAGE_TYPE: &str = "diagnostic";

fn to_line(diagnostic: &Diagnostic) -> String {
    let json = serde_json::to_string(diagnostic).expect("has no map and no foreign type");
    json + "\n"
}

/// The fields in rustc's order.
#[derive(Serialize)]
struct Diagnostic {
    #[serde(rename = "$message_type", skip_serializing_if = "Option::is_none")]
    message_type: Option<&'static str>,
    message: String,
    code: Option<Code>,
    level: &'static str,
    spans: Vec<DiagnosticSpan>,
    children: Vec<Diagnostic>,
    rendered: Option<String>,
}

impl Diagnostic {
    fn plain(level: &'static str, message: String) -> Self {
        Self {
            message_type: None,
            message,
            code: None,
            level,
            spans: Vec::new(),
            children: Vec::new(),
            rendered: None,
        }
    }
}

#[derive(Serialize)]
struct Code {
    code: &'static str,
    explanation: &'static str,
}

#[derive(Serialize)]
struct DiagnosticSpan {
    file_name: String,
    byte_start: usize,
    byte_end: usize,
    line_start: u32,
    line_end: u32,
    column_start: u32,
    column_end: u32,
    is_primary: bool,
    text: Vec<Line>,
    label: Option<String>,
    suggested_replacement: Option<String>,
    suggestion_applicability: Option<Applicability>,
    expansion: Option<()>,
}

#[derive(Serialize)]
struct Line {
    text: String,
    highlight_start: usize,
    highlight_end: usize,
}

impl DiagnosticSpan {
    /// Where the file cannot be read, the bytes are 0 and there is no text.
    fn of(
        sources: &Sources,
        finding: &Finding,
        span: &Span,
        label: Option<&str>,
        is_primary: bool,
    ) -> Self {
        let resolved = sources.resolve(span);
        let bytes = resolved
            .as_ref()
            .map_or(0..0, |(file, range)| original(file, range));
        let text = resolved.and_then(|(file, _)| {
            let shown = mask::shown(&file, finding.lint)?;
            Some(lines(&shown, span))
        });
        Self {
            file_name: span.file.to_string(),
            byte_start: bytes.start,
            byte_end: bytes.end,
            line_start: span.start.line,
            line_end: span.end.line,
            column_start: span.start.column,
            column_end: span.end.column,
            is_primary,
            text: text.unwrap_or_default(),
            label: label.map(str::to_owned),
            suggested_replacement: None,
            suggestion_applicability: None,
            expansion: None,
        }
    }
}

/// The bytes as they are on disk.
fn original(file: &SourceFile, range: &Range<usize>) -> Range<usize> {
    range.start + file.bytes_before()..range.end + file.bytes_before()
}

/// The lines of a span, each with what of it the span covers.
fn lines(file: &SourceFile, span: &Span) -> Vec<Line> {
    let (first, last) = (span.start.line as usize, span.end.line as usize);
    let line = |number: usize| {
        let text = file.line(number)?.to_owned();
        let after = text.chars().count() + 1;
        let start = if number == first {
            span.start.column as usize
        } else {
            1
        };
        let end = if number == last {
            span.end.column as usize
        } else {
            after
        };
        Some(Line {
            text,
            highlight_start: start,
            highlight_end: end,
        })
    };
    (first..=last).filter_map(line).collect()
}
