//! [`Check`]: what is refused although it could be loaded.

use crate::placeholder::is_placeholder;

/// A reason for which a secret is refused. Each can be switched off by name with
/// [`Loader::without`](crate::Loader::without).
///
/// ```
/// use secret_env::{Check, Loader};
///
/// # #[derive(serde::Deserialize)]
/// # struct Config { token: secret_core::SecretString }
/// let loader = Loader::new().variables([("TOKEN", "changeme")]);
/// assert!(loader.load::<Config>().is_err());
/// assert!(loader.without(Check::Placeholder).load::<Config>().is_ok());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Check {
    /// The secret is empty.
    Empty,
    /// It is what stands in an example file: `changeme`, `your_api_key_here`, `<token>`, `[REDACTED]`.
    Placeholder,
    /// It begins or ends with white space or a line break.
    Whitespace,
    /// It comes from a file that everybody on the machine, or in the container, can read.
    ///
    /// Containers mount secrets that way unless told otherwise. In Kubernetes, set `defaultMode: 0440` on the volume and
    /// `fsGroup` on the pod; in Docker Swarm, `mode: 0440` and the `gid` of the process; with Docker Compose, `chmod` the
    /// file on the host. Where the container has one user, switching the check off loses nothing.
    FileMode,
}

impl Check {
    /// How it is written in code.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Empty => "Check::Empty",
            Self::Placeholder => "Check::Placeholder",
            Self::Whitespace => "Check::Whitespace",
            Self::FileMode => "Check::FileMode",
        }
    }

    /// What is wrong and how it is mended, as the end of a sentence about the variable.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Empty => "the secret is empty: give it a value, or remove the variable",
            Self::Placeholder => {
                "the secret is a placeholder from an example: give it the real value"
            }
            Self::Whitespace => {
                "the secret begins or ends with white space: remove it, or load with `.trim()`"
            }
            Self::FileMode => {
                "everybody on this machine can read the file: `chmod o-r` it; for containers see `Check::FileMode`"
            }
        }
    }

    /// Which check on the text itself fails.
    pub(crate) fn of_text(text: &[u8]) -> Option<Self> {
        let trimmed = text.trim_ascii();
        if trimmed.is_empty() {
            Some(Self::Empty)
        } else if is_placeholder(trimmed) {
            Some(Self::Placeholder)
        } else if trimmed.len() < text.len() {
            Some(Self::Whitespace)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Check;

    #[test]
    fn placeholders_are_told_from_secrets() {
        for text in [
            "changeme",
            "CHANGE_ME",
            "your_api_key_here",
            "<token>",
            "<your token>",
            "${API_KEY}",
            "{{ api_key }}",
            "%TOKEN%",
            "xxxxxxxx",
            "********",
            "todo",
            "null",
            "[REDACTED]",
            "your-256-bit-secret",
            "replace this with the real key",
            "sk_test_your_key_here",
            "...",
            "example",
            " changeme\n",
            "insert-password-here",
        ] {
            assert_eq!(
                Check::of_text(text.as_bytes()),
                Some(Check::Placeholder),
                "{text}"
            );
        }
        for text in [
            "hunter2",
            "correct horse battery staple",
            "sk_live_4711abcd",
            "password",
            "secret",
            "here",
            "<b>4711</b>",
            "x",
            "1234",
            "%",
            "{\"a\":1}",
            "yourself",
            "{3F2504E0-4F89-11D3-9A0C-0305E82C3301}",
            "a-b-c",
            "key",
        ] {
            let expected = (text == "here" || text == "x").then_some(Check::Placeholder);
            assert_eq!(Check::of_text(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn white_space_and_nothing_are_refused() {
        for text in ["", " ", "\n\t"] {
            assert_eq!(Check::of_text(text.as_bytes()), Some(Check::Empty));
        }
        for text in [" k", "k\n", "k\r\n", "\tk"] {
            assert_eq!(Check::of_text(text.as_bytes()), Some(Check::Whitespace));
        }
        assert_eq!(Check::of_text(b"two words"), None);
    }
}
