//! The declaration of a type, read from the source: where its fields are and what they are called.

use ra_ap_rustc_lexer::TokenKind;

use crate::mir::Span;
use crate::source::tokens::{Token, code_tokens, group_end};

use super::super::source::{offset_of, position_of};

/// The name in the text of a field's declaration: `password` of `pub password: String`.
pub(super) fn name(text: &str) -> Option<&str> {
    let code = code(text, 0);
    let mut at = 0;
    if &text[code.first()?.range.clone()] == "pub" {
        at = 1;
        if code.get(1)?.kind == TokenKind::OpenParen {
            at = group_end(&code, 1);
        }
    }
    let [name, colon, after, ..] = code.get(at..)? else {
        return None;
    };
    let is_path = after.kind == TokenKind::Colon;
    (name.kind == TokenKind::Ident && colon.kind == TokenKind::Colon && !is_path)
        .then(|| &text[name.range.clone()])
}

/// The name and the place of a field of the type that a derive stands before.
pub(super) fn field(
    text: &str,
    derive: &Span,
    variant: &str,
    number: usize,
) -> Option<(String, Span)> {
    let code = code(text, offset_of(text, derive.end)?);
    let word = |token: &Token| &text[token.range.clone()];
    let mut at = code
        .iter()
        .position(|token| matches!(word(token), "struct" | "enum"))?;
    let is_enum = word(&code[at]) == "enum";
    at = skip_to_brace(&code, at)?;
    if is_enum {
        at = entries(&code, at)
            .into_iter()
            .find(|entry| {
                code.get(entry.name)
                    .is_some_and(|name| word(name) == variant)
            })?
            .name;
        at = skip_to_brace(&code, at)?;
    }
    let entry = entries(&code, at).into_iter().nth(number)?;
    let (first, last) = (code.get(entry.start)?, code.get(entry.end.checked_sub(1)?)?);
    let name = code
        .get(entry.name)
        .filter(|name| name.kind == TokenKind::Ident)?;
    Some((
        word(name).to_owned(),
        Span {
            file: derive.file.clone(),
            start: position_of(text, first.range.start),
            end: position_of(text, last.range.end),
        },
    ))
}

/// The fields of the struct that a derive stands before, if they have names, each with the byte where it begins after its
/// attributes; and whether the struct has type parameters.
pub(super) fn fields_of_struct<'t>(text: &'t str, derive: &Span) -> Option<(Vec<Field<'t>>, bool)> {
    let code = code(text, offset_of(text, derive.end)?);
    let is = |token: &Token, word: &str| &text[token.range.clone()] == word;
    let at = code
        .iter()
        .position(|token| is(token, "struct") || is(token, "enum") || is(token, "union"))?;
    if !is(&code[at], "struct") {
        return None;
    }
    let open = skip_to_brace(&code, at)?;
    let has_parameters = code[at..open]
        .iter()
        .any(|token| token.kind == TokenKind::Lt);
    let field = |entry: Entry| {
        let tokens = &code[entry.start..entry.end];
        let ty = code.get(entry.name + 2..entry.end)?;
        Some(Field {
            start: tokens.first()?.range.start,
            name: &text[code[entry.name].range.clone()],
            ty: ty.iter().map(|token| &text[token.range.clone()]).collect(),
        })
    };
    let fields = entries(&code, open).into_iter().map(field);
    Some((fields.collect::<Option<_>>()?, has_parameters))
}

/// A field with a name.
pub(super) struct Field<'t> {
    pub(super) start: usize,
    pub(super) name: &'t str,
    /// The tokens of its type.
    pub(super) ty: Vec<&'t str>,
}

/// A field or a variant.
struct Entry {
    /// Where it begins, after its attributes.
    start: usize,
    name: usize,
    end: usize,
}

/// What stands between commas in the braces that open there.
fn entries(code: &[Token], open: usize) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut at = open + 1;
    while code
        .get(at)
        .is_some_and(|token| token.kind != TokenKind::CloseBrace)
    {
        while code[at..]
            .first()
            .is_some_and(|token| token.kind == TokenKind::Pound)
        {
            at = group_end(code, at + 1);
        }
        let start = at;
        let mut name = None;
        while let Some(token) = code.get(at) {
            match token.kind {
                TokenKind::Comma | TokenKind::CloseBrace => break,
                TokenKind::Colon if name.is_none() => name = at.checked_sub(1),
                _ => {}
            }
            at = group_end(code, at);
        }
        if at > start {
            found.push(Entry {
                start,
                name: name.unwrap_or(start),
                end: at,
            });
        }
        if code
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Comma)
        {
            at += 1;
        }
    }
    found
}

fn skip_to_brace(code: &[Token], at: usize) -> Option<usize> {
    let found = code[at..].iter().position(|token| {
        matches!(
            token.kind,
            TokenKind::OpenBrace | TokenKind::Semi | TokenKind::CloseBrace
        )
    })?;
    (code[at + found].kind == TokenKind::OpenBrace).then_some(at + found)
}

/// The tokens of the item that begins there, without white space and comments.
fn code(text: &str, from: usize) -> Vec<Token> {
    use TokenKind::{CloseBrace, OpenBrace, Semi};
    let rest = text.get(from..).unwrap_or_default();
    let mut found = Vec::new();
    let mut depth = 0_i32;
    for token in code_tokens(rest) {
        match token.kind {
            OpenBrace => depth += 1,
            CloseBrace => depth -= 1,
            _ => {}
        }
        let is_end = depth <= 0 && matches!(token.kind, CloseBrace | Semi);
        found.push(Token {
            range: token.range.start + from..token.range.end + from,
            ..token
        });
        if is_end {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span_of(text: &str, part: &str) -> Span {
        let at = text.find(part).unwrap();
        Span {
            file: "a.rs".into(),
            start: position_of(text, at),
            end: position_of(text, at + part.len()),
        }
    }

    #[test]
    fn a_declaration_has_a_name() {
        for (text, expected) in [
            ("password: String", Some("password")),
            ("pub password: String", Some("password")),
            ("pub(crate) key: Option<String>", Some("key")),
            ("self.password", None),
            ("Serialize", None),
            ("std::mem::take(&mut x)", None),
        ] {
            assert_eq!(name(text), expected, "{text}");
        }
    }

    #[test]
    fn fields_are_found_behind_a_derive() {
        let text = "#[derive(Debug, Serialize)]\n#[serde(rename_all = \"x\")]\npub struct A<T> {\n    /// Its map.\n    map: HashMap<String, fn(T) -> u8>,\n    #[serde(default)]\n    pub(crate) token: String,\n}\n#[derive(Ser)]\nenum B { One, Two(u8), Three { a: u8, key: String } }\n#[derive(Unit)]\nstruct C(String);";
        let derive = span_of(text, "Serialize");
        let (name, span) = field(text, &derive, "", 1).unwrap();
        assert_eq!(
            (name.as_str(), span.start.line, span.start.column),
            ("token", 7, 5)
        );
        assert_eq!(field(text, &derive, "", 0).unwrap().0, "map");
        assert_eq!(field(text, &derive, "", 2), None);
        let derive = span_of(text, "Ser)");
        assert_eq!(field(text, &derive, "Three", 1).unwrap().0, "key");
        assert_eq!(field(text, &derive, "Four", 0), None);
        assert_eq!(field(text, &span_of(text, "Unit"), "", 0), None);
    }
}
