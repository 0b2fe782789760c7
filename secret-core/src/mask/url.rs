//! The mask for URLs and connection strings.
//!
//! The parts are those of RFC 3986, read leniently: connection strings are written by hand, with passwords that are
//! not percent-encoded. Where such a password makes the end of the userinfo doubtful, more is hidden.

use core::fmt;

use super::visible;
use crate::placeholder::{self, REDACTED};
use crate::words::looks_secret;

/// Parameter names that carry a secret in URLs although the word alone says little: API keys (`key`), signed links
/// (`sig`, `signature`), OAuth's authorisation code (RFC 6749, section 4.1.2), and libpq's password of the client key.
const SECRET_PARAMETERS: &[&str] = &["key", "sig", "signature", "code", "sslpassword"];

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
    if text.starts_with('/') {
        let (path, parameters) = split_parameters(text);
        visible(f, path)?;
        return mask_parameters(f, parameters);
    }
    placeholder::pad(f, REDACTED)
}

fn after_scheme(f: &mut fmt::Formatter<'_>, rest: &str) -> fmt::Result {
    let (location, parameters) = split_parameters(rest);
    let authority = location.split('/').next().unwrap_or(location);
    // `user:pass?word@host` looks like a host, a port and a query until the `@`.
    if parameters.contains('@') && authority.contains(':') {
        return f.write_str(REDACTED);
    }
    // The last `@`, since a password may hold one, or a `/`, that should have been encoded.
    if let Some((userinfo, host)) = location.rsplit_once('@') {
        if let Some((user, _)) = userinfo.split_once(':') {
            visible(f, user)?;
            f.write_str(":")?;
        }
        f.write_str(REDACTED)?;
        f.write_str("@")?;
        visible(f, host)?;
    } else {
        visible(f, location)?;
    }
    mask_parameters(f, parameters)
}

fn mask_parameters(f: &mut fmt::Formatter<'_>, parameters: &str) -> fmt::Result {
    for parameter in parameters.split_inclusive(SEPARATORS) {
        let (parameter, separator) = match parameter.char_indices().next_back() {
            Some((end, last)) if SEPARATORS.contains(&last) => parameter.split_at(end),
            _ => (parameter, ""),
        };
        match parameter.split_once('=') {
            Some((name, _)) if is_secret_parameter(name) => {
                visible(f, name)?;
                f.write_str("=")?;
                f.write_str(REDACTED)?;
            }
            _ => visible(f, parameter)?,
        }
        f.write_str(separator)?;
    }
    Ok(())
}

/// A name with percent-encoding is not read but taken for secret.
fn is_secret_parameter(name: &str) -> bool {
    name.contains('%')
        || looks_secret(name)
        || SECRET_PARAMETERS
            .iter()
            .any(|secret| name.eq_ignore_ascii_case(secret))
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
