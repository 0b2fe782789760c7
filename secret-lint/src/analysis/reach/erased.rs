//! Functions that no type names: behind pointers and `dyn`.

use super::super::types;

/// A kind of them: those of one kind are not told apart.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq)]
pub(super) enum Erased {
    /// Called with so many arguments.
    Called(usize),
    /// Behind a trait that may call them.
    Behind,
}

/// Traits whose methods call no functions that are kept in what implements them.
const INERT: [&str; 16] = [
    "Any",
    "AsRef",
    "BufRead",
    "Debug",
    "Deref",
    "Display",
    "Error",
    "Hash",
    "LowerHex",
    "Read",
    "Seek",
    "Serialize",
    "Subscriber",
    "ToString",
    "Value",
    "Write",
];

/// Those in a type.
pub(super) fn in_type(ty: &str) -> Vec<Erased> {
    let pointers = ty
        .match_indices("fn(")
        .map(|(at, _)| &ty[at + 2..])
        .filter(|arguments| !is_named(arguments))
        .map(|arguments| Erased::Called(count(arguments)));
    let dynamic = ty
        .match_indices("dyn ")
        .filter_map(|(at, word)| behind(&ty[at + word.len()..]));
    let mut found = pointers.chain(dynamic).collect::<Vec<_>>();
    found.dedup();
    found
}

/// Those behind the trait that a text begins with.
fn behind(text: &str) -> Option<Erased> {
    let text = match text.strip_prefix("for<") {
        Some(lifetimes) => lifetimes.split_once("> ").map_or(text, |(_, rest)| rest),
        None => text,
    };
    let end = text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':'));
    let (path, rest) = text.split_at(end.unwrap_or(text.len()));
    let word = types::last_segment(path);
    if INERT.contains(&word) {
        None
    } else if word.starts_with("Fn") && rest.starts_with('(') {
        Some(Erased::Called(count(rest)))
    } else {
        Some(Erased::Behind)
    }
}

/// How many arguments a list has that a text begins with: `(u8, &str) -> u8`.
pub(super) fn count(text: &str) -> usize {
    let mut depth = 0_i32;
    let mut before = ' ';
    let mut commas = 0;
    let mut is_empty = true;
    for c in text.chars() {
        match c {
            '(' | '[' | '<' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '>' if before != '-' => depth -= 1,
            ',' if depth == 1 => commas += 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        is_empty &= depth == 1 && matches!(c, '(' | ' ');
        before = c;
    }
    // `(u8,)` has one.
    if is_empty {
        0
    } else {
        commas + usize::from(before != ',')
    }
}

/// Whether a type that goes on with `(u8) -> u8 {path}` names its function.
fn is_named(ty: &str) -> bool {
    let mut depth = 0_i32;
    let mut before = ' ';
    for c in ty.chars() {
        match c {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' => depth -= 1,
            '>' if before != '-' => depth -= 1,
            '{' if depth == 0 => return true,
            _ => {}
        }
        if depth < 0 || depth == 0 && c == ',' {
            return false;
        }
        before = c;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::Erased::{Behind, Called};
    use super::{Erased, in_type};

    #[track_caller]
    fn check(ty: &str, expected: &[Erased]) {
        assert_eq!(in_type(ty), expected, "{ty}");
    }

    #[test]
    fn pointers_and_dynamic_functions_are_told_by_their_arguments() {
        check("fn() -> model::Model", &[Called(0)]);
        check("&(fn(char) -> bool, u32)", &[Called(1)]);
        check(
            "Box<dyn for<'a> std::ops::Fn(&'a (u8, u8), u8) -> u8>",
            &[Called(2)],
        );
        check(
            "std::pin::Pin<Box<dyn std::future::Future<Output = ()>>>",
            &[Behind],
        );
    }

    #[test]
    fn what_calls_nothing_or_is_named_is_none() {
        check("&dyn std::fmt::Debug", &[]);
        check(
            "std::iter::Map<I, for<'a> fn(&'a u8) -> u8 {own::function}>",
            &[],
        );
        check("alloc::vec::Vec<u8>", &[]);
    }
}
