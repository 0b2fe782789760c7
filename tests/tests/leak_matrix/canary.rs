//! The secret that must not come out, and how to find it in whatever encoding.

use std::fmt::Write;

use base64ct::{Base64, Encoding};
use secret_core::SecretString;

/// It has what the encodings write in ways of their own: quotes, a backslash, and signs that URLs do not take.
pub(crate) const CANARY: &str = "hunter2-correct\"horse-battery\\staple#gallop%canter";

/// For channels that take a number.
pub(crate) const NUMBER: &str = "4711008150";

/// So many bytes in a row are a leak.
const RUN: usize = 8;

pub(crate) fn plain() -> String {
    String::from(CANARY)
}

pub(crate) fn secret() -> SecretString {
    plain().into()
}

/// The encoding in which a part of a canary is in the text, if one is.
pub(crate) fn found(text: &str) -> Option<&'static str> {
    let packed: String = text.split_whitespace().collect();
    [CANARY, NUMBER]
        .iter()
        .flat_map(|canary| canary.as_bytes().windows(RUN))
        .flat_map(encodings)
        .find(|(_, needle)| text.contains(needle) || packed.contains(needle))
        .map(|(encoding, _)| encoding)
}

/// Asserts that [`found`] sees the canary, whole or in part, in each form in which it could be printed.
pub(crate) fn assert_found_in_every_form() {
    let bytes = CANARY.as_bytes();
    let url = url::Url::parse_with_params("https://host", [("token", CANARY)]).unwrap();
    let base64 = |before: &str| Base64::encode_string(format!("{before}{CANARY}").as_bytes());
    let forms = [
        plain(),
        plain()[3..12].to_owned(),
        NUMBER.to_owned(),
        format!("{CANARY:?}"),
        format!("{:?}", format!("{CANARY:?}")),
        format!("{bytes:?}"),
        format!("{bytes:#?}"),
        serde_json::to_string(CANARY).unwrap(),
        url.into(),
        base16ct::lower::encode_string(bytes),
        base16ct::upper::encode_string(bytes),
        base64(""),
        base64("."),
        base64(".."),
    ];
    for form in forms {
        assert!(found(&form).is_some(), "not found in: {form}");
    }
    assert_eq!(found("[REDACTED] Secret { length: 50 } hunter2"), None);
}

fn encodings(run: &[u8]) -> Vec<(&'static str, String)> {
    let text = std::str::from_utf8(run).expect("the canaries are ASCII");
    let numbers = |separator: &str| {
        let list: Vec<_> = run.iter().map(u8::to_string).collect();
        list.join(separator)
    };
    let percent = run.iter().fold(String::new(), |mut all, byte| {
        write!(all, "%{byte:02X}").expect("a `String` takes all");
        all
    });
    let mut encodings = vec![
        ("plain", text.to_owned()),
        ("as JSON", json(text)),
        ("as JSON in JSON", json(&json(text))),
        ("by `Debug`", text.escape_debug().to_string()),
        ("as part of a URL", form(text)),
        ("as percents", percent.to_lowercase()),
        ("as percents", percent),
        ("as hex", base16ct::lower::encode_string(run)),
        ("as hex", base16ct::upper::encode_string(run)),
        ("as a list of bytes", numbers(",")),
    ];
    for before in 0..3 {
        let base64 = base64_amid(run, before);
        encodings.push((
            "as URL-safe base64",
            base64.replace('+', "-").replace('/', "_"),
        ));
        encodings.push(("as base64", base64));
    }
    encodings
}

fn json(text: &str) -> String {
    let quoted = serde_json::to_string(text).expect("text is JSON");
    quoted[1..quoted.len() - 1].to_owned()
}

fn form(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The characters that stand for the bytes alone where so many others come before them in a group of three.
fn base64_amid(run: &[u8], before: usize) -> String {
    const BITS: usize = 6;
    let bytes = [&vec![0; before], run].concat();
    let text = base64ct::Base64Unpadded::encode_string(&bytes);
    let first = (before * 8).div_ceil(BITS);
    text[first..bytes.len() * 8 / BITS].to_owned()
}
