//! A position in one line of MIR text, and the pieces of it that do not depend on what they belong to.
//!
//! Types, paths and constants are kept as printed, so what matters is where they end: at a comma, a bracket or a
//! semicolon that no bracket, string or file name inside them encloses.

use super::context::Context;

/// Reads one line from left to right.
pub(super) struct Cursor<'text, 'context> {
    text: &'text str,
    at: usize,
    pub(super) context: &'context mut Context,
}

impl<'text, 'context> Cursor<'text, 'context> {
    pub(super) fn new(text: &'text str, context: &'context mut Context) -> Self {
        Self {
            text,
            at: 0,
            context,
        }
    }

    /// Where it is, for `go_back`.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn go_back(&mut self, position: usize) {
        self.at = position;
    }

    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'text str {
        &self.text[self.at..]
    }

    pub(super) fn is_at(&self, prefix: &str) -> bool {
        self.text.as_bytes()[self.at..].starts_with(prefix.as_bytes())
    }

    /// Steps over `prefix`, if it is next.
    pub(super) fn eat(&mut self, prefix: &str) -> bool {
        let found = self.is_at(prefix);
        if found {
            self.at += prefix.len();
        }
        found
    }

    /// Like `eat`, for text that has to be there.
    pub(super) fn expect(&mut self, prefix: &str) -> Option<()> {
        self.eat(prefix).then_some(())
    }

    /// Steps over decimal digits.
    pub(super) fn number(&mut self) -> Option<usize> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let number = self.rest()[..digits].parse().ok()?;
        self.at += digits;
        Some(number)
    }

    /// `_12`
    pub(super) fn local(&mut self) -> Option<usize> {
        self.expect("_")?;
        let number = self.number()?;
        self.context.highest_local = self.context.highest_local.max(number);
        Some(number)
    }

    /// `bb12`
    pub(super) fn block(&mut self) -> Option<usize> {
        self.expect("bb")?;
        let number = self.number()?;
        self.context.highest_block = self.context.highest_block.max(number);
        Some(number)
    }

    /// The text up to `end`, which is stepped over, or to what `end` says of the byte and what follows it.
    pub(super) fn until(&mut self, end: impl Fn(u8, &[u8]) -> bool) -> Option<&'text str> {
        let text = self.text;
        let length = balanced(
            &text.as_bytes()[self.at..],
            &mut self.context.open_brackets,
            end,
        )?;
        // Ends are ASCII, so neither position is inside of a character.
        let found = &text[self.at..self.at + length];
        self.at += length;
        Some(found)
    }

    /// The text up to one of these ASCII characters, outside of any brackets.
    pub(super) fn until_any(&mut self, ends: &[u8]) -> Option<&'text str> {
        self.until(|byte, _| ends.contains(&byte))
    }
}

/// How many bytes come before the one that `end` accepts, outside of brackets, strings and file names.
fn balanced(text: &[u8], open: &mut Vec<u8>, end: impl Fn(u8, &[u8]) -> bool) -> Option<usize> {
    open.clear();
    let mut at = 0;
    loop {
        let byte = *text.get(at)?;
        if byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80 {
            at += 1;
            continue;
        }
        if open.is_empty() && end(byte, &text[at..]) {
            return Some(at);
        }
        at += match byte {
            b'"' => string_length(&text[at..])?,
            b'\'' => quoted_length(&text[at..]),
            b'(' | b'[' => {
                open.push(byte);
                1
            }
            b'<' => {
                let implementation = file_name_length(&text[at..], b"<impl at ", b'>');
                // A brace holds an expression or a body's name, where `<` may be a comparison.
                if implementation.is_none() && open.last() != Some(&b'{') {
                    open.push(byte);
                }
                implementation.unwrap_or(1)
            }
            b'>' => {
                let is_arrow = at > 0 && matches!(text[at - 1], b'-' | b'=');
                if !is_arrow && open.last() != Some(&b'{') && open.pop() != Some(b'<') {
                    return None;
                }
                1
            }
            b'{' => {
                let span = closure_name_length(&text[at..], 0);
                if span.is_none() {
                    open.push(byte);
                }
                span.unwrap_or(1)
            }
            b')' => closing(open, b'(')?,
            b']' => closing(open, b'[')?,
            b'}' => closing(open, b'{')?,
            _ => 1,
        };
    }
}

fn closing(open: &mut Vec<u8>, opened_by: u8) -> Option<usize> {
    (open.pop() == Some(opened_by)).then_some(1)
}

/// The length of a string literal with its quotes.
fn string_length(text: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
        if text[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// The length of a character literal, or of a lifetime's apostrophe.
fn quoted_length(text: &[u8]) -> usize {
    let end = match text.get(1) {
        // The character after the backslash may itself be an apostrophe.
        Some(b'\\') => text
            .get(3..)
            .and_then(|rest| memchr::memchr(b'\'', rest))
            .map(|found| found + 3),
        Some(first) => {
            let length = match first {
                0..0x80 => 1,
                0x80..0xe0 => 2,
                0xe0..0xf0 => 3,
                _ => 4,
            };
            (text.get(1 + length) == Some(&b'\'')).then_some(1 + length)
        }
        None => None,
    };
    end.map_or(1, |end| end + 1)
}

/// The length of `{closure@file:1:2: 3:4}` and of others that name a place in the source: file names may hold anything.
fn closure_name_length(text: &[u8], nesting: usize) -> Option<usize> {
    let at = closure_sign(text)?;
    item_name_length(text, nesting).or_else(|| file_name_length(text, &text[..=at], b'}'))
}

/// Where the `@` of `{closure@` is.
fn closure_sign(text: &[u8]) -> Option<usize> {
    let is_word = |byte: &u8| byte.is_ascii_lowercase() || *byte == b' ';
    let at = text[1..].iter().position(|byte| !is_word(byte))? + 1;
    (text[at] == b'@').then_some(at)
}

/// How many closures may be in the types of one another. Without a limit, a damaged text with many beginnings would be searched
/// to its end for each.
const DEEPEST_CLOSURE: usize = 32;

/// The length of `{closure@krate::item::{closure#0}}`, which is how a closure of another crate is printed. The item may have
/// types, which may have closures.
fn item_name_length(text: &[u8], nesting: usize) -> Option<usize> {
    if nesting == DEEPEST_CLOSURE {
        return None;
    }
    let mut depth = 0_usize;
    let mut end_of_part = 0;
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'{', b'}', text.get(at..)?)?;
        if text[at] == b'}' {
            if depth == 0 {
                return (end_of_part == at).then_some(at + 1);
            }
            depth -= 1;
            at += 1;
        } else if let Some(length) = part_length(&text[at..]) {
            at += length;
            end_of_part = at;
        } else if closure_sign(&text[at..]).is_some() {
            at += closure_name_length(&text[at..], nesting + 1)?;
        } else {
            // The name of a function: `fn(u8) -> u8 {krate::item}`.
            depth += 1;
            at += 1;
        }
    }
}

/// The length of `{closure#0}`, `{impl#3}`: a part of a path that has no name.
fn part_length(text: &[u8]) -> Option<usize> {
    let word = text[1..]
        .iter()
        .take_while(|byte| byte.is_ascii_lowercase());
    let sign = 1 + word.count();
    let after = text.get(sign..)?.strip_prefix(b"#")?;
    let digits = after
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    (digits > 0 && after.get(digits) == Some(&b'}')).then_some(sign + digits + 2)
}

/// The length of what begins with `prefix` and ends with a place in the source and `end`.
fn file_name_length(text: &[u8], prefix: &[u8], end: u8) -> Option<usize> {
    if !text.starts_with(prefix) {
        return None;
    }
    // Without a limit, a damaged text with many beginnings would be searched to its end for each.
    let text = &text[..text.len().min(LONGEST_FILE_NAME)];
    memchr::memchr_iter(end, text)
        .find(|&at| ends_with_position(&text[..at]))
        .map(|at| at + 1)
}

/// What Linux allows for a path, and room for the position.
const LONGEST_FILE_NAME: usize = 4096 + 100;

/// Whether it ends as `:1:2: 3:4` does, or as one that rustc made up.
fn ends_with_position(text: &[u8]) -> bool {
    let text = text.strip_suffix(b" (#0)").unwrap_or(text);
    if text.ends_with(b"no-location") {
        return true;
    }
    let mut rest = without_context(text);
    for separator in [&b":"[..], b": ", b":", b":"] {
        let digits = rest
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        match rest[..rest.len() - digits].strip_suffix(separator) {
            Some(before) if digits > 0 => rest = before,
            _ => return false,
        }
    }
    true
}

/// Without the ` (#12)` that says which expansion a span is from.
fn without_context(text: &[u8]) -> &[u8] {
    let Some(inner) = text.strip_suffix(b")") else {
        return text;
    };
    let digits = inner
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    inner[..inner.len() - digits]
        .strip_suffix(b" (#")
        .unwrap_or(text)
}
