//! The mask for URLs and connection strings.
//!
//! The parts are those of RFC 3986, read leniently: connection strings are written by hand, with secrets that are not
//! percent-encoded. Where such a secret makes the end of a part doubtful, more is hidden.

use core::fmt::{self, Write};

use super::visible;
use crate::placeholder::{self, REDACTED};
use crate::words::{last_word, looks_secret};

/// Last words of parameter names that carry a secret in URLs although the word alone says little: API keys (`key`),
/// signed links (`sig`, `X-Amz-Signature`), the verifiers of OAuth 1 and PKCE (RFC 5849, section 2.2; RFC 7636,
/// section 4.1), the ticket of CAS.
const SECRET_LAST_WORDS: &[&str] = &[
    "key",
    "sig",
    "signature",
    "verifier",
    "hmac",
    "ticket",
    "session",
    "sid",
];

/// What other such names are or end in, in any case: OAuth's authorisation code (RFC 6749, section 4.1.2), and names
/// of several words in one.
const SECRET_NAMES: &[&str] = &["code"];
const SECRET_NAME_ENDINGS: &[&str] = &[
    "sslkey",
    "accountkey",
    "session_id",
    "session-id",
    "sessionid",
    "sessid",
    "samlresponse",
];

/// What GitHub takes for the password where the user name is the token.
const NO_PASSWORD: &[&str] = &["", "x-oauth-basic"];

/// How `@` and the slashes of a URL look inside a parameter: plain, encoded, and encoded twice.
const AT: &[&str] = &["@", "%40", "%2540"];
const SLASHES: &[&str] = &["//", "%2f", "%252f"];

/// Characters that begin parameters: query, fragment, and the `;` of JDBC and ADO strings.
const PARAMETERS: &[char] = &['?', '#', ';'];

/// Characters between parameters.
const SEPARATORS: &[char] = &['&', '?', '#', ';'];

pub(super) fn mask(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    if let Some((scheme, rest)) = text.split_once("://")
        && is_scheme(scheme)
    {
        visible(f, scheme)?;
        f.write_str("://")?;
        return after_scheme(f, rest);
    }
    // Without these, a text that begins with `/` could as well be base64.
    if let Some(rest) = text.strip_prefix("//")
        && text.contains(['@', '?'])
    {
        f.write_str("//")?;
        return after_scheme(f, rest);
    }
    if text.starts_with('/') && text.contains('?') {
        let (path, parameters) = split_parameters(text);
        visible(f, path)?;
        return mask_parameters(f, parameters);
    }
    placeholder::pad(f, REDACTED)
}

fn after_scheme(f: &mut fmt::Formatter<'_>, rest: &str) -> fmt::Result {
    let (location, parameters) = split_parameters(rest);
    if userinfo_reaches_into(parameters, location) {
        return f.write_str(REDACTED);
    }
    // The last `@`, since a password may hold one, or a `/`, that should have been encoded.
    if let Some((userinfo, host)) = location.rsplit_once('@') {
        if let Some((user, password)) = userinfo.split_once(':')
            && !NO_PASSWORD.contains(&password)
        {
            visible(f, user)?;
            f.write_str(":")?;
        }
        f.write_str(REDACTED)?;
        f.write_str("@")?;
        visible(f, host)?;
    } else if holds_any(location, AT) && holds_any(location, SLASHES) {
        f.write_str(REDACTED)?;
    } else {
        visible(f, location)?;
    }
    mask_parameters(f, parameters)
}

/// Whether an `@` among the parameters may be the end of the userinfo: `user:pass?word@host` looks like a host, a port
/// and a query until there. It is not where there is no port and each part before the `@` is a `name=value`.
fn userinfo_reaches_into(parameters: &str, location: &str) -> bool {
    let Some((before, _)) = parameters.rsplit_once('@') else {
        return false;
    };
    let authority = location.split('/').next().unwrap_or(location);
    authority.contains(':')
        || !before[1..]
            .split(SEPARATORS)
            .all(|part| part.split_once('=').is_some_and(|(name, _)| is_name(name)))
}

/// Whether the text could be the name of a parameter.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.[]".contains(&byte))
}

/// Writes the parameters, each hidden value as a placeholder.
///
/// A value that is not encoded may hold what looks like its end, so a hidden one reaches to the next `name=` after the
/// separator that is the list's own.
fn mask_parameters(f: &mut fmt::Formatter<'_>, parameters: &str) -> fmt::Result {
    let mut rest = parameters;
    while let Some(separator) = rest.chars().next() {
        f.write_char(separator)?;
        rest = &rest[separator.len_utf8()..];
        let part = &rest[..rest.find(SEPARATORS).unwrap_or(rest.len())];
        let (name, value) = match part.split_once('=') {
            Some((name, value)) => (Some(name), value),
            None => (None, part),
        };
        if let Some(name) = name {
            visible(f, name)?;
            f.write_str("=")?;
        }
        let start = part.len() - value.len();
        if name.is_some_and(is_secret_parameter) {
            f.write_str(REDACTED)?;
            rest = after_hidden(&rest[start..], separator);
        } else if holds_any(value, SLASHES) && holds_any(&rest[start..], AT) {
            f.write_str(REDACTED)?;
            // Where another `@` follows, all until there may be the password.
            let after = after_hidden(&rest[start..], separator);
            rest = if holds_any(after, AT) { "" } else { after };
        } else {
            visible(f, value)?;
            rest = &rest[part.len()..];
        }
    }
    Ok(())
}

/// What follows a hidden value: the next `name=`, with the separator before it.
fn after_hidden(value: &str, begun_by: char) -> &str {
    let end = if begun_by == ';' { ';' } else { '&' };
    let mut rest = &value[length_in_quotes(value)..];
    while let Some(index) = rest.find(end) {
        rest = &rest[index..];
        let part = rest[1..].split(SEPARATORS).next().unwrap_or_default();
        if part.split_once('=').is_some_and(|(name, _)| is_name(name)) {
            return rest;
        }
        rest = &rest[1..];
    }
    ""
}

/// The length of a value in braces or quotes, as ODBC and ADO strings have them where the value holds a `;`. The closing
/// one is doubled inside.
fn length_in_quotes(value: &str) -> usize {
    let closing = match value.chars().next() {
        Some('{') => '}',
        Some(quote @ ('"' | '\'')) => quote,
        _ => return 0,
    };
    let mut end = 1;
    loop {
        match value[end..].find(closing) {
            None => return value.len(),
            Some(index) if value[end + index + 1..].starts_with(closing) => end += index + 2,
            Some(index) => return end + index + 1,
        }
    }
}

/// Whether the text holds one of the parts, in any case.
fn holds_any(text: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| {
        text.as_bytes()
            .windows(part.len())
            .any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
    })
}

/// A name with percent-encoding is not read but taken for secret.
fn is_secret_parameter(name: &str) -> bool {
    let is = |secret: &&str| name.eq_ignore_ascii_case(secret);
    let ends_with = |secret: &&str| {
        let start = name.len().checked_sub(secret.len());
        start
            .and_then(|start| name.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(secret))
    };
    name.contains('%')
        || looks_secret(name)
        || SECRET_NAMES.iter().any(is)
        || SECRET_NAME_ENDINGS.iter().any(ends_with)
        || last_word(name).is_some_and(|word| {
            SECRET_LAST_WORDS
                .iter()
                .any(|secret| word.eq_ignore_ascii_case(secret))
        })
}

fn split_parameters(text: &str) -> (&str, &str) {
    text.split_at(text.find(PARAMETERS).unwrap_or(text.len()))
}

/// RFC 3986, section 3.1, and the colon of `jdbc:postgresql://`.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|character: char| character.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.:".contains(&byte))
}
