//! What masks may show of any text, and what names say secret.

use proptest::prelude::*;
use secret_core::words::looks_secret;
use secret_core::{Mask, REDACTED};

/// The characters a mask showed around its placeholder, an escaped one counted once.
fn shown(masked: &str) -> usize {
    let text = masked.replacen(REDACTED, "", 1);
    let mut pieces = text.split("\\u{");
    let before = pieces.next().map_or(0, |piece| piece.chars().count());
    let escaped = pieces.map(|piece| {
        let after = piece.split_once('}').map_or("", |(_, after)| after);
        1 + after.chars().count()
    });
    before + escaped.sum::<usize>()
}

proptest! {
    #[test]
    fn first_last_shows_at_most_half(text in "\\PC{0,40}", first in 0_usize..50, last in 0_usize..50) {
        prop_assume!(!text.contains(REDACTED));
        let masked = Mask::first_last(first, last).apply(&text).to_string();
        prop_assert!(masked.contains(REDACTED));
        prop_assert!(shown(&masked) * 2 <= text.chars().count());
    }

    #[test]
    fn the_length_of_what_is_hidden_does_not_show(hidden in "[a-z]{12,60}") {
        let masked = Mask::first_last(2, 2).apply(&format!("ab{hidden}yz")).to_string();
        prop_assert_eq!(masked, "ab[REDACTED]yz");
    }

    #[test]
    fn a_password_never_shows_in_a_url(
        user in "[a-z]{0,8}",
        // Every character people put into passwords without encoding it.
        password in "[A-Z!#$%&'()*+,/:;=?@\\[\\]~ é]{4,30}",
        tail in "(/app)?(\\?sslmode=require)?",
    ) {
        let url = format!("postgres://{user}:{password}@db:5432{tail}");
        let masked = Mask::url().apply(&url).to_string();
        let visible = masked.replace(REDACTED, "");
        prop_assert!(!visible.chars().any(|character| character.is_ascii_uppercase()), "{}", masked);
    }

    #[test]
    fn the_value_of_a_secret_parameter_never_shows(name in "(api_key|token|KEY|sig|client_secret|x%5Ftoken)", value in "[A-Z0-9]{1,30}") {
        let masked = Mask::url().apply(&format!("https://h/p?a=1&{name}={value}#x")).to_string();
        prop_assert_eq!(masked, format!("https://h/p?a=1&{name}={REDACTED}#x"));
    }

    #[test]
    fn no_text_makes_a_mask_panic(text in any::<String>(), first: usize, last: usize) {
        for mask in [Mask::first_last(first, last), Mask::email(), Mask::url(), Mask::all(), Mask::fixed(3)] {
            let _ = mask.apply(&text).to_string();
        }
    }
}

#[test]
fn what_is_shown_cannot_change_the_text_around_it() {
    for (text, expected) in [
        // An accent of its own at the cut, which would fall onto the bracket.
        ("hunter2e\u{301}", "h[REDACTED]\\u{301}"),
        ("n\u{303}oquis-secret", "n[REDACTED]t"),
        // Writes the rest of the line from right to left.
        ("\u{202e}drowssap", "\\u{202e}[REDACTED]p"),
        ("pass\u{2028}word\u{200b}", "p[REDACTED]\\u{200b}"),
        ("\"quoted\\", "\"[REDACTED]\\"),
        ("日本語テキスト", "日[REDACTED]ト"),
    ] {
        assert_eq!(Mask::first_last(1, 1).apply(text).to_string(), expected);
    }
    let decomposed = Mask::first_last(2, 0).apply("e\u{301}cole-secret");
    assert_eq!(decomposed.to_string(), "e\u{301}[REDACTED]");
}

#[test]
fn no_stars_are_not_an_empty_value() {
    assert_eq!(Mask::fixed(0).apply("hunter2").to_string(), REDACTED);
}

#[test]
fn words_are_told_apart() {
    let secret = [
        "password",
        "db_passwd",
        "clientSecret",
        "API_KEY",
        "apikey",
        "api-keys",
        "X-Auth-Token",
        "id_token",
        "connection_string",
        "privateKey",
        "otp",
        "pin",
        "session_cookies",
        "file_password",
        "Authorization",
        "dsn",
        // A later word counts again.
        "token_file_password",
        "jwt_issuer_private_key",
        "auth_url_password",
        "token_endpoint_client_secret",
        "secret_id",
        // Digits and acronyms.
        "password1",
        "token2",
        "api_key1",
        "oauth2Token",
        "s3SecretKey",
        "DBPassword",
        "APIToken",
        "JWTSecret",
        "AWSSecretKey",
        "JWTs",
        // Written as one word.
        "pgpassword",
        "dbpasswords",
        "authtoken",
        "accesstoken",
        "secretkey",
        "privkey",
        "openaiapikey",
        // Not only a flag.
        "use_token_secret",
        "is_bearer_token",
        "pass",
        "pw",
        "passcode",
        "psk",
        "hmac_key",
        "mnemonic",
        "seedPhrase",
        "master_key",
        "AccountKey",
        "creds",
        "client_assertion",
        "prompt_api_key",
    ];
    let harmless = [
        "token_count",
        "author",
        "spinner",
        "max_tokens",
        "has_password",
        "secret_name",
        "api_key_id",
        "token_url",
        "password_hash",
        "key",
        "keyboard",
        "tokenizer",
        "authority",
        "access",
        "prompt_tokens",
        "completion_tokens",
        "total_tokens",
        "tokens_per_second",
        "token_bucket",
        "next_page_token",
        "cookie_secure",
        "cookie_max_age",
        "otp_digits",
        "auth_retries",
        "auth_addr",
        "jwt_leeway",
        "token_refresh_interval",
        "secret_rotation",
        "password_min",
        "bypass",
        "compass",
        "passes",
        "oauth2",
        "",
        "_",
        "1",
    ];
    for name in secret {
        assert!(looks_secret(name), "{name} is secret");
    }
    for name in harmless {
        assert!(!looks_secret(name), "{name} is harmless");
    }
}
