//! Hides secrets in the source that a report shows: a report on a hardcoded secret must not print it once more, and no report a
//! token that happens to stand on a line that it shows.

use std::sync::Arc;

use super::Lint;
use super::sources::SourceFile;
use crate::source::literal::literals;
use crate::source::shape::tokens;

/// What may be shown of a file in a report of `lint`: nothing, or its text with fillers, byte for byte as long.
pub(super) fn shown(file: &SourceFile, lint: Lint) -> Option<Arc<SourceFile>> {
    let [without_tokens, without_literals] = &file.hidden;
    let shown = match lint {
        Lint::CommittedSecretFile => return None,
        Lint::HardcodedSecret => without_literals.get_or_init(|| hide(file.text(), true)),
        _ => without_tokens.get_or_init(|| hide(file.text(), false)),
    };
    Some(shown.clone())
}

fn hide(text: &str, with_literals: bool) -> Arc<SourceFile> {
    let mut shown = text.to_owned();
    for token in tokens(text) {
        fill(&mut shown, token.range);
    }
    if with_literals {
        for literal in literals(text) {
            fill(&mut shown, literal.content);
        }
    }
    Arc::new(SourceFile::new(shown))
}

/// Replaces characters by fillers of the same length and width; line breaks stay.
fn fill(text: &mut String, range: std::ops::Range<usize>) {
    let filled: String = text[range.clone()].chars().map(filler).collect();
    text.replace_range(range, &filled);
}

fn filler(character: char) -> char {
    match (character, character.len_utf8()) {
        ('\r' | '\n', _) => character,
        (_, 1) => '*',
        (_, 2) => '·',
        (_, 3) => '•',
        _ => '𝚡',
    }
}

#[cfg(test)]
mod tests {
    use super::shown;
    use crate::report::Lint;
    use crate::report::sources::SourceFile;

    #[test]
    fn literals_of_hardcoded_secrets_are_filled_and_bytes_stay_where_they_are() {
        let text = "let é = f(\"a\\\"b\", r#\"ßd€𝄞\n\tz\"#); // \"c\"";
        let file = SourceFile::new(text.into());
        let filled = shown(&file, Lint::HardcodedSecret).unwrap();
        let filled = filled.text();
        assert_eq!(filled, "let é = f(\"****\", r#\"·*•𝚡\n**\"#); // \"c\"");
        assert_eq!(filled.len(), text.len());
        assert_eq!(shown(&file, Lint::SecretInLog).unwrap().text(), text);
        assert!(shown(&file, Lint::CommittedSecretFile).is_none());
    }

    #[test]
    fn tokens_are_filled_in_every_report_wherever_they_stand() {
        let token = concat!("gh", "p_aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA3");
        let file = SourceFile::new(format!("f(\"{token}\"); // {token}"));
        let filled = shown(&file, Lint::SecretInLog).unwrap();
        let filled = filled.text();
        assert_eq!(
            filled,
            format!("f(\"{0}\"); // {0}", "*".repeat(token.len()))
        );
    }
}
