//! What is printed in place of a secret.

use core::fmt::{self, Write};

use crate::error::SecretError;

/// What `Debug` and `Display` of every secret print, padding and `{:#?}` included.
///
/// ```
/// # use secret_core::{REDACTED, SecretString};
/// let key = SecretString::from(String::from("k-4711"));
/// assert_eq!(key.to_string(), REDACTED);
/// assert_eq!(format!("{key:>12}"), "  [REDACTED]");
/// ```
pub const REDACTED: &str = "[REDACTED]";

/// Refuses the placeholder as a value: redacted output fed back in is a mistake, not a password.
pub(crate) fn refuse(value: &[u8]) -> Result<(), SecretError> {
    if value == REDACTED.as_bytes() {
        return Err(SecretError::AlreadyRedacted);
    }
    Ok(())
}

/// Writes `text` with the formatter's width, fill and alignment.
///
/// Unlike [`fmt::Formatter::pad`] it ignores the precision: half a placeholder is harder to search for, and a
/// precision meant for the value must not change what stands in its place.
#[inline]
pub(crate) fn pad(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    match f.width() {
        None => f.write_str(text),
        Some(width) => pad_to(f, text, width),
    }
}

#[cold]
fn pad_to(f: &mut fmt::Formatter<'_>, text: &str, width: usize) -> fmt::Result {
    pad_between(f, text.chars().count(), width, |f| f.write_str(text))
}

/// Lets `write` write so many characters between the padding that the formatter asks for.
#[cfg(feature = "derive")]
pub(crate) fn pad_around(
    f: &mut fmt::Formatter<'_>,
    length: usize,
    write: impl FnOnce(&mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    let width = f.width().unwrap_or_default();
    pad_between(f, length, width, write)
}

fn pad_between(
    f: &mut fmt::Formatter<'_>,
    length: usize,
    width: usize,
    write: impl FnOnce(&mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    let missing = width.saturating_sub(length);
    let before = match f.align() {
        Some(fmt::Alignment::Right) => missing,
        Some(fmt::Alignment::Center) => missing / 2,
        Some(fmt::Alignment::Left) | None => 0,
    };
    let fill = f.fill();
    for _ in 0..before {
        f.write_char(fill)?;
    }
    write(f)?;
    for _ in before..missing {
        f.write_char(fill)?;
    }
    Ok(())
}

/// A value whose `Debug` and `Display` are [`REDACTED`].
#[derive(Clone, Copy)]
pub(crate) struct Placeholder;

impl fmt::Debug for Placeholder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, REDACTED)
    }
}

impl fmt::Display for Placeholder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, REDACTED)
    }
}
