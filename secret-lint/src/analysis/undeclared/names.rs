//! Which names say that plain text is a secret, and which types are plain text.

use crate::source::words::{last_word, looks_secret};

use super::super::types;

/// What a name says about its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is a secret.
    Secret,
    /// It has to do with one, and is none: `token_count`, `masked_password`.
    Harmless,
    /// Nothing.
    Silent,
}

/// Words after the secret word that say how the secret is written. With any other, the name is of something else: a
/// `password_prompt` is a prompt.
const FORMS: &[&str] = &[
    "value",
    "values",
    "str",
    "string",
    "text",
    "txt",
    "bytes",
    "data",
    "plain",
    "plaintext",
    "raw",
    "clear",
    "cleartext",
    "b",
    "base",
    "hex",
    "encoded",
    "decoded",
    "pem",
    "input",
    "buf",
    "buffer",
    "opt",
    "header",
    "copy",
    "clone",
    "owned",
    "inner",
    "current",
    "new",
    "old",
];

/// Words anywhere in a name that say that the value is made to be seen, or is of another kind that is called a token.
const OTHERWISE: &[&str] = &[
    "masked",
    "redacted",
    "hashed",
    "encrypted",
    "obfuscated",
    "sanitized",
    "sanitised",
    "censored",
    "scrubbed",
    "hidden",
    "truncated",
    "abbreviated",
    "shortened",
    "public",
    "example",
    "sample",
    "dummy",
    "fake",
    "placeholder",
    "missing",
    "unexpected",
    "unknown",
    "page",
    "pagination",
    "continuation",
    "cursor",
    "sync",
    "next",
    "start",
    "end",
    "resume",
    "cancel",
    "cancellation",
    "syntax",
    "lexer",
    "parser",
];

/// Words that say secret in one trade and something else in others: a lexer's token, a compiler's pass, a test's
/// assertion, an assembler's mnemonic, the kind of an authentication. Alone they are no evidence.
const AMBIGUOUS: &[&str] = &[
    "tokens",
    "pass",
    "passes",
    "assertion",
    "assertions",
    "mnemonic",
    "mnemonics",
    "auth",
    "cookies",
];

/// Several of them do not fit into one text: a permission is called `secrets`, and a budget `tokens`.
const SEVERAL: &[&str] = &["secrets", "tokens", "passwords"];

/// Reads a name: the word at its end is what it names, and the ones before describe it.
pub(super) fn verdict(name: &str) -> Verdict {
    if contains(AMBIGUOUS, name) {
        return Verdict::Silent;
    }
    let words = words(name);
    if !words.iter().any(|word| looks_secret(word)) && !looks_secret(name) {
        return Verdict::Silent;
    }
    let is_otherwise = words.iter().any(|word| contains(OTHERWISE, word));
    // `connection string` is one run, so the words for forms come off one by one.
    let mut end = words.len();
    while !ends_secret(&words[..end]) && end > 0 && contains(FORMS, words[end - 1]) {
        end -= 1;
    }
    if ends_secret(&words[..end]) && !is_otherwise && looks_secret(name) {
        Verdict::Secret
    } else {
        Verdict::Harmless
    }
}

/// Whether the last word, or the last two as one, is a secret: `apikey`, and not `secretscanning`.
fn ends_secret(words: &[&str]) -> bool {
    match words {
        [.., last] if contains(SEVERAL, last) => false,
        [.., before, last] => looks_secret(last) || looks_secret(&format!("{before}{last}")),
        [last] => looks_secret(last),
        [] => false,
    }
}

/// The words of a name, in their order.
fn words(mut name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    while let Some(word) = last_word(name) {
        words.push(word);
        let Some(at) = name.rfind(word) else { break };
        name = &name[..at];
    }
    words.reverse();
    words
}

fn contains(list: &[&str], word: &str) -> bool {
    list.iter().any(|entry| entry.eq_ignore_ascii_case(word))
}

/// Whether a type is text, or may be: `&str`, `Option<String>`, `Arc<str>`, `Result<String, _>`, `Vec<u8>`.
pub(super) fn is_text(ty: &str) -> bool {
    let ty = types::peel(ty);
    if let Some(element) = types::slice_element(ty) {
        return element == "u8";
    }
    let base = types::base(ty);
    // As crates without std print them.
    let item = ["core::", "alloc::", "std::"]
        .iter()
        .find_map(|root| base.strip_prefix(root))
        .unwrap_or(base);
    match item {
        "str" | "string::String" | "ffi::OsString" | "ffi::OsStr" | "ffi::CString"
        | "ffi::CStr" => true,
        "option::Option" | "result::Result" | "borrow::Cow" => types::arguments(ty)
            .into_iter()
            .find(|part| !part.starts_with('\''))
            .is_some_and(is_text),
        "vec::Vec" => types::arguments(ty)
            .first()
            .is_some_and(|element| *element == "u8"),
        _ => false,
    }
}

/// Whether `Debug` and `Serialize` write a type as text: bytes come out as numbers.
pub(super) fn is_shown_as_text(ty: &str) -> bool {
    is_text(ty) && !ty.contains("u8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_told_from_names_about_secrets() {
        for name in [
            "password",
            "db_password",
            "apiKey",
            "api_key",
            "access_token",
            "token",
            "client_secret",
            "private_key",
            "password_str",
            "token2",
            "secret_value",
            "auth_token",
            "AUTH_TOKEN",
            "api_key_value",
            "authorization",
            "auth_header",
            "connection_string",
            "db_connection_string",
            "dsn",
        ] {
            assert_eq!(verdict(name), Verdict::Secret, "{name}");
        }
        for name in [
            "token_count",
            "password_prompt",
            "masked_password",
            "secret_name",
            "password_hint",
            "next_token",
            "token_source",
            "redacted_token",
            "max_tokens",
            "password_field",
            "public_token",
        ] {
            assert_eq!(verdict(name), Verdict::Harmless, "{name}");
        }
        for name in [
            "author",
            "tokenizer",
            "monkey",
            "host",
            "pass",
            "auth",
            "key",
            "value",
            "api_key_id",
        ] {
            assert_eq!(verdict(name), Verdict::Silent, "{name}");
        }
    }

    #[test]
    fn text_types_are_known() {
        for ty in [
            "&str",
            "std::string::String",
            "&&std::string::String",
            "std::option::Option<&str>",
            "std::sync::Arc<str>",
            "std::borrow::Cow<'_, str>",
            "std::boxed::Box<str>",
            "std::option::Option<std::borrow::Cow<'static, str>>",
            "std::vec::Vec<u8>",
            "&[u8]",
            "std::result::Result<std::string::String, std::env::VarError>",
        ] {
            assert!(is_text(ty), "{ty}");
        }
        for ty in [
            "u64",
            "bool",
            "secrecy::SecretBox<str>",
            "std::vec::Vec<u64>",
            "krate::Token",
            "std::option::Option<u8>",
        ] {
            assert!(!is_text(ty), "{ty}");
        }
    }
}
