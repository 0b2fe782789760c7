//! What stands in an example file in place of a secret.
//!
//! `secret-lint` compiles this same file, so it uses nothing but `core`.

/// Whether a text, which is not empty, is what stands in an example: `changeme`, `<token>`, `xxxx`, `[REDACTED]`.
pub(crate) fn is_placeholder(text: &[u8]) -> bool {
    is_bracketed(text) || is_one_character(text) || is_in_words(text)
}

/// Words that tell a placeholder, if the rest is made of [`OTHER_WORDS`].
const TELLING_WORDS: &[&[u8]] = &[
    b"change",
    b"changeme",
    b"changeit",
    b"replace",
    b"replaceme",
    b"insert",
    b"put",
    b"enter",
    b"fill",
    b"paste",
    b"your",
    b"here",
    b"example",
    b"sample",
    b"dummy",
    b"placeholder",
    b"todo",
    b"fixme",
    b"tbd",
    b"none",
    b"null",
    b"nil",
    b"undefined",
    b"unset",
];

/// Words that stand beside those. `secret key` alone is a bad secret, but no placeholder.
const OTHER_WORDS: &[&[u8]] = &[
    b"add",
    b"set",
    b"me",
    b"it",
    b"in",
    b"this",
    b"that",
    b"with",
    b"the",
    b"a",
    b"an",
    b"my",
    b"own",
    b"real",
    b"actual",
    b"before",
    b"deploy",
    b"api",
    b"key",
    b"apikey",
    b"access",
    b"private",
    b"secret",
    b"client",
    b"auth",
    b"token",
    b"password",
    b"passwd",
    b"value",
    b"credential",
    b"credentials",
    b"please",
    b"to",
    b"be",
    b"something",
    b"some",
    b"random",
    b"string",
    b"bit",
    b"bits",
    b"sk",
    b"pk",
    b"test",
    b"live",
];

/// More digits than this in brackets are no name: a GUID may be written in braces.
const MOST_DIGITS: usize = 3;

/// Pairs around a name that was to be replaced: `<token>`, `${TOKEN}`, `{{ token }}`, `%TOKEN%`, `[token]`.
const BRACKETS: &[(&[u8], &[u8])] = &[
    (b"<", b">"),
    (b"${", b"}"),
    (b"{", b"}"),
    (b"%", b"%"),
    (b"[", b"]"),
];

fn is_bracketed(text: &[u8]) -> bool {
    BRACKETS.iter().any(|(open, close)| {
        text.strip_prefix(*open)
            .and_then(|rest| rest.strip_suffix(*close))
            .filter(|name| name.iter().filter(|byte| byte.is_ascii_digit()).count() <= MOST_DIGITS)
            .is_some_and(|name| {
                name.iter()
                    .all(|byte| byte.is_ascii_alphanumeric() || b" _-.{}".contains(byte))
            })
    })
}

/// `xxxxxxxx`, `********`, `........`.
fn is_one_character(text: &[u8]) -> bool {
    const FILLERS: &[u8] = b"xX*.-_?#";
    FILLERS.contains(&text[0]) && text.iter().all(|byte| *byte == text[0])
}

/// Digits count as a word of any kind, for `your-256-bit-secret`.
fn is_in_words(text: &[u8]) -> bool {
    let is_one_of =
        |words: &[&[u8]], word: &[u8]| words.iter().any(|entry| entry.eq_ignore_ascii_case(word));
    let words = || {
        text.split(|byte| !byte.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    let is_telling = |word| is_one_of(TELLING_WORDS, word);
    let is_other =
        |word: &[u8]| is_one_of(OTHER_WORDS, word) || word.iter().all(u8::is_ascii_digit);
    words().any(is_telling) && words().all(|word| is_telling(word) || is_other(word))
}
