//! The literals that are followed: what looks like a secret, what a derive shows in place of one, and names of headers.

use std::collections::BTreeSet;

use crate::mir::{Operand, Rvalue, Span, StatementKind};
use crate::model::Kind;
use crate::source::secret_literal::is_secret_literal;

use super::calls::Argument;
use super::frame::Frame;
use super::spans;
use super::values::{Function, Label, Value};

/// The constant that stands for every name of a header that authorizes.
const AUTHORIZATION: &str = "http::header::AUTHORIZATION";

/// Such names in small letters.
const HEADERS: &[&str] = &[
    "authorization",
    "proxy-authorization",
    "x-api-key",
    "x-auth-token",
    "api-key",
];

/// What the derive of `secret_core` writes for a field.
pub(super) const PLACEHOLDER: &str = "[REDACTED]";

/// Modules of std in which what comes out is looked up by what goes in.
const LOOKUPS: &[&str] = &[
    "std::collections::",
    "std::env::",
    "std::fs::",
    "std::net::",
    "std::process::",
];

/// What stands between the quotes of `"…"` or `b"…"`, with escapes as written.
pub(super) fn content(text: &str) -> Option<&str> {
    let text = text.strip_prefix('b').unwrap_or(text);
    text.strip_prefix('"')?.strip_suffix('"')
}

/// Whether a literal is followed anywhere.
pub(super) fn is_followed(content: &str) -> bool {
    content.contains(PLACEHOLDER)
        || HEADERS
            .iter()
            .any(|name| name.eq_ignore_ascii_case(content))
        || is_secret_literal(content)
}

/// Whether a function that nothing is known about gives out the text that it gets. A name for something that is looked up
/// looks like a secret as well.
pub(super) fn pass_through(name: &str) -> bool {
    let of = name.split("::").next().unwrap_or_default();
    matches!(of, "std" | "core" | "alloc" | "str" | "slice")
        && !LOOKUPS.iter().any(|module| name.starts_with(module))
}

/// The name of a header that authorizes, as text or as the constant for it is called.
pub(super) fn header(name: &str) -> Option<Value> {
    let name = name.replace('_', "-");
    let is_header = HEADERS
        .iter()
        .any(|header| header.eq_ignore_ascii_case(&name));
    is_header.then(|| Value {
        functions: BTreeSet::from([Function {
            path: AUTHORIZATION.into(),
            bindings: super::Bindings::new(),
            is_closure: false,
        }])
        .into(),
        ..Value::default()
    })
}

impl Frame<'_, '_> {
    /// What a literal is, as printed; nothing if it is none.
    pub(super) fn literal(&mut self, text: &str, span: Option<&Span>) -> Option<Value> {
        let content = content(text)?;
        let kind = if is_secret_literal(content) {
            Kind::Literal
        } else if content.contains(PLACEHOLDER) && self.is_derived() {
            Kind::Placeholder
        } else {
            return Some(header(content).unwrap_or_default());
        };
        let label = match kind {
            Kind::Literal => "written here",
            _ => "shown as `[REDACTED]` here",
        };
        let span = span.filter(|span| spans::is_users(self.engine.texts, span));
        let labels = span.map(|span| {
            let number = self.engine.origins.number(span.clone(), label, kind);
            Label::Source(number)
        });
        Some(Value::of(labels.into_iter().collect()))
    }

    /// The literal that a constant stands for. rustc prints it without a place; it is taken to be where it is used.
    pub(super) fn named_literal(&mut self, body: usize, span: Option<&Span>) -> Option<Value> {
        let body = self.engine.program.bodies[body];
        let [block] = body.blocks.as_slice() else {
            return None;
        };
        let [statement] = block.statements.as_slice() else {
            return None;
        };
        match &statement.kind {
            StatementKind::Assign(_, Rvalue::Use(Operand::Constant(constant)))
                if constant.span.is_none() =>
            {
                self.literal(constant.text.trim_start_matches("const "), span)
            }
            _ => None,
        }
    }

    /// Whether an argument is the name of a header that authorizes.
    pub(super) fn is_authorizing(&self, argument: Option<&Argument>) -> bool {
        argument.is_some_and(|argument| {
            self.state
                .follow(&argument.value)
                .functions
                .iter()
                .any(|function| function.path.ends_with("AUTHORIZATION"))
        })
    }

    /// Takes literals out.
    pub(super) fn retain_no_literals(&self, labels: &mut BTreeSet<Label>) {
        labels.retain(|label| {
            !matches!(label, Label::Source(number) if self.engine.origins.kind(*number) == Kind::Literal)
        });
    }
}
