//! Implementations of `Display`, `Debug`, `Serialize` and the like that open a secret themselves: each is reported where
//! it writes the secret, whether or not anything prints the type. Who prints it is not reported once more.

use std::collections::BTreeSet;

use crate::model::Kind;
use crate::report::Lint;

use super::SinkPoint;
use super::frame::Frame;
use super::types;
use super::values::{Cell, Label, Location, Path, Value};

impl Frame<'_, '_> {
    /// Reports secrets, known by their source, that the call before has written to a formatter that was passed in.
    ///
    /// They are taken out of the formatter again: callers would report them as their own.
    pub(super) fn check_formatters(&mut self) {
        for number in 1..=self.body.parameters {
            let is_formatter = self.body.locals.get(number).is_some_and(|local| {
                types::peel_references(&local.ty).starts_with("std::fmt::Formatter")
            });
            if !is_formatter {
                continue;
            }
            let location = Location {
                cell: Cell::Parameter(number),
                path: Path::default(),
            };
            let written = self.state.read(&location);
            let labels = self.state.labels(&written);
            if labels.iter().any(|label| matches!(label, Label::Source(_))) {
                let rest = self.report_shown(labels, "whoever prints this shows the secret");
                let rest = Value {
                    types: written.types,
                    functions: written.functions,
                    ..Value::of(rest)
                };
                self.state.write(&BTreeSet::from([location]), &rest, true);
            }
        }
    }

    /// Reports secrets, known by their source, that are given to a serializer that was passed in; says what is left.
    pub(super) fn check_serialized(&mut self, labels: BTreeSet<Label>) -> BTreeSet<Label> {
        if self.serializes() {
            self.report_shown(labels, "whoever serialises this writes the secret")
        } else {
            labels
        }
    }

    /// Whether the body is part of an implementation of `Serialize`: its caller says what to do with the text.
    fn serializes(&self) -> bool {
        self.body
            .locals
            .first()
            .is_some_and(|local| local.ty.contains("Serializer>::Ok"))
    }

    fn report_shown(&mut self, labels: BTreeSet<Label>, label: &str) -> BTreeSet<Label> {
        let (sources, rest) = labels
            .into_iter()
            .partition::<BTreeSet<_>, _>(|label| {
                matches!(label, Label::Source(number) if self.engine.origins.kind(*number) == Kind::Exposed)
            });
        let span = self.here();
        if sources.is_empty() || span.is_none() {
            return sources.into_iter().chain(rest).collect();
        }
        let point = SinkPoint {
            takes: Kind::Exposed,
            lint: Lint::SecretInLog,
            span,
            label: label.into(),
            is_returned: false,
        };
        self.sink(point, sources, Vec::new());
        rest
    }
}
