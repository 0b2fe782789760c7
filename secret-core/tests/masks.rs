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
    fn a_token_for_a_userinfo_never_shows_in_a_url(
        scheme in "(https:|redis:)?",
        token in "[A-Z!#$%&'()*+,/;?@\\[\\]~ é]{4,30}",
        tail in "(/app)?(\\?sslmode=require)?",
    ) {
        let masked = Mask::url().apply(&format!("{scheme}//{token}@host{tail}")).to_string();
        let visible = masked.replace(REDACTED, "");
        prop_assert!(!visible.chars().any(|character| character.is_ascii_uppercase()), "{}", masked);
    }

    #[test]
    fn the_value_of_a_secret_parameter_never_shows(
        start in "(https://h/p\\?a=1&|https://h/p\\?|https://h/#|/p\\?b&|//h/p\\?)",
        name in "(api_key|token|key|sig|code|client_secret|x%5fx|x-amz-signature|session_id|pass|db_password)",
        // All but what looks like the next parameter.
        value in "[A-Z!#$%'()*+,/:;?\\[\\]~ é={}\"]{1,30}(&[A-Z%;?#]{0,9})?",
    ) {
        let masked = Mask::url().apply(&format!("{start}{name}={value}&page=2")).to_string();
        prop_assert!(!masked.replace(REDACTED, "").chars().any(|character| character.is_ascii_uppercase()), "{}", masked);
    }

    #[test]
    fn a_password_in_a_parameter_of_a_connection_string_never_shows(value in "[A-Z!#$%&'()*+,/:?\\[\\]~ é=]{1,30}(;[A-Z?#&]{0,9})?") {
        let masked = Mask::url().apply(&format!("jdbc:sqlserver://h;user=sa;password={value};encrypt=true")).to_string();
        prop_assert!(!masked.replace(REDACTED, "").chars().any(|character| character.is_ascii_uppercase()), "{}", masked);
    }

    #[test]
    fn a_password_in_braces_or_quotes_never_shows(
        value in "[A-Z!#$%&()*+,/:;=?\\[\\]~ é]{1,30}",
        quotes in prop_oneof![Just(("{", "}")), Just(("'", "'")), Just(("\"", "\""))],
    ) {
        let (open, close) = quotes;
        let text = format!("jdbc:sqlserver://h;user=sa;password={open}{value}{close}{close}{value}{close};encrypt=true");
        let masked = Mask::url().apply(&text).to_string();
        prop_assert!(!masked.replace(REDACTED, "").chars().any(|character| character.is_ascii_uppercase()), "{}", masked);
    }

    #[test]
    fn the_password_of_a_url_in_a_parameter_never_shows(password in "[A-Z!#$%'()*+,/:;?@=~&]{4,30}", user in "[a-z]{0,5}") {
        let masked = Mask::url().apply(&format!("https://h/login?next=https://{user}:{password}@h/x")).to_string();
        prop_assert!(!masked.replace(REDACTED, "").chars().any(|character| character.is_ascii_uppercase()), "{}", masked);
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
fn a_url_is_shown_as_far_as_it_is_no_secret() {
    for (url, expected) in [
        (
            "https://h/p?a=1&sig=x&b=2#top",
            "https://h/p?a=1&sig=[REDACTED]&b=2#top",
        ),
        (
            "https://h/p?X-Amz-Signature=x",
            "https://h/p?X-Amz-Signature=[REDACTED]",
        ),
        (
            "https://h/p;jsessionid=x",
            "https://h/p;jsessionid=[REDACTED]",
        ),
        (
            "https://h/p?SAMLResponse=x&RelayState=y",
            "https://h/p?SAMLResponse=[REDACTED]&RelayState=y",
        ),
        (
            "https://h/p?subscription-key=x",
            "https://h/p?subscription-key=[REDACTED]",
        ),
        (
            "https://h/p?password=hun#ter2",
            "https://h/p?password=[REDACTED]",
        ),
        (
            "https://h/p?password=hun&ter2",
            "https://h/p?password=[REDACTED]",
        ),
        (
            "https://h/p?password=hun&ter2&page=1",
            "https://h/p?password=[REDACTED]&page=1",
        ),
        (
            "jdbc:sqlserver://h;password={hun;t=er2};a=b",
            "jdbc:sqlserver://h;password=[REDACTED];a=b",
        ),
        ("redis://p#ssw0rd@host:6379", "redis://[REDACTED]"),
        ("redis://p;ss@host", "redis://[REDACTED]"),
        ("https://ghp_abc?def@github.com/x", "https://[REDACTED]"),
        (
            "https://ghp_abc:x-oauth-basic@github.com/x",
            "https://[REDACTED]@github.com/x",
        ),
        (
            "https://sk_live_x:@api.example.com/x",
            "https://[REDACTED]@api.example.com/x",
        ),
        (
            "https://h/p?mail=ada@example.com&page=2",
            "https://h/p?mail=ada@example.com&page=2",
        ),
        (
            "https://h/?next=https://u:hunter2@h/&a=b",
            "https://h/?next=[REDACTED]&a=b",
        ),
        (
            "https://h/?next=https%3A%2F%2Fu%3Ahunter2%40h%2F",
            "https://h/?next=[REDACTED]",
        ),
        (
            "https://h/?next=https%253A%252F%252Fu%253Ahunter2%2540h",
            "https://h/?next=[REDACTED]",
        ),
        (
            "https://h/https%3A%2F%2Fu%3Ahunter2%40h",
            "https://[REDACTED]",
        ),
        (
            "https://h/?next=https://other/x&a=b",
            "https://h/?next=https://other/x&a=b",
        ),
        ("//u:canary@h/x", "//u:[REDACTED]@h/x"),
        ("/users/@ada?page=2", "/users/@ada?page=2"),
        ("/9j4AAQhunter2base64secret==", REDACTED),
        ("//8AAQhunter2base64secret==", REDACTED),
    ] {
        assert_eq!(Mask::url().apply(url).to_string(), expected);
    }
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
