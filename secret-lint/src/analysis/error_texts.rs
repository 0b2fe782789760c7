//! Errors that are text: `Err(format!(…))`, where it leaves the workspace as the error of a function that nobody calls.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::mir::{Aggregate, Body, Call, Callee, Operand, Span, Terminator};
use crate::model::Kind;
use crate::report::Lint;

use super::frame::Frame;
use super::spans;
use super::types::{self, CalleePath};
use super::values::{Field, Label, Value};
use super::{Engine, SinkPoint};

/// A text in an error that counts if the function gives the error out.
#[derive(Clone, Debug)]
pub(super) struct ErrorText {
    pub(super) point: SinkPoint,
    pub(super) source: u32,
    pub(super) path: Vec<(Span, String)>,
    /// The function where the secret is exposed.
    pub(super) function: String,
}

impl Frame<'_, '_> {
    /// `Err(format!(…))`.
    pub(super) fn check_error_text(
        &mut self,
        kind: &Aggregate,
        ty: &str,
        operand: &Operand,
        value: &Value,
    ) {
        let Aggregate::Named(name) = kind else {
            return;
        };
        if !is_text_error(ty) || !types::without_arguments(name).ends_with("Result::Err") {
            return;
        }
        if let Some(block) = formatted_operand(self.body, operand) {
            let span = spans::of_call(self.engine.texts, self.body, block);
            self.error_text(span, value);
        }
    }

    /// `map_err(|e| format!(…))`, `ok_or(format!(…))`, `ok_or_else(|| format!(…))`.
    pub(super) fn check_error_call(
        &mut self,
        path: &str,
        call: &Call,
        functions: &Value,
        result: &Value,
        result_type: &str,
    ) {
        if !is_text_error(result_type) {
            return;
        }
        let callee = CalleePath::parse(path);
        if !matches!(callee.method(), "map_err" | "ok_or" | "ok_or_else") {
            return;
        }
        let error = self.state.select(result, &[Field::from("Err.0")]);
        let last = call.arguments.last();
        if let Some(block) = last.and_then(|operand| formatted_operand(self.body, operand)) {
            let span = spans::of_call(self.engine.texts, self.body, block);
            self.error_text(span, &error);
        }
        for function in &functions.functions {
            let program = &self.engine.program;
            let body = program
                .body_named(&function.path)
                .or_else(|| program.closure(&function.path))
                .map(|index| program.bodies[index]);
            if let Some(body) = body
                && let Some(block) = formatted(body, 0)
            {
                let span = spans::of_call(self.engine.texts, body, block);
                self.error_text(span, &error);
            }
        }
    }

    fn error_text(&mut self, span: Option<Span>, value: &Value) {
        let labels = self.state.labels(value);
        if span.is_none() || labels.is_empty() {
            return;
        }
        let point = SinkPoint {
            lint: Lint::SecretInError,
            takes: Kind::Exposed,
            span,
            label: "this puts the secret into an error".into(),
            is_returned: true,
        };
        self.sink(point, labels, Vec::new());
    }
}

impl Engine<'_> {
    /// Reports the error texts that get out of the functions that nobody calls.
    pub(super) fn report_error_texts(&mut self) {
        let called = self.program.called_names();
        for text in std::mem::take(&mut self.error_texts) {
            if called.contains(types::last_segment(&text.function)) {
                continue;
            }
            let label = BTreeSet::from([Label::Source(text.source)]);
            let coroutine = format!("{}::{{closure#0}}", text.function);
            let gets_out = self.instances.iter().any(|instance| {
                let path = &self.program.bodies[instance.body].path;
                let fields: &[&str] = if *path == text.function {
                    &["Err.0"]
                } else if *path == coroutine {
                    &["Ready.0", "Err.0"]
                } else {
                    return false;
                };
                let mut value = instance.summary.result.clone();
                for field in fields {
                    value = value.field(&Arc::from(*field));
                }
                value.limit(0);
                !value.labels.is_disjoint(&label)
            });
            if gets_out {
                self.report(&text.point, text.source, &text.path);
            }
        }
    }
}

/// `Result<T, String>` and its like.
fn is_text_error(ty: &str) -> bool {
    types::last_segment(types::base(ty)) == "Result"
        && types::arguments(ty).get(1).is_some_and(|error| {
            *error == "std::string::String" || error.starts_with("std::borrow::Cow<")
        })
}

fn formatted_operand(body: &Body, operand: &Operand) -> Option<usize> {
    match operand {
        Operand::Move(place) if place.projections.is_empty() => formatted(body, place.local),
        _ => None,
    }
}

/// The block that makes the content of a variable by `format!`.
fn formatted(body: &Body, local: usize) -> Option<usize> {
    body.blocks
        .iter()
        .position(|block| match &block.terminator {
            Terminator::Call(Call {
                callee: Callee::Path(path),
                destination,
                arguments,
                ..
            }) if destination.local == local && destination.projections.is_empty() => {
                path.ends_with("fmt::format")
                    || path.contains("must_use::<std::string::String>")
                        && matches!(arguments.as_slice(), [Operand::Move(_)])
            }
            _ => false,
        })
}

/// The function that a closure stands in.
pub(super) fn function_of(path: &str) -> &str {
    path.find("::{closure").map_or(path, |at| &path[..at])
}
