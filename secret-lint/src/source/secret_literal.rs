//! Which literals are taken for secrets where they are used as one.

use super::placeholder::is_placeholder;
use super::randomness::looks_random;
use super::shape::tokens;

/// Shorter texts are codes and names, longer ones are data.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=512;

/// Digits at the end of a word that make it no random text: `sha256`, `ed25519`, `db01`.
const MOST_DIGITS: usize = 5;

/// What stands before the secret in an `Authorization` header.
const SCHEMES: &[&str] = &["Bearer ", "Basic ", "Token ", "ApiKey "];

/// Whether a literal looks like a secret: random, and no name of one, path, URL or placeholder.
///
/// Letters alone are words more often than not, but for base64 with its padding.
/// Those with the published shape of a provider's token are left to the lint that looks for them in the text.
pub(crate) fn is_secret_literal(text: &str) -> bool {
    let text = SCHEMES
        .iter()
        .find_map(|scheme| {
            let (start, rest) = (text.get(..scheme.len())?, &text[scheme.len()..]);
            start.eq_ignore_ascii_case(scheme).then_some(rest)
        })
        .unwrap_or(text);
    LENGTHS.contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && (text.bytes().any(|byte| byte.is_ascii_digit()) || text.ends_with('='))
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        && !text.contains(['\\', '"', '{', '<', '('])
        && !text.contains("://")
        && !text.starts_with(['/', '.', '~', '-'])
        && !is_name(text)
        && !is_placeholder(text.as_bytes())
        && looks_random(text)
        && tokens(text).is_empty()
}

/// Whether a text is made of words and numbers: `x-api-key-2`, `API_KEY_2`, `vault/data/db01`, `2024-01-31`.
fn is_name(text: &str) -> bool {
    text.split(|character: char| !character.is_ascii_alphanumeric())
        .all(is_word)
}

/// A word of one case or with a capital first and a few digits at its end, or a number.
fn is_word(text: &str) -> bool {
    let letters = text.trim_end_matches(|character: char| character.is_ascii_digit());
    let is_word = letters
        .bytes()
        .skip(1)
        .all(|byte| byte.is_ascii_lowercase())
        || letters.bytes().all(|byte| byte.is_ascii_uppercase());
    let has_letters_only = letters.bytes().all(|byte| byte.is_ascii_alphabetic());
    has_letters_only && (letters.is_empty() || is_word && text.len() - letters.len() <= MOST_DIGITS)
}

#[cfg(test)]
mod tests {
    use super::is_secret_literal;

    #[test]
    fn secrets_are_told_from_names_and_placeholders() {
        for secret in [
            "p9sUV3qLm2xW7tKd",
            "Bearer Vt5nXq8ZkL2rWm7C",
            "Basic YWRhOktxMlpyUDdtVng=",
            "bearer Vt5nXq8ZkL2rWm7C",
            "8c9d1e2f-3a4b-4c5d-8e6f-7a8b9c0d1e2f",
            "Tr0ub4dor&3",
            "k3/9xQ+vL2nR8w==",
        ] {
            assert!(is_secret_literal(secret), "{secret}");
        }
        for other in [
            "",
            "secret",
            "changeme",
            "Bearer ",
            "your-api-key-123",
            "<token1234567>",
            "test-Vt5nXq8ZkL2r",
            "API_KEY_2",
            "x-api-key-v2",
            "vault/data/db01",
            "/run/secrets/k3y9xQ",
            "https://h/k3y9xQvL",
            "2024-01-31T10:20:30Z",
            "aaaaaaaaaaaaaaaa1",
            "correct horse 8 battery",
            concat!("gh", "p_aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA3"),
        ] {
            assert!(!is_secret_literal(other), "{other}");
        }
    }
}
