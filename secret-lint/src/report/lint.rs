//! The rules by name: what each is called, how strict it is unless told otherwise, and what `--explain` says about it.

use super::Lint;
use super::levels::Level;

impl Lint {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 11] = [
        Self::SecretInLog,
        Self::SecretInError,
        Self::SecretInUrl,
        Self::SecretInArgs,
        Self::SecretToPlain,
        Self::UndeclaredSecret,
        Self::HardcodedSecret,
        Self::CommittedSecretFile,
        Self::RedactedOnTheWire,
        Self::UnusedAllow,
        Self::AllowWithoutReason,
    ];

    /// As people write it: `secret_in_log`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SecretInLog => "secret_in_log",
            Self::SecretInError => "secret_in_error",
            Self::SecretInUrl => "secret_in_url",
            Self::SecretInArgs => "secret_in_args",
            Self::SecretToPlain => "secret_to_plain",
            Self::UndeclaredSecret => "undeclared_secret",
            Self::HardcodedSecret => "hardcoded_secret",
            Self::CommittedSecretFile => "committed_secret_file",
            Self::RedactedOnTheWire => "redacted_on_the_wire",
            Self::UnusedAllow => "unused_allow",
            Self::AllowWithoutReason => "allow_without_reason",
        }
    }

    /// The rule of that name. As rustc does, it takes `-` for `_`.
    ///
    /// ```
    /// use secret_lint::report::Lint;
    ///
    /// assert_eq!(Lint::from_name("secret-in-log"), Some(Lint::SecretInLog));
    /// assert_eq!(Lint::from_name("dead_code"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.replace('-', "_");
        Self::ALL.into_iter().find(|lint| lint.name() == name)
    }

    /// The rule that a misspelt name most likely means.
    #[must_use]
    pub fn nearest(name: &str) -> Option<Self> {
        /// As `strsim` says it: two swapped words or a few letters are at or above this, another rule is below.
        const SIMILAR: f64 = 0.8;
        let name = name.replace('-', "_");
        Self::ALL
            .into_iter()
            .map(|lint| (strsim::jaro_winkler(lint.name(), &name), lint))
            .filter(|(similarity, _)| *similarity >= SIMILAR)
            .max_by(|(left, _), (right, _)| left.total_cmp(right))
            .map(|(_, lint)| lint)
    }

    /// How strict it is unless told otherwise: rules that rest on types and data flow deny, those that rest on names warn.
    #[must_use]
    pub fn default_level(self) -> Level {
        match self {
            Self::UndeclaredSecret | Self::UnusedAllow | Self::AllowWithoutReason => Level::Warn,
            _ => Level::Deny,
        }
    }

    /// Its page, in Markdown: what it finds, why that is bad, an example, what to do.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::SecretInLog => include_str!("explain/secret_in_log.md"),
            Self::SecretInError => include_str!("explain/secret_in_error.md"),
            Self::SecretInUrl => include_str!("explain/secret_in_url.md"),
            Self::SecretInArgs => include_str!("explain/secret_in_args.md"),
            Self::SecretToPlain => include_str!("explain/secret_to_plain.md"),
            Self::UndeclaredSecret => include_str!("explain/undeclared_secret.md"),
            Self::HardcodedSecret => include_str!("explain/hardcoded_secret.md"),
            Self::CommittedSecretFile => include_str!("explain/committed_secret_file.md"),
            Self::RedactedOnTheWire => include_str!("explain/redacted_on_the_wire.md"),
            Self::UnusedAllow => include_str!("explain/unused_allow.md"),
            Self::AllowWithoutReason => include_str!("explain/allow_without_reason.md"),
        }
    }

    /// The first sentence of its page.
    #[must_use]
    pub fn summary(self) -> String {
        let paragraph = self.explanation().split("\n\n").nth(1).unwrap_or_default();
        let text = paragraph.replace('\n', " ");
        let end = text.find(". ").map_or(text.len(), |end| end + 1);
        text[..end].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::Lint;

    #[test]
    fn each_rule_has_a_page_with_the_same_parts() {
        for lint in Lint::ALL {
            let page = lint.explanation();
            assert!(
                page.starts_with(&format!("# `{}`\n\n", lint.name())),
                "{lint:?}"
            );
            for part in ["\n## Why\n", "\n## Example\n", "\n## What to do\n"] {
                assert_eq!(page.matches(part).count(), 1, "{lint:?}: {part}");
            }
            assert!(
                page.replace('\n', " ")
                    .contains(lint.default_level().past()),
                "{lint:?}: its level"
            );
            assert!(
                lint.summary().ends_with('.'),
                "{lint:?}: {}",
                lint.summary()
            );
            assert!(
                page.lines().all(|line| line.chars().count() <= 120),
                "{lint:?}"
            );
        }
    }

    #[test]
    fn names_lead_back_to_their_rules() {
        for lint in Lint::ALL {
            assert_eq!(Lint::from_name(lint.name()), Some(lint));
            assert_eq!(Lint::from_name(&lint.name().replace('_', "-")), Some(lint));
        }
        assert_eq!(Lint::nearest("secret_in_logs"), Some(Lint::SecretInLog));
        assert_eq!(
            Lint::nearest("hard_coded_secret"),
            Some(Lint::HardcodedSecret)
        );
        assert_eq!(Lint::nearest("dead_code"), None);
    }
}
