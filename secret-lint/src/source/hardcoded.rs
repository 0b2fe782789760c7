//! `hardcoded_secret`, the half that reads text: string literals with the published shape of a provider's token.
//! Literals that flow into a secret are the analysis's.

use std::ops::Range;

use super::literal::{Literal, literals};
use super::shape::tokens;
use super::test_code::{is_test_file, test_ranges};
use crate::mir::{Position, Span};
use crate::report::sources::SourceFile;
use crate::report::{Finding, Lint};

/// The findings in one Rust source, by its name, which is relative to the workspace. Test code is left out unless it is asked for.
///
/// ```
/// use secret_lint::report::sources::SourceFile;
/// use secret_lint::source::hardcoded::hardcoded;
///
/// let token = concat!("gh", "p_aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA3");
/// let file = SourceFile::new(format!("fn f() {{ login(\"{token}\"); }}"));
/// let findings = hardcoded("src/main.rs", &file, false);
/// assert_eq!(findings[0].message, "a GitHub token is written in the source");
/// assert_eq!(hardcoded("tests/login.rs", &file, false), []);
/// ```
pub fn hardcoded(name: &str, file: &SourceFile, include_tests: bool) -> Vec<Finding> {
    if !include_tests && is_test_file(name) {
        return Vec::new();
    }
    let text = file.text();
    let mut findings: Vec<_> = literals(text)
        .filter_map(|literal| finding(name, file, &literal))
        .collect();
    if !include_tests && !findings.is_empty() {
        let tests = test_ranges(text);
        let is_test = |at: usize| tests.iter().any(|range| range.contains(&at));
        findings.retain(|finding| !file.offset(finding.sink.start).is_some_and(is_test));
    }
    findings
}

/// Whether a place is in code for tests, where literals are not reported unless asked for.
pub(crate) fn is_in_tests(name: &str, file: &SourceFile, place: Position) -> bool {
    let is_at = |at: usize| {
        test_ranges(file.text())
            .iter()
            .any(|range| range.contains(&at))
    };
    is_test_file(name) || file.offset(place).is_some_and(is_at)
}

fn finding(name: &str, file: &SourceFile, literal: &Literal) -> Option<Finding> {
    let value = literal.value(file.text());
    let token = tokens(&value).into_iter().next()?;
    Some(Finding {
        lint: Lint::HardcodedSecret,
        message: format!("{} is written in the source", token.name),
        sink: span(name, file, &literal.range),
        sink_label: format!("this has the published shape of {}", token.name),
        source: None,
        path: Vec::new(),
        suggestions: Vec::new(),
        help: vec![
            "replace it at the provider, since it is known to everybody who has the code".to_owned(),
            "load the new one when the program runs: from the environment, a mounted file or a secret manager".to_owned(),
        ],
    })
}

pub(super) fn span(name: &str, file: &SourceFile, range: &Range<usize>) -> Span {
    let (start, end) = (file.position(range.start), file.position(range.end));
    Span {
        file: name.into(),
        start,
        end,
    }
}

#[cfg(test)]
mod tests {
    use super::hardcoded;
    use crate::report::sources::{SourceFile, place};

    const TOKEN: &str = concat!("gh", "p_aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA3");

    fn places(text: &str, include_tests: bool) -> Vec<String> {
        let file = SourceFile::new(text.replace("TOKEN", TOKEN));
        let findings = hardcoded("src/a.rs", &file, include_tests);
        assert!(
            findings
                .iter()
                .all(|finding| !format!("{finding:?}").contains(TOKEN))
        );
        findings
            .iter()
            .map(|finding| place(&finding.sink))
            .collect()
    }

    #[test]
    fn literals_of_every_kind_are_read() {
        let text = "f(\"TOKEN\");\nf(r#\"x TOKEN\"#);\n\tf(b\"TOKEN\");\nf(\"gh\\\n  p_a\\x423dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA3\");";
        assert_eq!(
            places(text, false),
            [
                "src/a.rs:1:3",
                "src/a.rs:2:3",
                "src/a.rs:3:4",
                "src/a.rs:4:3"
            ]
        );
    }

    #[test]
    fn comments_and_tests_are_left_out() {
        let text =
            "// \"TOKEN\"\n/// \"TOKEN\"\n#[cfg(test)]\nmod tests { const A: &str = \"TOKEN\"; }\n";
        assert!(places(text, false).is_empty());
        assert_eq!(places(text, true), ["src/a.rs:4:29"]);
    }
}
