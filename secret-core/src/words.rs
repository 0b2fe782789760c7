//! Which names say that a value is secret: the one list of words behind the derive and the URL mask.
//!
//! `secret-derive` compiles this same file, so it uses nothing but `core`.

/// Words that say secret, each also in the plural. The inner slice is a run of words: `api key` is `api_key`,
/// `apiKey`, `API-KEY` and `apikey`.
const SECRET: &[&[&str]] = &[
    &["password"],
    &["passwd"],
    &["pwd"],
    &["passphrase"],
    &["secret"],
    &["token"],
    &["api", "key"],
    &["access", "key"],
    &["private", "key"],
    &["signing", "key"],
    &["encryption", "key"],
    &["credential"],
    &["auth"],
    &["authorization"],
    &["bearer"],
    &["cookie"],
    &["jwt"],
    &["pin"],
    &["otp"],
    &["cvv"],
    &["dsn"],
    &["connection", "string"],
];

/// Words that make a name harmless when they follow the secret word: a `token_count` is a number, a `secret_name` a
/// label. What precedes describes the secret (`id_token`, `file_password`), so those stay secret.
const HARMLESS_AFTER: &[&str] = &[
    "count",
    "counts",
    "counter",
    "len",
    "length",
    "size",
    "limit",
    "id",
    "ids",
    "name",
    "names",
    "kind",
    "type",
    "ttl",
    "expiry",
    "expires",
    "expiration",
    "lifetime",
    "timeout",
    "url",
    "uri",
    "endpoint",
    "path",
    "file",
    "dir",
    "hint",
    "hash",
    "policy",
    "enabled",
    "required",
    "host",
    "port",
    "domain",
    "issuer",
    "audience",
    "realm",
    "scope",
    "scopes",
    "provider",
    "algorithm",
    "method",
    "mode",
    "version",
];

/// Words that make a name harmless when it begins with them: `max_tokens` is a number, `has_password` a flag.
const HARMLESS_BEFORE: &[&str] = &[
    "max", "min", "num", "has", "is", "use", "uses", "require", "requires", "count",
];

/// Whether a name says that its value is secret: `db_password`, `apiKey`, `X-Auth-Token`; not `token_count`.
///
/// Names are split into words at anything that is not a letter or digit, and where a capital follows a small letter.
///
/// ```
/// # use secret_core::words::looks_secret;
/// assert!(looks_secret("client_secret") && looks_secret("apiKey") && looks_secret("X-Auth-Token"));
/// assert!(!looks_secret("token_count") && !looks_secret("author") && !looks_secret("max_tokens"));
/// ```
pub fn looks_secret(name: &str) -> bool {
    let mut rest = name;
    let mut harmless_start = None;
    let mut secret = false;
    while let Some((word, after)) = next_word(rest) {
        harmless_start.get_or_insert_with(|| contains(HARMLESS_BEFORE, word));
        if SECRET.iter().any(|run| starts_with_run(word, after, run)) {
            secret = true;
        } else if secret && contains(HARMLESS_AFTER, word) {
            return false;
        }
        rest = after;
    }
    secret && harmless_start != Some(true)
}

fn contains(list: &[&str], word: &str) -> bool {
    list.iter().any(|entry| entry.eq_ignore_ascii_case(word))
}

/// Whether `first` and the words of `rest` begin with `run`, written apart or as one word, in the singular or plural.
fn starts_with_run(first: &str, mut rest: &str, run: &[&str]) -> bool {
    let Some((head, tail)) = run.split_first() else {
        return false;
    };
    match first.get(..head.len()) {
        Some(start) if start.eq_ignore_ascii_case(head) => {}
        _ => return false,
    }
    if is_joined(first, run) {
        return true;
    }
    if tail.is_empty() || first.len() > head.len() {
        return false;
    }
    tail.iter().all(|expected| {
        let Some((word, after)) = next_word(rest) else {
            return false;
        };
        rest = after;
        is_joined(word, &[expected])
    })
}

/// Whether `word` is the words of `run` written as one, or the plural of that.
fn is_joined(word: &str, run: &[&str]) -> bool {
    let mut rest = word;
    for part in run {
        match rest.get(..part.len()) {
            Some(start) if start.eq_ignore_ascii_case(part) => rest = &rest[part.len()..],
            _ => return false,
        }
    }
    rest.is_empty() || rest.eq_ignore_ascii_case("s")
}

/// The first word of a name and what follows it.
fn next_word(name: &str) -> Option<(&str, &str)> {
    let name = name.trim_start_matches(|character: char| !character.is_alphanumeric());
    let mut previous_is_small = false;
    let end = name
        .char_indices()
        .find(|&(_, character)| {
            let boundary =
                !character.is_alphanumeric() || (previous_is_small && character.is_uppercase());
            previous_is_small = character.is_lowercase();
            boundary
        })
        .map_or(name.len(), |(index, _)| index);
    (end > 0).then(|| name.split_at(end))
}
