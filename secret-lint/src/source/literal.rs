//! The string literals of Rust source: where they stand, and what they are worth with their escapes resolved.

use std::ops::Range;

use ra_ap_rustc_lexer::{LiteralKind, TokenKind};
use rustc_literal_escaper::{MixedUnit, unescape_byte_str, unescape_c_str, unescape_str};

use super::tokens::tokens;

/// A string, byte string or C string, raw or not.
#[derive(Clone, Debug)]
pub struct Literal {
    /// Its bytes in the text, with prefix, hashes and quotes.
    pub range: Range<usize>,
    /// What stands between the quotes.
    pub content: Range<usize>,
    kind: LiteralKind,
}

impl Literal {
    /// What it is worth. Bytes that are no text are shown as the replacement character; what rustc would refuse is left out.
    #[must_use]
    pub fn value(&self, text: &str) -> String {
        let content = &text[self.content.clone()];
        let mut bytes = Vec::with_capacity(content.len());
        match self.kind {
            LiteralKind::Str { .. } => {
                unescape_str(content, |_, unit| {
                    bytes.extend(unit.ok().map(String::from).unwrap_or_default().bytes());
                });
            }
            LiteralKind::ByteStr { .. } => {
                unescape_byte_str(content, |_, unit| bytes.extend(unit));
            }
            LiteralKind::CStr { .. } => unescape_c_str(content, |_, unit| match unit {
                Ok(MixedUnit::Char(character)) => push(&mut bytes, character),
                Ok(MixedUnit::HighByte(byte)) => bytes.push(byte),
                Err(_) => {}
            }),
            _ => return content.to_owned(),
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

fn push(bytes: &mut Vec<u8>, character: char) {
    bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

/// All string literals of a Rust source, in order; comments and documentation have none.
///
/// ```
/// use secret_lint::source::literal::literals;
///
/// let text = r##"fn f() { g("a\tb", br#"c"d"#); /* "no" */ }"##;
/// let values: Vec<_> = literals(text).map(|literal| literal.value(text)).collect();
/// assert_eq!(values, ["a\tb", "c\"d"]);
/// ```
pub fn literals(text: &str) -> impl Iterator<Item = Literal> {
    tokens(text).filter_map(|token| {
        let TokenKind::Literal { kind, suffix_start } = token.kind else {
            return None;
        };
        let (prefix, hashes) = match kind {
            LiteralKind::Str { terminated: true } => (1, 0),
            LiteralKind::ByteStr { terminated: true } | LiteralKind::CStr { terminated: true } => {
                (2, 0)
            }
            LiteralKind::RawStr {
                n_hashes: Some(hashes),
            } => (2, hashes),
            LiteralKind::RawByteStr {
                n_hashes: Some(hashes),
            }
            | LiteralKind::RawCStr {
                n_hashes: Some(hashes),
            } => (3, hashes),
            _ => return None,
        };
        let hashes = usize::from(hashes);
        let start = token.range.start;
        let end = start + suffix_start as usize;
        Some(Literal {
            range: start..end,
            content: start + prefix + hashes..end - 1 - hashes,
            kind,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::literals;

    fn values(text: &str) -> Vec<String> {
        literals(text).map(|literal| literal.value(text)).collect()
    }

    #[test]
    fn every_kind_of_literal_gives_its_value() {
        let text = r###"
            a("é\u{e9}\x41\n", r"\n", r##"a"#b"##, b"\xff\x41", br"\x", c"\xffé", cr#"c"#, "one \
               two", "suffix"tail, 'c', b'c', 1, "")
        "###;
        let expected = [
            "éé\x41\n",
            "\\n",
            "a\"#b",
            "\u{fffd}A",
            "\\x",
            "\u{fffd}é",
            "c",
            "one two",
            "suffix",
            "",
        ];
        assert_eq!(values(text), expected);
    }

    #[test]
    fn comments_and_lifetimes_have_no_literals() {
        assert!(
            values("// \"a\"\n/* \"b\" /* \"c\" */ */ /// \"d\"\n fn f<'a>(_: &'a u8) {}")
                .is_empty()
        );
        assert!(values("\"not closed").is_empty());
        assert_eq!(
            values("#!/usr/bin/env run \"no\"\nfn f() { \"yes\" }"),
            ["yes"]
        );
    }
}
