//! The published shapes of providers' tokens.

use std::ops::{Range, RangeInclusive};

use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::Value;

use super::randomness::{is_varied, looks_random};

/// A token that begins with a fixed text, and is so many characters of an alphabet.
struct Prefixed {
    name: &'static str,
    prefixes: &'static [&'static str],
    alphabet: fn(u8) -> bool,
    length: RangeInclusive<usize>,
}

const ANY: usize = usize::MAX;

/// Each with where its provider describes it.
const PREFIXED: &[Prefixed] = &[
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
    Prefixed {
        name: "an AWS access key",
        prefixes: &["AKIA", "ASIA"],
        alphabet: capital,
        length: 16..=16,
    },
    // https://github.blog/engineering/behind-githubs-new-authentication-token-formats/
    Prefixed {
        name: "a GitHub token",
        prefixes: &["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
        alphabet: letter,
        length: 36..=255,
    },
    // https://github.blog/security/application-security/introducing-fine-grained-personal-access-tokens-for-github/
    Prefixed {
        name: "a GitHub token",
        prefixes: &["github_pat_"],
        alphabet: word,
        length: 82..=255,
    },
    // https://docs.gitlab.com/security/tokens/#token-prefixes
    Prefixed {
        name: "a GitLab token",
        prefixes: &[
            "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "gloas-",
            "glagent-",
        ],
        alphabet: base64url_or_dot,
        length: 20..=300,
    },
    // https://docs.slack.dev/authentication/tokens
    Prefixed {
        name: "a Slack token",
        prefixes: &[
            "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xapp-",
        ],
        alphabet: letter_or_dash,
        length: 24..=ANY,
    },
    // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
    Prefixed {
        name: "a Slack webhook",
        prefixes: &["https://hooks.slack.com/services/T"],
        alphabet: letter_or_slash,
        length: 40..=60,
    },
    // https://docs.stripe.com/keys
    Prefixed {
        name: "a Stripe key",
        prefixes: &["sk_live_", "rk_live_"],
        alphabet: letter,
        length: 24..=ANY,
    },
    // https://docs.stripe.com/webhooks/signature
    Prefixed {
        name: "a Stripe signing secret",
        prefixes: &["whsec_"],
        alphabet: letter,
        length: 32..=ANY,
    },
    // https://cloud.google.com/docs/authentication/api-keys
    Prefixed {
        name: "a Google API key",
        prefixes: &["AIza"],
        alphabet: base64url,
        length: 35..=35,
    },
    // https://developers.google.com/identity/protocols/oauth2
    Prefixed {
        name: "a Google OAuth client secret",
        prefixes: &["GOCSPX-"],
        alphabet: base64url,
        length: 28..=28,
    },
    // https://platform.openai.com/docs/api-reference/authentication
    Prefixed {
        name: "an OpenAI key",
        prefixes: &["sk-proj-", "sk-svcacct-", "sk-admin-"],
        alphabet: base64url,
        length: 40..=ANY,
    },
    // https://docs.claude.com/en/api/overview#authentication
    Prefixed {
        name: "an Anthropic key",
        prefixes: &["sk-ant-api03-", "sk-ant-admin01-"],
        alphabet: base64url,
        length: 80..=ANY,
    },
    // https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/
    Prefixed {
        name: "an npm token",
        prefixes: &["npm_"],
        alphabet: letter,
        length: 36..=36,
    },
    // https://pypi.org/help/#apitoken: the rest of the prefix is a macaroon's header, "pypi.org" or "test.pypi.org" in base64
    Prefixed {
        name: "a PyPI token",
        prefixes: &["pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZw"],
        alphabet: base64url,
        length: 50..=ANY,
    },
    // https://github.com/rust-lang/crates.io/blob/main/crates/crates_io_database/src/utils/token.rs
    Prefixed {
        name: "a crates.io token",
        prefixes: &["cio"],
        alphabet: letter,
        length: 32..=32,
    },
    // https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes
    Prefixed {
        name: "a Vault token",
        prefixes: &["hvs.", "hvb.", "hvr."],
        alphabet: base64url,
        length: 24..=ANY,
    },
    // https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys: two parts of 22 and 43 characters
    Prefixed {
        name: "a SendGrid key",
        prefixes: &["SG."],
        alphabet: base64url_or_dot,
        length: 66..=66,
    },
    // https://docs.digitalocean.com/reference/api/create-personal-access-token/
    Prefixed {
        name: "a DigitalOcean token",
        prefixes: &["dop_v1_", "doo_v1_", "dor_v1_"],
        alphabet: hex,
        length: 64..=64,
    },
    // https://huggingface.co/docs/hub/security-tokens
    Prefixed {
        name: "a Hugging Face token",
        prefixes: &["hf_"],
        alphabet: letter,
        length: 34..=34,
    },
    // https://shopify.dev/changelog/length-of-the-shopify-access-token-is-increasing
    Prefixed {
        name: "a Shopify token",
        prefixes: &["shpat_", "shpca_", "shppa_", "shpss_"],
        alphabet: hex,
        length: 32..=32,
    },
    // https://docs.docker.com/security/access-tokens/
    Prefixed {
        name: "a Docker token",
        prefixes: &["dckr_pat_", "dckr_oat_"],
        alphabet: base64url,
        length: 27..=ANY,
    },
    // https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string: 64 bytes in base64
    Prefixed {
        name: "an Azure storage key",
        prefixes: &["AccountKey="],
        alphabet: base64,
        length: 86..=88,
    },
    // https://github.com/FiloSottile/age/blob/main/doc/age-keygen.1.ronn
    Prefixed {
        name: "an age identity",
        prefixes: &["AGE-SECRET-KEY-1"],
        alphabet: capital,
        length: 58..=58,
    },
];

fn capital(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn word(byte: u8) -> bool {
    letter(byte) || byte == b'_'
}

fn hex(byte: u8) -> bool {
    byte.is_ascii_hexdigit()
}

fn letter_or_dash(byte: u8) -> bool {
    letter(byte) || byte == b'-'
}

fn letter_or_slash(byte: u8) -> bool {
    letter(byte) || byte == b'/'
}

fn base64(byte: u8) -> bool {
    letter(byte) || b"+/=".contains(&byte)
}

fn base64url(byte: u8) -> bool {
    letter(byte) || b"-_".contains(&byte)
}

fn base64url_or_dot(byte: u8) -> bool {
    base64url(byte) || byte == b'.'
}

/// A token in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is, with its article: `a GitHub token`.
    pub name: &'static str,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// The tokens in a text that look real, in order.
///
/// ```
/// use secret_lint::source::shape::tokens;
///
/// let text = concat!("Bearer gh", "p_aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA3");
/// assert_eq!(tokens(text)[0].name, "a GitHub token");
/// assert!(tokens("Bearer ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx").is_empty());
/// ```
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    for shape in PREFIXED {
        for prefix in shape.prefixes {
            prefixed(text, shape, prefix, &mut found);
        }
    }
    legacy_openai(text, &mut found);
    web_tokens(text, &mut found);
    private_keys(text, &mut found);
    found.sort_by_key(|token| (token.range.start, token.range.end));
    found.dedup_by(|later, first| later.range.start < first.range.end);
    found
}

/// The places where a prefix stands at the beginning of a word.
fn starts<'text>(text: &'text str, prefix: &'text str) -> impl Iterator<Item = usize> + 'text {
    text.match_indices(prefix)
        .map(|(start, _)| start)
        .filter(|start| !text[..*start].bytes().next_back().is_some_and(word))
}

/// Where the run of an alphabet ends that begins at `start`.
fn run_end(text: &str, start: usize, alphabet: fn(u8) -> bool) -> usize {
    let run = text[start..].bytes().take_while(|byte| alphabet(*byte));
    start + run.count()
}

fn prefixed(text: &str, shape: &Prefixed, prefix: &str, found: &mut Vec<Token>) {
    for start in starts(text, prefix) {
        let key = start + prefix.len()..run_end(text, start + prefix.len(), shape.alphabet);
        let goes_on = text[key.end..].bytes().next().is_some_and(word);
        if shape.length.contains(&key.len()) && !goes_on && looks_random(&text[key.clone()]) {
            found.push(Token {
                name: shape.name,
                range: start..key.end,
            });
        }
    }
}

/// `sk-` keys of before 2024 have this in the middle, the base64 of `OpenAI`.
fn legacy_openai(text: &str, found: &mut Vec<Token>) {
    for start in starts(text, "sk-") {
        let end = run_end(text, start + 3, letter);
        let key = &text[start + 3..end];
        if key.len() == 48 && key[20..].starts_with("T3BlbkFJ") && looks_random(key) {
            found.push(Token {
                name: "an OpenAI key",
                range: start..end,
            });
        }
    }
}

/// A JSON Web Token: <https://datatracker.ietf.org/doc/html/rfc7519#section-3>. The one that everybody copies from jwt.io is none.
fn web_tokens(text: &str, found: &mut Vec<Token>) {
    /// The shortest signature in use is HMAC-SHA256, 32 bytes in base64.
    const LEAST_SIGNATURE: usize = 43;
    for start in starts(text, "eyJ") {
        let end = run_end(text, start, base64url_or_dot);
        let mut parts = text[start..end].split('.');
        let (Some(header), Some(payload), Some(signature), None) = (
            parts.next().and_then(object),
            parts.next().and_then(object),
            parts.next(),
            parts.next(),
        ) else {
            continue;
        };
        let is_example = payload["name"] == "John Doe" || payload["sub"] == "1234567890";
        if header["alg"].is_string()
            && !is_example
            && signature.len() >= LEAST_SIGNATURE
            && is_varied(signature)
        {
            found.push(Token {
                name: "a JSON Web Token",
                range: start..end,
            });
        }
    }
}

fn object(part: &str) -> Option<Value> {
    let bytes = Base64UrlUnpadded::decode_vec(part).ok()?;
    serde_json::from_slice(&bytes).ok().filter(Value::is_object)
}

/// A private key in PEM: <https://datatracker.ietf.org/doc/html/rfc7468#section-10>. A program that reads such files has the first line
/// alone.
fn private_keys(text: &str, found: &mut Vec<Token>) {
    const BEGIN: &str = "-----BEGIN ";
    const END: &str = "-----END ";
    /// The shortest, of Ed25519, has 48 bytes in base64.
    const LEAST_KEY: usize = 64;
    for (start, _) in text.match_indices(BEGIN) {
        let after = &text[start + BEGIN.len()..];
        let Some((label, body)) = after.split_once("-----") else {
            continue;
        };
        let is_private = label.ends_with("PRIVATE KEY") || label == "PGP PRIVATE KEY BLOCK";
        let body = &body[..body.find(END).unwrap_or(body.len())];
        let key: String = body
            .lines()
            .filter(|line| !line.contains(':'))
            .flat_map(str::chars)
            .filter(|letter| !letter.is_whitespace())
            .collect();
        if is_private && key.len() >= LEAST_KEY && key.bytes().all(base64) && is_varied(&key) {
            let end = start + BEGIN.len() + label.len() + "-----".len() + body.len();
            found.push(Token {
                name: "a private key",
                range: start..end,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PREFIXED, tokens};
    use base64ct::{Base64UrlUnpadded, Encoding};

    /// Looks random, is the same in each run, and is in no other file: a scanner must not find tokens in this one.
    fn random(length: usize, alphabet: fn(u8) -> bool) -> String {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0] & 0x7f
        };
        std::iter::from_fn(|| Some(next()))
            .filter(|byte| alphabet(*byte) && byte.is_ascii_alphanumeric())
            .take(length)
            .map(char::from)
            .collect()
    }

    fn names(text: &str) -> Vec<&'static str> {
        tokens(text).into_iter().map(|token| token.name).collect()
    }

    #[test]
    fn each_shape_is_found_and_only_as_it_is() {
        for shape in PREFIXED {
            for prefix in shape.prefixes {
                let (least, most) = (*shape.length.start(), *shape.length.end());
                let token = format!("{prefix}{}", random(least, shape.alphabet));
                assert_eq!(
                    names(&format!("\"Bearer {token}\"")),
                    [shape.name],
                    "{token}"
                );
                assert_eq!(tokens(&token)[0].range, 0..token.len());
                for other in [
                    format!("x{token}"),
                    format!("{prefix}{}", random(least - 1, shape.alphabet)),
                    format!("{prefix}{}", "x".repeat(least)),
                    format!("{prefix}{}", &"0123456789ABCDEF".repeat(9)[..least]),
                ] {
                    assert!(names(&other).is_empty(), "{other}");
                }
                if !(shape.alphabet)(b'_') {
                    assert!(names(&format!("{token}_")).is_empty(), "{token}_");
                }
                if most < 1000 {
                    assert!(
                        names(&format!("{prefix}{}", random(most + 1, shape.alphabet))).is_empty(),
                        "{token}"
                    );
                }
            }
        }
    }

    #[test]
    fn old_keys_of_openai_are_found_by_their_middle() {
        let half = |from: usize| random(40, super::letter)[from..from + 20].to_owned();
        let key = format!("sk-{}T3BlbkFJ{}", half(0), half(20));
        assert_eq!(names(&key), ["an OpenAI key"]);
        assert!(names(&key.replace("T3Blbk", "T3Blbx")).is_empty());
    }

    #[test]
    fn web_tokens_are_read_and_the_example_of_their_site_is_none() {
        let encode = |text: &str| Base64UrlUnpadded::encode_string(text.as_bytes());
        let signature = random(43, super::letter);
        let token = |header, payload| format!("{}.{}.{signature}", encode(header), encode(payload));
        let header = r#"{"alg":"HS256","typ":"JWT"}"#;
        assert_eq!(
            names(&token(header, r#"{"sub":"4711","exp":1}"#)),
            ["a JSON Web Token"]
        );
        for none in [
            token(
                header,
                r#"{"sub":"1234567890","name":"John Doe","iat":1516239022}"#,
            ),
            token(r#"{"typ":"JWT"}"#, r#"{"sub":"4711"}"#),
            token(header, "no object"),
            format!("{}.{}.", encode(header), encode("{}")),
            encode(header),
        ] {
            assert!(names(&none).is_empty(), "{none}");
        }
    }

    #[test]
    fn private_keys_are_found_and_what_reads_them_is_not() {
        let body = random(128, super::letter);
        for (label, is_private) in [
            ("PRIVATE KEY", true),
            ("RSA PRIVATE KEY", true),
            ("OPENSSH PRIVATE KEY", true),
            ("PUBLIC KEY", false),
            ("CERTIFICATE", false),
        ] {
            let text = format!(
                "-----BEGIN {label}-----\n{}\n{}\n-----END {label}-----\n",
                &body[..64],
                &body[64..]
            );
            assert_eq!(!names(&text).is_empty(), is_private, "{label}");
        }
        assert!(names("-----BEGIN PRIVATE KEY-----").is_empty());
        assert!(
            names("-----BEGIN PRIVATE KEY-----\nMIIE...\n-----END PRIVATE KEY-----").is_empty()
        );
    }
}
