//! The mask for e-mail addresses.

use core::fmt;

use super::{first_last, visible};
use crate::placeholder::{self, REDACTED};

pub(super) fn mask(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    match text.rsplit_once('@') {
        Some((local, domain)) if is_domain(domain) => {
            first_last(f, local, 1, 0)?;
            f.write_str("@")?;
            visible(f, domain)
        }
        _ => placeholder::pad(f, REDACTED),
    }
}

/// Whether the text is a domain name of two labels or more, so that a password with an `@` in it is not taken for an
/// address.
fn is_domain(text: &str) -> bool {
    text.contains('.')
        && text.split('.').all(|label| {
            !label.is_empty()
                && label
                    .chars()
                    .all(|character| character.is_alphanumeric() || character == '-')
        })
}
