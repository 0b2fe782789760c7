//! Rust source as tokens with their places, by the lexer that rustc uses.

use std::ops::Range;

use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, strip_shebang, tokenize};

/// A token.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
}

/// The tokens of a text, white space and comments included.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let start = strip_shebang(text).unwrap_or(0);
    tokenize(&text[start..], FrontmatterAllowed::Yes).scan(start, |end, token| {
        let start = *end;
        *end += token.len as usize;
        Some(Token {
            kind: token.kind,
            range: start..*end,
        })
    })
}

/// The comments that begin with `//` and are no documentation.
pub(crate) fn line_comments(text: &str) -> impl Iterator<Item = Range<usize>> {
    tokens(text)
        .filter(|token| matches!(token.kind, TokenKind::LineComment { doc_style: None }))
        .map(|token| token.range)
}
