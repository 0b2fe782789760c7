//! [`Mask`]: showing part of a text on purpose.

mod email;
mod text;
mod url;

use core::fmt::{self, Write};

pub use text::MaskText;

use crate::placeholder::{self, REDACTED};

/// Which part of a text may be shown.
///
/// Masks work on characters and hide every kind of them, letters, digits and punctuation alike. What is hidden is
/// shown as one `[REDACTED]`, so its length does not show either. [`first_last`](Self::first_last) keeps at least half of
/// the characters hidden, and shows none where it would show more; [`email`](Self::email) and [`url`](Self::url) hide
/// the parts they name, however short those are. A character is a Unicode scalar value: an accent that is written as a
/// character of its own counts as one, and is escaped where it would fall onto the placeholder.
///
/// ```
/// use secret_core::Mask;
///
/// let card = Mask::first_last(2, 4).apply("4111-1111-1111-1234");
/// assert_eq!(card.to_string(), "41[REDACTED]1234");
/// assert_eq!(Mask::first_last(2, 4).apply("41234").to_string(), "[REDACTED]");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mask(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    All,
    FirstLast {
        first: usize,
        last: usize,
    },
    Fixed {
        stars: usize,
    },
    Email,
    Url,
    #[cfg(feature = "fingerprint")]
    Fingerprint,
}

impl Mask {
    /// Shows nothing: `[REDACTED]`.
    ///
    /// ```
    /// # use secret_core::Mask;
    /// assert_eq!(Mask::all().apply("hunter2").to_string(), "[REDACTED]");
    /// ```
    pub const fn all() -> Self {
        Self(Kind::All)
    }

    /// Shows the first and the last characters, or nothing where that is more than half of them.
    ///
    /// ```
    /// # use secret_core::Mask;
    /// assert_eq!(Mask::first_last(2, 1).apply("añ!5-678").to_string(), "añ[REDACTED]8");
    /// ```
    pub const fn first_last(first: usize, last: usize) -> Self {
        Self(Kind::FirstLast { first, last })
    }

    /// Shows so many stars, whatever the text; for none, `[REDACTED]`.
    ///
    /// ```
    /// # use secret_core::Mask;
    /// assert_eq!(Mask::fixed(8).apply("1234").to_string(), "********");
    /// ```
    pub const fn fixed(stars: usize) -> Self {
        Self(Kind::Fixed { stars })
    }

    /// Shows the domain of an e-mail address and the first character before it; of anything else, nothing.
    ///
    /// ```
    /// # use secret_core::Mask;
    /// assert_eq!(Mask::email().apply("ada@example.com").to_string(), "a[REDACTED]@example.com");
    /// assert_eq!(Mask::email().apply("p@ss").to_string(), "[REDACTED]");
    /// ```
    pub const fn email() -> Self {
        Self(Kind::Email)
    }

    /// Shows a URL or connection string without its password and without the values of secret-looking parameters.
    ///
    /// Hidden are the password (all of the userinfo where it has none, since that is a token more often than a name)
    /// and, in the query, fragment and `;` parameters, the values of names that
    /// [say secret](crate::words::looks_secret), of `code`, of names that end in `key`, `sig`, `signature`, `session` and
    /// the like, and of URLs with a userinfo of their own. Secrets are often not encoded as they should be: a hidden
    /// value reaches to the next `&name=`, and where it cannot be told where the password ends, all is hidden. So is text
    /// that is no URL. A secret in a *path* or in a parameter with a harmless name is not recognised.
    ///
    /// ```
    /// # use secret_core::Mask;
    /// let dsn = Mask::url().apply("postgres://app:hunter2@db:5432/app?sslmode=require&sslpassword=x");
    /// assert_eq!(dsn.to_string(), "postgres://app:[REDACTED]@db:5432/app?sslmode=require&sslpassword=[REDACTED]");
    /// ```
    pub const fn url() -> Self {
        Self(Kind::Url)
    }

    /// Shows a [`Fingerprint`](crate::Fingerprint) of the text under the key of this process.
    ///
    /// ```
    /// # use secret_core::Mask;
    /// let shown = Mask::fingerprint().apply("hunter2").to_string();
    /// assert!(shown.starts_with("[REDACTED #"));
    /// ```
    #[cfg(feature = "fingerprint")]
    pub const fn fingerprint() -> Self {
        Self(Kind::Fingerprint)
    }

    /// The text as it may be shown.
    ///
    /// ```
    /// # use secret_core::Mask;
    /// println!("paid with {}", Mask::first_last(0, 4).apply("4111111111111234"));
    /// ```
    pub const fn apply(self, text: &str) -> Masked<'_> {
        Masked { mask: self, text }
    }
}

/// A text under a [`Mask`]. Its `Display` and `Debug` show what the mask leaves; control characters and
/// invisible ones in that are escaped, so that a masked text cannot forge a log line.
///
/// ```
/// # use secret_core::Mask;
/// let forged = Mask::first_last(1, 0).apply("\nadmin logged in");
/// assert_eq!(forged.to_string(), "\\n[REDACTED]");
/// ```
#[derive(Clone, Copy)]
pub struct Masked<'a> {
    mask: Mask,
    text: &'a str,
}

impl fmt::Display for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.mask.0 {
            Kind::All => placeholder::pad(f, REDACTED),
            Kind::FirstLast { first, last } => first_last(f, self.text, first, last),
            // Nothing at all would look like an empty value.
            Kind::Fixed { stars: 0 } => placeholder::pad(f, REDACTED),
            Kind::Fixed { stars } => (0..stars).try_for_each(|_| f.write_char('*')),
            Kind::Email => email::mask(f, self.text),
            Kind::Url => url::mask(f, self.text),
            #[cfg(feature = "fingerprint")]
            Kind::Fingerprint => write!(
                f,
                "[REDACTED {}]",
                crate::Fingerprint::of(self.text.as_bytes())
            ),
        }
    }
}

impl fmt::Debug for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Writes the first and last characters around a placeholder, or the placeholder alone.
fn first_last(f: &mut fmt::Formatter<'_>, text: &str, first: usize, last: usize) -> fmt::Result {
    let shown = first.saturating_add(last);
    let length = text.chars().count();
    if shown == 0 || shown > length / 2 {
        return placeholder::pad(f, REDACTED);
    }
    let (head, rest) = text.split_at(offset(text, first));
    let tail = &rest[offset(rest, length - shown)..];
    visible(f, head)?;
    f.write_str(REDACTED)?;
    visible(f, tail)
}

/// The offset in bytes of the character at `index`.
fn offset(text: &str, index: usize) -> usize {
    text.char_indices()
        .nth(index)
        .map_or(text.len(), |(offset, _)| offset)
}

/// Writes text that may be shown, with what could change the text around it escaped.
fn visible(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    text.chars().enumerate().try_for_each(|(index, character)| {
        if character.is_control() || is_invisible(character) || (index == 0 && joins(character)) {
            write!(f, "{}", character.escape_default())
        } else {
            f.write_char(character)
        }
    })
}

/// Characters without a shape of their own that order, join or break the text around them: zero-width, line and
/// paragraph separators, and the bidirectional controls (Unicode Standard Annex #9, section 2).
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Whether the character would be drawn onto the one before it. The standard library tells by what it escapes: more
/// than a backslash and a letter.
fn joins(character: char) -> bool {
    character.escape_debug().len() > 2
}
