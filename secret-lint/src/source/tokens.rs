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

/// The tokens of a text without white space and comments.
pub(crate) fn code_tokens(text: &str) -> impl Iterator<Item = Token> {
    use TokenKind::{BlockComment, LineComment, Whitespace};
    tokens(text).filter(|token| {
        !matches!(
            token.kind,
            Whitespace | LineComment { .. } | BlockComment { .. }
        )
    })
}

/// What follows a token, or the brackets that it opens.
pub(crate) fn group_end(code: &[Token], at: usize) -> usize {
    use TokenKind::{
        CloseBrace, CloseBracket, CloseParen, Gt, Lt, OpenBrace, OpenBracket, OpenParen,
    };
    let mut depth = 0_i32;
    for (index, token) in code.iter().enumerate().skip(at) {
        match token.kind {
            OpenBrace | OpenBracket | OpenParen | Lt => depth += 1,
            CloseBrace | CloseBracket | CloseParen => depth -= 1,
            // Not of an arrow.
            Gt if index > 0 && code[index - 1].kind != TokenKind::Minus => depth -= 1,
            _ => {}
        }
        if depth <= 0 {
            return index + 1;
        }
    }
    code.len()
}

/// The comments that begin with `//` and are no documentation.
pub(crate) fn line_comments(text: &str) -> impl Iterator<Item = Range<usize>> {
    tokens(text)
        .filter(|token| matches!(token.kind, TokenKind::LineComment { doc_style: None }))
        .map(|token| token.range)
}
