//! What a finding is recognised by after lines have moved: its rule, its file and the text of the line that it is on.

use super::sources::Sources;
use super::{Finding, mask};

/// Offset basis and prime of FNV-1a with 64 bits: <https://datatracker.ietf.org/doc/html/draft-eastlake-fnv#section-5>.
const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// A number of 16 hex digits: the same for the same text, wherever in the file it stands and however it is indented.
///
/// It is made from what a report shows, so it says nothing of a hardcoded secret. Where there is no text, such as for a file that
/// is no Rust, the message takes its place.
pub fn fingerprint(finding: &Finding, sources: &Sources) -> String {
    let mut hash = OFFSET_BASIS;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    };
    add(finding.lint.name());
    add(&relative(&finding.sink.file, sources));
    let line = sources.file(&finding.sink.file).and_then(|file| {
        let shown = mask::shown(&file, finding.lint)?;
        let line = shown.line(finding.sink.start.line as usize)?;
        Some(line.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    add(line.as_deref().unwrap_or(&finding.message));
    format!("{hash:016x}")
}

/// A file's name from the root on, with `/` between its parts.
pub(super) fn relative(name: &str, sources: &Sources) -> String {
    let path = std::path::Path::new(name);
    let below = sources.root().and_then(|root| path.strip_prefix(root).ok());
    below
        .unwrap_or(path)
        .to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/")
}

#[cfg(test)]
mod tests {
    use super::{fingerprint, relative};
    use crate::report::Lint;
    use crate::report::sources::Sources;
    use crate::report::test_findings::finding;

    fn of(text: &str, number: u32, lint: Lint) -> String {
        let sources = Sources::of([("a.rs", text)]);
        fingerprint(&finding(lint, "a.rs", (number, 1), (number, 2)), &sources)
    }

    #[test]
    fn it_outlives_moves_and_not_changes() {
        let first = of("print(key);\n", 1, Lint::SecretInLog);
        assert_eq!(first.len(), 16);
        assert_eq!(of("\n\n    print(key);\r\n", 3, Lint::SecretInLog), first);
        assert_ne!(of("print(keys);\n", 1, Lint::SecretInLog), first);
        assert_ne!(of("print(key);\n", 1, Lint::SecretInUrl), first);
    }

    #[test]
    fn it_says_nothing_of_a_hardcoded_secret() {
        let literal = |text: &str| of(&format!("login(\"{text}\");\n"), 1, Lint::HardcodedSecret);
        assert_eq!(literal("hunter2"), literal("hunter3"));
    }

    #[test]
    fn names_are_relative_to_the_root() {
        let sources = Sources::below("/srv/app");
        assert_eq!(relative("/srv/app/src/main.rs", &sources), "src/main.rs");
        assert_eq!(relative("src/main.rs", &sources), "src/main.rs");
        assert_eq!(relative("/elsewhere/a.rs", &sources), "/elsewhere/a.rs");
    }
}
