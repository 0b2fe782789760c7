//! Which names say that a value is secret: the one list of words behind the derive and the URL mask.
//!
//! `secret-derive` compiles this same file, so it uses nothing but `core`.

/// Words that say secret, each also in the plural. The inner slice is a run of words: `api key` is `api_key`,
/// `apiKey`, `API-KEY` and `apikey`.
const SECRET: &[&[&str]] = &[
    &["password"],
    &["passwd"],
    &["pwd"],
    &["pass"],
    &["pw"],
    &["passphrase"],
    &["passcode"],
    &["passkey"],
    &["secret"],
    &["secret", "key"],
    // The half of a Vault AppRole that is a credential.
    &["secret", "id"],
    &["token"],
    &["api", "key"],
    &["access", "key"],
    &["private", "key"],
    &["privkey"],
    &["signing", "key"],
    &["encryption", "key"],
    &["master", "key"],
    &["account", "key"],
    &["storage", "key"],
    &["shared", "key"],
    &["session", "key"],
    &["license", "key"],
    &["client", "key"],
    &["hmac", "key"],
    &["psk"],
    &["mnemonic"],
    &["seed", "phrase"],
    &["credential"],
    &["creds"],
    &["auth"],
    &["authorization"],
    &["assertion"],
    &["bearer"],
    &["cookie"],
    &["jwt"],
    &["pin"],
    &["otp"],
    &["totp"],
    &["cvv"],
    &["dsn"],
    &["connection", "string"],
];

/// What a word written without a break ends with when it says secret: `pgpassword`, `authtoken`.
const SECRET_ENDINGS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "secretkey",
    "token",
    "apikey",
    "accesskey",
    "privatekey",
    "privkey",
    "credential",
];

/// Runs with a secret word in them that are numbers or positions: what a language model is billed for, and where a
/// listing goes on.
const HARMLESS: &[&[&str]] = &[
    &["total", "tokens"],
    &["prompt", "tokens"],
    &["completion", "tokens"],
    &["input", "tokens"],
    &["output", "tokens"],
    &["page", "token"],
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
    "alg",
    "method",
    "mode",
    "version",
    "used",
    "usage",
    "per",
    "max",
    "min",
    "age",
    "digits",
    "window",
    "interval",
    "leeway",
    "retries",
    "rounds",
    "cost",
    "bucket",
    "rotation",
    "secure",
    "addr",
    "address",
    "server",
];

/// Words that make a name harmless when it begins with them: `max_tokens` is a number. Flags such as
/// `use_token` need no word here: a `bool` has no room for a secret, and a `use_token_secret` may be one.
const HARMLESS_BEFORE: &[&str] = &["max", "min", "num", "count", "has"];

/// Whether a name says that its value is secret: `db_password`, `apiKey`, `X-Auth-Token`; not `token_count`.
///
/// Names are split into words of letters: at anything else, where a capital follows a small letter, and before the
/// last capital of several (`DBPassword`). The last word that decides wins: a `token_file` is a path, a
/// `token_file_password` a password.
///
/// ```
/// # use secret_core::words::looks_secret;
/// assert!(looks_secret("client_secret") && looks_secret("apiKey") && looks_secret("X-Auth-Token"));
/// assert!(looks_secret("password1") && looks_secret("DBPassword") && looks_secret("pgpassword"));
/// assert!(!looks_secret("token_count") && !looks_secret("author") && !looks_secret("max_tokens"));
/// ```
pub fn looks_secret(name: &str) -> bool {
    let mut rest = name;
    let mut secret = false;
    while let Some((word, after)) = next_word(rest) {
        rest = after;
        if let Some(after_run) = longest_run(HARMLESS, word, after) {
            rest = after_run;
        } else if let Some(after_run) = longest_run(SECRET, word, after) {
            secret = true;
            rest = after_run;
        } else if ends_secret(word) {
            secret = true;
        } else if contains(HARMLESS_AFTER, word) {
            secret = false;
        }
    }
    secret && !next_word(name).is_some_and(|(first, _)| contains(HARMLESS_BEFORE, first))
}

/// The last word of a name: `Signature` of `X-Amz-Signature`.
#[allow(
    dead_code,
    reason = "the derive, which compiles this file too, asks for no single word"
)]
pub(crate) fn last_word(name: &str) -> Option<&str> {
    core::iter::successors(next_word(name), |&(_, rest)| next_word(rest))
        .last()
        .map(|(word, _)| word)
}

// The lists are gone through for every field that is derived, by a macro that runs unoptimised. So the first letter is
// compared before anything is called, and loops are plain.

fn contains(list: &[&str], word: &str) -> bool {
    let first = initial(word);
    for entry in list {
        if initial(entry) == first && entry.eq_ignore_ascii_case(word) {
            return true;
        }
    }
    false
}

/// The first byte, as a small letter if it is one; 0 where there is none.
fn initial(word: &str) -> u8 {
    match word.as_bytes() {
        [first, ..] => first.to_ascii_lowercase(),
        [] => 0,
    }
}

fn ends_secret(word: &str) -> bool {
    let word = word.strip_suffix(['s', 'S']).unwrap_or(word);
    for ending in SECRET_ENDINGS {
        if word.len() >= ending.len()
            && word
                .get(word.len() - ending.len()..)
                .is_some_and(|end| end.eq_ignore_ascii_case(ending))
        {
            return true;
        }
    }
    false
}

/// What follows the longest run of the list that `first` and the words of `rest` begin with.
fn longest_run<'a>(list: &[&[&str]], first: &str, rest: &'a str) -> Option<&'a str> {
    let letter = initial(first);
    let mut longest: Option<&str> = None;
    for run in list {
        if initial(run[0]) == letter
            && let Some(after) = after_run(first, rest, run)
            && longest.is_none_or(|longest| after.len() < longest.len())
        {
            longest = Some(after);
        }
    }
    longest
}

/// What follows `run`, written apart or as one word, in the singular or plural, where `first` and the words of `rest`
/// begin with it.
fn after_run<'a>(first: &str, mut rest: &'a str, run: &[&str]) -> Option<&'a str> {
    if is_joined(first, run) {
        return Some(rest);
    }
    let (head, tail) = run.split_first()?;
    if tail.is_empty() || !first.eq_ignore_ascii_case(head) {
        return None;
    }
    for expected in tail {
        let (word, after) = next_word(rest)?;
        if !is_joined(word, &[expected]) {
            return None;
        }
        rest = after;
    }
    Some(rest)
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
    let name = name.trim_start_matches(|character: char| !character.is_alphabetic());
    let mut previous: Option<char> = None;
    let end = name
        .char_indices()
        .find(|&(index, character)| {
            let boundary = !character.is_alphabetic()
                || (character.is_uppercase()
                    && previous.is_some_and(|previous| {
                        previous.is_lowercase()
                            || starts_word(&name[index + character.len_utf8()..])
                    }));
            previous = Some(character);
            boundary
        })
        .map_or(name.len(), |(index, _)| index);
    (end > 0).then(|| name.split_at(end))
}

/// Whether a capital followed by this begins a word of its own after other capitals, as in `DBPassword` and not in
/// `JWTs`.
fn starts_word(after_capital: &str) -> bool {
    let mut following = after_capital.chars();
    following.next().is_some_and(char::is_lowercase)
        && (!after_capital.starts_with('s') || following.next().is_some_and(char::is_lowercase))
}
