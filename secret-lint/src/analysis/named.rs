//! What is read under a name that says secret: a variable of the environment, a header of a request.

use std::collections::BTreeSet;

use crate::mir::{Constant, Operand, Rvalue, Span, StatementKind};
use crate::model::Kind;
use crate::source::words;

use super::calls::Argument;
use super::frame::Frame;
use super::types;
use super::values::{Label, UNDER_NAME, Value};

/// Headers whose names say secret, and that answer yes or no.
const HARMLESS_HEADERS: &str = "access-control-";

/// Words at the end of a name that say that the value is a setting, whatever precedes: `SECRET_LINT_LEVELS` is of a
/// program called so, and `DB_SECRET_ARN` says where the secret is. More than the word rules of the derive have, since a
/// field is in the midst of its type, and the names of a program's variables begin with its name.
const SETTINGS: &[&str] = &[
    "arn",
    "backend",
    "bin",
    "cmd",
    "command",
    "conf",
    "config",
    "configuration",
    "debug",
    "delay",
    "directory",
    "disabled",
    "driver",
    "enable",
    "env",
    "environment",
    "feature",
    "features",
    "folder",
    "format",
    "group",
    "helper",
    "label",
    "level",
    "levels",
    "lint",
    "lints",
    "location",
    "log",
    "manager",
    "namespace",
    "prefix",
    "profile",
    "program",
    "project",
    "region",
    "seconds",
    "secs",
    "service",
    "store",
    "strategy",
    "suffix",
    "threshold",
    "user",
    "username",
];

/// Longer texts are no names.
const LONGEST_NAME: usize = 80;

/// Whether a text is a name that says secret.
pub(super) fn is_secret(name: &str) -> bool {
    let is_name = name.len() <= LONGEST_NAME
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "_-.".contains(character));
    let is_harmless = name.get(..HARMLESS_HEADERS.len()).is_some_and(|start| {
        start
            .replace('_', "-")
            .eq_ignore_ascii_case(HARMLESS_HEADERS)
    });
    let is_setting = words::last_word(name).is_some_and(|last| {
        SETTINGS
            .iter()
            .any(|setting| setting.eq_ignore_ascii_case(last))
    });
    is_name && !is_harmless && !is_setting && words::looks_secret(name)
}

fn literal(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.strip_suffix('"')
}

impl<'a> Frame<'_, 'a> {
    /// The text that a constant is: a literal, another constant that is one, or the name of a header, which is called
    /// so.
    pub(super) fn name_of<'c>(&self, constant: &'c Constant, text: &'c str) -> Option<&'c str>
    where
        'a: 'c,
    {
        if let Some(name) = literal(text) {
            return Some(name);
        }
        let ty = constant.ty.as_deref()?;
        if types::last_segment(ty) == "HeaderName" {
            return Some(types::last_segment(text));
        }
        if ty != "&str" {
            return None;
        }
        let body = self.constant_body(text)?;
        let body = self.engine.program.bodies[body];
        let [block] = body.blocks.as_slice() else {
            return None;
        };
        let [statement] = block.statements.as_slice() else {
            return None;
        };
        match &statement.kind {
            StatementKind::Assign(_, Rvalue::Use(Operand::Constant(constant))) => {
                literal(constant.text.trim().trim_start_matches("const "))
            }
            _ => None,
        }
    }

    /// A name. It is no secret; what is read under it is.
    pub(super) fn name(&mut self, name: &str, span: Option<&Span>) -> Value {
        let mut value = Value::default();
        if let Some(span) = span {
            let label = format!("what `{name}` names is read");
            let origins = &mut self.engine.origins;
            let number = origins.number(span.clone(), &label, Kind::Exposed);
            let secret = Value::of(BTreeSet::from([Label::Source(number)]));
            value.set(&[UNDER_NAME.into()], secret, true);
        }
        value
    }

    /// What a function reads that is called with a name. Where the name is the caller's, the caller knows.
    pub(super) fn read_under(&mut self, name: &Argument, label: &str) -> BTreeSet<Label> {
        let value = self.state.select(&name.value, &[UNDER_NAME.into()]);
        let here = self.here();
        self.state
            .labels(&value)
            .into_iter()
            .map(|of| match (of, &here) {
                (Label::Source(_), Some(here)) => Label::Source(self.engine.origins.number(
                    here.clone(),
                    label,
                    Kind::Exposed,
                )),
                (of, _) => of,
            })
            .collect()
    }

    /// What a source gives, in its result: an error says that there is none.
    pub(super) fn found(&mut self, labels: BTreeSet<Label>, result_type: &str) -> Value {
        let mut value = self.spread(labels, result_type, 0);
        if types::last_segment(types::base(result_type)) == "Result" {
            value.fields.remove("Err.0");
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_says_what_a_variable_holds() {
        for name in [
            "API_KEY",
            "GITHUB_TOKEN",
            "GITHUB_TOKEN_2",
            "DB_PASSWORD_PROD",
            "TOKEN_FOR_BOT",
            "SECRET_LINT_TOKEN",
            "CONFIG_SECRET",
            "LOG_LEVEL_PASSWORD",
            "authorization",
            "x-api-key",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "SECRET_LINT_CONFIG",
            "SECRET_LINT_LEVELS",
            "SECRET_LINT_MODE",
            "TOKEN_LOG_LEVEL",
            "PASSWORD_FILE",
            "CREDENTIALS_DIR",
            "CREDENTIALS_DIRECTORY",
            "DB_SECRET_ARN",
            "PASSWORD_STORE",
            "TOKEN_URL",
            "COOKIE_PREFIX",
            "access-control-allow-credentials",
            "what is the password?",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
