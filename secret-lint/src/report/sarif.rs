//! Reports as SARIF 2.1.0, for code scanning services.
//!
//! Format: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use serde_json::{Value, json};

use super::fingerprint::{fingerprint, relative};
use super::levels::{Level, Report};
use super::sources::Sources;
use super::{Lint, Suggestion};
use crate::mir::Span;

/// What relative addresses are relative to, by the name that services know it.
const ROOT: &str = "%SRCROOT%";

/// The name and version of how a fingerprint is made.
const FINGERPRINT: &str = "secretLint/v1";

/// A log of one run. It has no source text in it, and addresses relative to the root of the workspace.
pub fn log(reports: &[Report], sources: &Sources) -> String {
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "secret-lint",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Lint::ALL.map(rule),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: { "description": { "text": "the root of the workspace" } } },
            "results": reports.iter().map(|report| result(report, sources)).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn rule(lint: Lint) -> Value {
    json!({
        "id": lint.name(),
        "shortDescription": { "text": lint.summary() },
        "help": { "text": lint.explanation(), "markdown": lint.explanation() },
        "defaultConfiguration": { "level": level(lint.default_level()) },
        "properties": { "tags": ["security"] },
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Allow => "none",
        Level::Warn | Level::Deny => level.word(),
    }
}

fn result(report: &Report, sources: &Sources) -> Value {
    let finding = &report.finding;
    let mut flow: Vec<&(Span, String)> = finding.source.iter().chain(&finding.path).collect();
    let sink = (finding.sink.clone(), finding.sink_label.clone());
    flow.push(&sink);
    let text: Vec<&str> = [&finding.message]
        .into_iter()
        .chain(&finding.help)
        .map(String::as_str)
        .collect();
    let mut result = json!({
        "ruleId": finding.lint.name(),
        "ruleIndex": Lint::ALL.iter().position(|lint| *lint == finding.lint),
        "level": level(report.level),
        "message": { "text": text.join("\n") },
        "locations": [location(&finding.sink, &finding.sink_label, sources)],
        "partialFingerprints": { FINGERPRINT: fingerprint(finding, sources) },
    });
    if flow.len() > 1 {
        let steps: Vec<_> = flow
            .iter()
            .map(|(span, label)| json!({ "location": location(span, label, sources) }))
            .collect();
        result["codeFlows"] = json!([{ "threadFlows": [{ "locations": steps }] }]);
    }
    if let Some((span, label)) = &finding.source {
        result["relatedLocations"] = json!([location(span, label, sources)]);
    }
    if !finding.suggestions.is_empty() {
        let fixes = finding.suggestions.iter();
        result["fixes"] = fixes.map(|suggestion| fix(suggestion, sources)).collect();
    }
    result
}

fn fix(suggestion: &Suggestion, sources: &Sources) -> Value {
    let file = suggestion.edits.first().map(|edit| &edit.span);
    let edits = suggestion.edits.iter();
    json!({
        "description": { "text": suggestion.message },
        "artifactChanges": [{
            "artifactLocation": file.map(|span| artifact(span, sources)),
            "replacements": edits.map(|edit| json!({
                "deletedRegion": region(&edit.span),
                "insertedContent": { "text": edit.replacement },
            })).collect::<Vec<_>>(),
        }],
    })
}

fn location(span: &Span, label: &str, sources: &Sources) -> Value {
    json!({
        "message": { "text": label },
        "physicalLocation": { "artifactLocation": artifact(span, sources), "region": region(span) },
    })
}

fn artifact(span: &Span, sources: &Sources) -> Value {
    let name = relative(&span.file, sources);
    let mut artifact = json!({ "uri": uri(&name) });
    if !std::path::Path::new(&name).is_absolute() {
        artifact["uriBaseId"] = json!(ROOT);
    }
    artifact
}

fn region(span: &Span) -> Value {
    // Lines and columns are counted from 1; a span that is none must not make the whole log invalid.
    let counted = |number: u32| number.max(1);
    json!({
        "startLine": counted(span.start.line),
        "startColumn": counted(span.start.column),
        "endLine": counted(span.end.line),
        "endColumn": counted(span.end.column),
    })
}

/// A path as a URI reference: <https://datatracker.ietf.org/doc/html/rfc3986#section-3.3>. One that is absolute is a `file:` URI.
fn uri(path: &str) -> String {
    use std::fmt::Write;
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("src/main.rs"), "src/main.rs");
        assert_eq!(uri("my crate/ß:1.rs"), "my%20crate/%C3%9F%3A1.rs");
        assert_eq!(uri("/tmp/a.rs"), "file:///tmp/a.rs");
    }
}
