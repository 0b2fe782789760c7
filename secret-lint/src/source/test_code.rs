//! Which code is for tests: folders, files, functions and modules.

use std::ops::Range;

use ra_ap_rustc_lexer::TokenKind;

use super::extent::extent;
use super::tokens::tokens;

/// Folders of which everything is for tests, by the conventions of cargo and others.
const FOLDERS: &[&str] = &[
    "tests",
    "test",
    "benches",
    "testdata",
    "test-data",
    "test_data",
    "fixtures",
    "testing",
    "testutils",
    "snapshots",
];

/// Whether a file is Rust source by its name.
pub(crate) fn is_rust(name: &str) -> bool {
    std::path::Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "rs")
}

/// Whether a file is for tests by its name, which is relative to the workspace.
pub(crate) fn is_test_file(name: &str) -> bool {
    let mut parts = name.rsplit(['/', '\\']);
    let file = parts.next().unwrap_or_default();
    let stem = file.strip_suffix(".rs").unwrap_or_default();
    parts.any(|folder| FOLDERS.contains(&folder))
        || matches!(stem, "test" | "tests" | "bench" | "benches")
        || ["_test", "_tests"].iter().any(|end| stem.ends_with(end))
        || stem.starts_with("test_")
}

/// The bytes of a Rust source that are for tests: what `#[cfg(test)]`, `#[test]` and the like stand before.
pub(crate) fn test_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for attribute in attributes(text) {
        let is_inside = ranges
            .last()
            .is_some_and(|range| attribute.range.start < range.end);
        if is_inside || !attribute.is_for_tests() {
            continue;
        }
        ranges.push(if attribute.is_inner {
            attribute.range.start..text.len()
        } else {
            attribute.range.start..extent(text, attribute.range.start).end
        });
    }
    ranges
}

struct Attribute<'text> {
    range: Range<usize>,
    is_inner: bool,
    words: Vec<&'text str>,
}

impl Attribute<'_> {
    /// `#[cfg(test)]`, `#[cfg(any(test, …))]`, `#[test]`, `#[tokio::test]`, `#[bench]`, `#[rstest]`.
    fn is_for_tests(&self) -> bool {
        match self.words.as_slice() {
            ["cfg", conditions @ ..] => {
                conditions.contains(&"test") && !conditions.contains(&"not")
            }
            [name, rest @ ..] => {
                matches!(
                    *name,
                    "test" | "bench" | "rstest" | "test_case" | "quickcheck"
                ) || rest.first() == Some(&"test")
            }
            [] => false,
        }
    }
}

/// The attributes of a source, with the words in them.
fn attributes(text: &str) -> Vec<Attribute<'_>> {
    let mut attributes = Vec::new();
    let mut code = tokens(text).peekable();
    while let Some(hash) = code.next() {
        if hash.kind != TokenKind::Pound {
            continue;
        }
        let is_inner = code
            .next_if(|token| token.kind == TokenKind::Bang)
            .is_some();
        if code
            .next_if(|token| token.kind == TokenKind::OpenBracket)
            .is_none()
        {
            continue;
        }
        let (mut depth, mut words, mut end) = (1, Vec::new(), hash.range.end);
        for token in code.by_ref() {
            end = token.range.end;
            match token.kind {
                TokenKind::OpenBracket => depth += 1,
                TokenKind::CloseBracket => depth -= 1,
                TokenKind::Ident => words.push(&text[token.range]),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        attributes.push(Attribute {
            range: hash.range.start..end,
            is_inner,
            words,
        });
    }
    attributes
}

#[cfg(test)]
mod tests {
    use super::{is_test_file, test_ranges};

    #[test]
    fn test_code_is_found() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn b() { \"}\" }\n}\nfn c() {}\n#[tokio::test]\nasync fn d() {}\n#[cfg(not(test))]\nfn e() {}\n#[cfg(all(test, unix))]\nuse f;\nfn g() {}";
        let found: Vec<_> = test_ranges(text)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(
            found,
            [
                "#[cfg(test)]\nmod tests {\n    #[test]\n    fn b() { \"}\" }\n}",
                "#[tokio::test]\nasync fn d() {}",
                "#[cfg(all(test, unix))]\nuse f;",
            ]
        );
        assert_eq!(test_ranges("#![cfg(test)]\nfn a() {}"), vec![0..23; 1]);
    }

    #[test]
    fn test_files_are_known_by_name() {
        for name in [
            "tests/a.rs",
            "core/benches/b.rs",
            "src/tests.rs",
            "src/a/tests/b.rs",
            "src/parse_test.rs",
            "testdata/key.pem",
        ] {
            assert!(is_test_file(name), "{name}");
        }
        for name in [
            "src/main.rs",
            "src/attest.rs",
            "tests.pem",
            "src/contest/a.rs",
        ] {
            assert!(!is_test_file(name), "{name}");
        }
    }
}
