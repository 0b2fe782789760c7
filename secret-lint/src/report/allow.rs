//! `// secret-lint: allow(secret_in_log, reason = "…")`: comments that accept a report where it is.
//!
//! At the end of a line of code, a comment counts for that line. On a line of its own it counts for the statement below, up to its
//! `;` or the block that it opens, or, before an item, for all of that. Other files than Rust's have `# secret-lint: …`, which counts
//! for the file. What counts is where the secret gets out; if that spans lines, any of them.

use std::ops::RangeInclusive;

use super::levels::UnknownLint;
use super::sources::{SourceFile, Sources};
use super::{Finding, Lint};
use crate::mir::Span;
use crate::source::extent::extent;
use crate::source::test_code::{is_rust, is_test_file, test_ranges};
use crate::source::tokens::line_comments;

/// How the text of such a comment begins.
const MARK: &str = "secret-lint:";

/// The comments of some files.
#[derive(Debug, Default)]
pub struct Allows {
    comments: Vec<Comment>,
}

#[derive(Debug)]
struct Comment {
    span: Span,
    lines: RangeInclusive<u32>,
    content: Content,
    is_checked: bool,
    is_used: bool,
}

/// What a comment says.
#[derive(Debug, PartialEq, Eq)]
enum Content {
    Allow {
        lints: Vec<Lint>,
        has_reason: bool,
    },
    /// What is wrong with it.
    Unreadable(String),
}

impl Allows {
    /// Reads the comments of files that were checked, by name; of those that were not, nobody can say what is unused. Without
    /// `include_tests` that is so of test code as well.
    pub fn read<'name>(
        names: impl IntoIterator<Item = &'name str>,
        sources: &Sources,
        include_tests: bool,
    ) -> Self {
        let mut comments = Vec::new();
        for name in names {
            if let Some(file) = sources.file(name) {
                if is_rust(name) {
                    read_rust(name, &file, include_tests, &mut comments);
                } else {
                    read_other(name, &file, &mut comments);
                }
            }
        }
        Self { comments }
    }

    /// Takes out the findings that are accepted, and puts in what is wrong with the comments.
    pub fn apply(mut self, mut findings: Vec<Finding>) -> Vec<Finding> {
        findings.retain(|finding| !self.accepts(finding));
        findings.extend(self.comments.iter().filter_map(Comment::fault));
        findings
    }

    fn accepts(&mut self, finding: &Finding) -> bool {
        let mut is_accepted = false;
        for comment in &mut self.comments {
            if comment.covers(finding) {
                comment.is_used = true;
                is_accepted = true;
            }
        }
        is_accepted
    }
}

impl Comment {
    fn covers(&self, finding: &Finding) -> bool {
        let Content::Allow { lints, .. } = &self.content else {
            return false;
        };
        let (sink, own) = (&finding.sink, &self.lines);
        lints.contains(&finding.lint)
            && sink.file == self.span.file
            && sink.start.line <= *own.end()
            && sink.end.line.max(sink.start.line) >= *own.start()
    }

    fn fault(&self) -> Option<Finding> {
        if !self.is_checked {
            return None;
        }
        let (lint, message, label, help) = match &self.content {
            Content::Unreadable(fault) => (
                Lint::UnusedAllow,
                "this comment allows nothing".to_owned(),
                fault.clone(),
                "it is written `secret-lint: allow(LINT, reason = \"why\")`",
            ),
            Content::Allow { lints, .. } if !self.is_used => (
                Lint::UnusedAllow,
                format!("nothing here is reported as {}", names(lints)),
                "this comment is not needed".to_owned(),
                "remove it, or put it on the line of the report or above it",
            ),
            Content::Allow {
                has_reason: false, ..
            } => (
                Lint::AllowWithoutReason,
                "this comment does not say why the report is acceptable".to_owned(),
                "the reason is missing".to_owned(),
                "add it: `reason = \"why\"`",
            ),
            Content::Allow { .. } => return None,
        };
        Some(Finding {
            lint,
            message,
            sink: self.span.clone(),
            sink_label: label,
            source: None,
            path: Vec::new(),
            help: vec![help.to_owned()],
            suggestions: Vec::new(),
        })
    }
}

fn names(lints: &[Lint]) -> String {
    let names: Vec<_> = lints
        .iter()
        .map(|lint| format!("`{}`", lint.name()))
        .collect();
    names.join(" or ")
}

fn read_rust(name: &str, file: &SourceFile, include_tests: bool, comments: &mut Vec<Comment>) {
    let text = file.text();
    let mut unchecked = Vec::new();
    if !include_tests {
        unchecked = test_ranges(text);
        unchecked.extend(is_test_file(name).then_some(0..text.len()));
    }
    for range in line_comments(text) {
        let Some(content) = content(text[range.clone()].trim_start_matches('/')) else {
            continue;
        };
        let span = span(name, file, range.clone());
        let line = span.start.line;
        let is_after_code = !text[..range.start]
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .trim()
            .is_empty();
        let lines = if is_after_code {
            line..=line
        } else {
            let covered = extent(text, range.end);
            line..=file.position(covered.end).line
        };
        comments.push(Comment {
            span,
            lines,
            content,
            is_checked: !unchecked.iter().any(|tests| tests.contains(&range.start)),
            is_used: false,
        });
    }
}

fn read_other(name: &str, file: &SourceFile, comments: &mut Vec<Comment>) {
    for number in 1.. {
        let Some(range) = file.line_range(number) else {
            break;
        };
        let line = &file.text()[range.clone()];
        if let Some(content) = line.trim_start().strip_prefix('#').and_then(content) {
            let span = span(name, file, range);
            comments.push(Comment {
                span,
                lines: 1..=u32::MAX,
                content,
                is_checked: true,
                is_used: false,
            });
        }
    }
}

fn span(name: &str, file: &SourceFile, range: std::ops::Range<usize>) -> Span {
    let (start, end) = (file.position(range.start), file.position(range.end));
    Span {
        file: name.into(),
        start,
        end,
    }
}

/// What a comment says, if it is for us.
fn content(text: &str) -> Option<Content> {
    let text = text.trim_start().strip_prefix(MARK)?.trim();
    Some(allowed(text).unwrap_or_else(Content::Unreadable))
}

/// Reads `allow(secret_in_log, secret_in_url, reason = "…")`.
fn allowed(text: &str) -> Result<Content, String> {
    let list = text
        .strip_prefix("allow")
        .and_then(|rest| rest.trim_start().strip_prefix('('))
        .ok_or("expected `allow(…)`")?;
    let (mut lints, mut rest) = (Vec::new(), list);
    loop {
        rest = rest.trim_start();
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && !"_-".contains(letter));
        let (word, after) = rest.split_at(end.ok_or("the closing `)` is missing")?);
        let after = after.trim_start();
        if word == "reason" {
            let has_reason = reason(after)?;
            return non_empty(lints, has_reason);
        }
        if !word.is_empty() {
            let unknown = || UnknownLint {
                name: word.to_owned(),
                nearest: Lint::nearest(word),
            };
            lints.push(Lint::from_name(word).ok_or_else(|| unknown().to_string())?);
        }
        match after.strip_prefix(',') {
            Some(after) => rest = after,
            None if after.starts_with(')') => return non_empty(lints, false),
            None => return Err("expected `,` or `)`".to_owned()),
        }
    }
}

fn non_empty(lints: Vec<Lint>, has_reason: bool) -> Result<Content, String> {
    if lints.is_empty() {
        return Err("it names no lint".to_owned());
    }
    Ok(Content::Allow { lints, has_reason })
}

/// Reads `= "…")` and says whether there is something between the quotes.
fn reason(text: &str) -> Result<bool, String> {
    let quoted = text
        .strip_prefix('=')
        .and_then(|rest| rest.trim_start().strip_prefix('"'));
    let (reason, after) = quoted
        .and_then(|rest| rest.rsplit_once('"'))
        .ok_or("expected `reason = \"…\"`")?;
    if !after
        .trim_start()
        .trim_start_matches(',')
        .trim_start()
        .starts_with(')')
    {
        return Err("the closing `)` is missing".to_owned());
    }
    Ok(!reason.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Allows, Content, content};
    use crate::report::sources::{Sources, place};
    use crate::report::test_findings::finding;
    use crate::report::{Finding, Lint};

    /// Which reports on the given lines are left, and what is said about comments.
    fn left(text: &str, lines: &[u32]) -> Vec<String> {
        left_of("a.rs", text, Lint::SecretInLog, lines)
    }

    fn left_of(name: &str, text: &str, lint: Lint, lines: &[u32]) -> Vec<String> {
        let sources = Sources::of([(name, text)]);
        let findings: Vec<Finding> = lines
            .iter()
            .map(|line| finding(lint, name, (*line, 5), (*line, 9)))
            .collect();
        let left = Allows::read([name], &sources, false).apply(findings);
        left.iter()
            .map(|finding| format!("{} {}", finding.sink.start.line, finding.lint.name()))
            .collect()
    }

    const NONE: [String; 0] = [];

    #[test]
    fn a_comment_counts_for_its_line_or_the_statement_below() {
        let reason = "// secret-lint: allow(secret_in_log, reason = \"shown once\")";
        assert_eq!(
            left(
                &format!("fn f() {{\n    print(k); {reason}\n    print(k);\n}}"),
                &[2, 3]
            ),
            ["3 secret_in_log"]
        );
        let above = format!(
            "fn f() {{\n    {reason}\n    // more\n\n    print(\n        |a| {{ k; }},\n    );\n    print(k);\n}}"
        );
        assert_eq!(left(&above, &[5, 6, 7, 8]), ["8 secret_in_log"]);
        let block =
            format!("fn f() {{\n    {reason}\n    if print(k) {{\n        print(k);\n    }}\n}}");
        assert_eq!(left(&block, &[3, 4]), ["4 secret_in_log"]);
        let field = format!("struct A {{\n    {reason}\n    b: Vec<u8>,\n    c: u8,\n}}");
        assert_eq!(left(&field, &[3, 4]), ["4 secret_in_log"]);
        let last = format!("fn f() {{\n    {reason}\n    print(k)\n}}\nfn g() {{}}");
        assert_eq!(left(&last, &[3, 5]), ["5 secret_in_log"]);
    }

    #[test]
    fn before_an_item_it_counts_for_all_of_it() {
        let reason = "// secret-lint: allow(secret_in_log, reason = \"why\")";
        for item in [
            "#[test]\n/// Text; {\npub(crate) async unsafe fn f<'a>(a: [u8; 3]) where A: B<{ 1 }> {\n    \"}\";\n    k\n}",
            "impl<T> A for B<T> {\n    fn f() {}\n    fn g() {\n        k\n    }\n}",
            "pub const A: &[u8; 2] = &{\n    let a = 1;\n    let b = 2;\n    [k, k]\n    };",
            "mod m {\n    fn f() {\n        {}\n    }\n    // k\n}",
            "extern \"C\" fn f() {\n    {}\n    {}\n    {}\n    k;\n}",
        ] {
            let text = format!("{reason}\n{item}\n\nfn after() {{}}\n");
            let end = u32::try_from(item.lines().count()).unwrap() + 1;
            assert_eq!(
                left(&text, &[end - 1, end + 2]),
                [format!("{} secret_in_log", end + 2)],
                "{item}"
            );
        }
    }

    #[test]
    fn a_report_over_several_lines_is_accepted_on_any_of_them() {
        let text = "error!(\n    \"{}\",\n    k, // secret-lint: allow(secret_in_log, reason = \"why\")\n);\n";
        let sources = Sources::of([("a.rs", text)]);
        let over = finding(Lint::SecretInLog, "a.rs", (1, 1), (4, 2));
        assert_eq!(
            Allows::read(["a.rs"], &sources, false).apply(vec![over.clone()]),
            []
        );
        let above = text.replace("k, ", "").replace(");", "    k\n);");
        let sources = Sources::of([("a.rs", above.as_str())]);
        assert_eq!(
            Allows::read(["a.rs"], &sources, false).apply(vec![over]),
            []
        );
    }

    #[test]
    fn other_rules_files_and_texts_are_not_accepted() {
        let reason = "// secret-lint: allow(secret_in_url, reason = \"why\")";
        assert_eq!(
            left(&format!("k; {reason}"), &[1]),
            ["1 secret_in_log", "1 unused_allow"]
        );
        assert_eq!(
            left("k(\"// secret-lint: allow(secret_in_log)\");", &[1]),
            ["1 secret_in_log"]
        );
        assert_eq!(
            left("/// secret-lint: allow(secret_in_log)\nfn k() {}", &[2]),
            ["2 secret_in_log"]
        );
        let sources = Sources::of([(
            "a.rs",
            "k; // secret-lint: allow(secret_in_log, reason = \"why\")",
        )]);
        let elsewhere = finding(Lint::SecretInLog, "b.rs", (1, 1), (1, 2));
        let left = Allows::read(["a.rs", "gone.rs"], &sources, false).apply(vec![elsewhere]);
        let places: Vec<_> = left.iter().map(|finding| place(&finding.sink)).collect();
        assert_eq!(places, ["b.rs:1:1", "a.rs:1:4"]);
    }

    #[test]
    fn what_is_wrong_with_a_comment_is_reported() {
        assert_eq!(
            left("k; // secret-lint: allow(secret_in_log)", &[1]),
            ["1 allow_without_reason"]
        );
        assert_eq!(
            left(
                "k; // secret-lint: allow(secret_in_log, reason = \" \")",
                &[1]
            ),
            ["1 allow_without_reason"]
        );
        assert_eq!(
            left(
                "k; // secret-lint: allow(secret_in_log, reason = \"why\")",
                &[]
            ),
            ["1 unused_allow"]
        );
        let fault = |text| match content(text) {
            Some(Content::Unreadable(fault)) => fault,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(
            fault("secret-lint: allow(secret_in_lgo)"),
            "there is no lint `secret_in_lgo`; did you mean `secret_in_log`?"
        );
        assert_eq!(
            fault("secret-lint: alow(secret_in_log)"),
            "expected `allow(…)`"
        );
        assert_eq!(fault("secret-lint: allow()"), "it names no lint");
        assert_eq!(
            fault("secret-lint: allow(secret_in_log"),
            "the closing `)` is missing"
        );
        assert_eq!(
            fault("secret-lint: allow(secret_in_log reason)"),
            "expected `,` or `)`"
        );
        assert_eq!(
            fault("secret-lint: allow(secret_in_log, reason)"),
            "expected `reason = \"…\"`"
        );
        assert_eq!(
            fault("secret-lint: allow(secret_in_log, reason = \"a\""),
            "the closing `)` is missing"
        );
        assert_eq!(content(" a comment on secret-lint: allow()"), None);
    }

    #[test]
    fn of_tests_nothing_is_said_unless_they_are_checked() {
        let comment = "// secret-lint: allow(secret_in_log, reason = \"why\")";
        let text = format!(
            "#[cfg(test)]\nmod tests {{\n    fn f() {{}} {comment}\n}}\nfn g() {{}} {comment}\n"
        );
        let sources = Sources::of([("a.rs", text.as_str())]);
        let lines = |include_tests| -> Vec<_> {
            let left = Allows::read(["a.rs"], &sources, include_tests).apply(Vec::new());
            left.iter().map(|finding| finding.sink.start.line).collect()
        };
        assert_eq!((lines(false), lines(true)), (vec![5], vec![3, 5]));
    }

    #[test]
    fn several_rules_can_be_named() {
        let expected = Content::Allow {
            lints: vec![Lint::SecretInLog, Lint::SecretInUrl],
            has_reason: true,
        };
        let text = "secret-lint: allow(secret-in-log, secret_in_url, reason = \"a \\\"b\\\" (c)\",) and more";
        assert_eq!(content(text), Some(expected));
    }

    #[test]
    fn a_file_that_is_no_rust_has_its_own_comments() {
        let lint = Lint::CommittedSecretFile;
        let text = "A=1\n# secret-lint: allow(committed_secret_file, reason = \"a public test account\")\nB=2\n";
        assert_eq!(left_of(".env", text, lint, &[1, 3]), NONE);
        assert_eq!(
            left_of(
                ".env",
                "# secret-lint: allow(committed_secret_file)\n",
                lint,
                &[1]
            ),
            ["1 allow_without_reason"]
        );
    }
}
