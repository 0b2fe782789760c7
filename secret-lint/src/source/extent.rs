//! How far the code goes that a comment stands above: a statement, a field, or a whole item.

use std::ops::Range;

use ra_ap_rustc_lexer::TokenKind;

use super::tokens::{Token, tokens};

/// Words that may stand before the word that says what an item is.
const MODIFIERS: &[&str] = &["pub", "async", "unsafe", "default", "extern", "safe"];

/// Words that say that this is an item with a body.
const ITEMS: &[&str] = &[
    "fn",
    "struct",
    "enum",
    "union",
    "trait",
    "impl",
    "mod",
    "macro_rules",
];

/// Words that say that this is an item that ends with a semicolon.
const SEMICOLON_ITEMS: &[&str] = &["const", "static", "type", "use"];

/// The bytes of the code that begins after `start`: of an item all of it; of anything else the part up to its `;` or `,`, the
/// block that it opens, or the end of the block that it stands in.
pub(crate) fn extent(text: &str, start: usize) -> Range<usize> {
    let code: Vec<_> = code(text)
        .skip_while(|token| token.range.start < start)
        .collect();
    let begin = code.first().map_or(text.len(), |token| token.range.start);
    let end = match kind(text, &code) {
        Kind::Item => end_of_body(&code),
        Kind::SemicolonItem => end_of_statement(&code, true),
        Kind::Statement => end_of_statement(&code, false),
    };
    begin..end.unwrap_or(text.len()).max(begin)
}

enum Kind {
    Item,
    SemicolonItem,
    Statement,
}

/// Tokens without white space and comments.
fn code(text: &str) -> impl Iterator<Item = Token> {
    use TokenKind::{BlockComment, LineComment, Whitespace};
    tokens(text).filter(|token| {
        !matches!(
            token.kind,
            Whitespace | LineComment { .. } | BlockComment { .. }
        )
    })
}

fn kind(text: &str, code: &[Token]) -> Kind {
    let mut depth = 0_usize;
    let mut is_semicolon_item = false;
    for token in code {
        let word = &text[token.range.clone()];
        match token.kind {
            TokenKind::OpenBracket | TokenKind::OpenParen => depth += 1,
            TokenKind::CloseBracket | TokenKind::CloseParen => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            TokenKind::Pound | TokenKind::Literal { .. } => {}
            TokenKind::Ident if ITEMS.contains(&word) => return Kind::Item,
            // `const fn` is an item with a body, which the next word says.
            TokenKind::Ident if SEMICOLON_ITEMS.contains(&word) => is_semicolon_item = true,
            TokenKind::Ident if MODIFIERS.contains(&word) => {}
            _ => break,
        }
    }
    if is_semicolon_item {
        Kind::SemicolonItem
    } else {
        Kind::Statement
    }
}

/// The end of the first block in braces, or of the first semicolon before that. `B<{ 1 }>` is a value and no block.
fn end_of_body(code: &[Token]) -> Option<usize> {
    let mut depth = Depth::default();
    let mut is_value = false;
    let mut previous = None;
    for token in code {
        let before = depth;
        depth.follow(token.kind);
        match token.kind {
            TokenKind::OpenBrace if before.is_zero() => is_value = previous == Some(TokenKind::Lt),
            TokenKind::Semi if before.is_zero() => return Some(token.range.end),
            TokenKind::CloseBrace if depth.is_zero() && !is_value => return Some(token.range.end),
            _ => {}
        }
        previous = Some(token.kind);
    }
    None
}

/// The end of a statement. `over_blocks` is whether a block in braces is part of it.
fn end_of_statement(code: &[Token], over_blocks: bool) -> Option<usize> {
    let mut depth = Depth::default();
    for token in code {
        let before = depth;
        depth.follow(token.kind);
        if depth.is_below_zero() {
            return Some(token.range.start);
        }
        let is_end = match token.kind {
            TokenKind::Semi => true,
            TokenKind::Comma | TokenKind::OpenBrace => !over_blocks,
            _ => false,
        };
        if is_end && before.is_zero() {
            return Some(token.range.end);
        }
    }
    None
}

/// How many brackets are open.
#[derive(Clone, Copy, Default)]
struct Depth(isize);

impl Depth {
    fn follow(&mut self, kind: TokenKind) {
        use TokenKind::{CloseBrace, CloseBracket, CloseParen, OpenBrace, OpenBracket, OpenParen};
        match kind {
            OpenBrace | OpenBracket | OpenParen => self.0 += 1,
            CloseBrace | CloseBracket | CloseParen => self.0 -= 1,
            _ => {}
        }
    }

    fn is_zero(self) -> bool {
        self.0 == 0
    }

    fn is_below_zero(self) -> bool {
        self.0 < 0
    }
}
