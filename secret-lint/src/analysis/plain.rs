//! Secrets in plain fields of types that show them: of a struct or enum of the workspace whose `Debug`, `Display` or
//! `Serialize` prints the field.
//!
//! Errors are left to `secret_in_error`. A field that is of such a type itself is looked at where it is filled.

use std::collections::BTreeSet;

use crate::mir::{Operand, Place, Projection, Span};
use crate::model::Kind;
use crate::report::Lint;

use super::frame::Frame;
use super::types;
use super::values::{Cell, Field, Label, Location, Path, Value};
use super::{Engine, SinkPoint, Summary, spans};

/// The traits that show a value, and the methods that do.
const TRAITS: [(&str, &str); 3] = [
    ("Debug", "fmt"),
    ("Display", "fmt"),
    ("Serialize", "serialize"),
];

/// A secret in a plain field, by its source; reported if the secret leaves the function.
pub(super) struct Stored {
    pub(super) point: SinkPoint,
    pub(super) source: u32,
    pub(super) path: Vec<(Span, String)>,
}

impl Engine<'_> {
    /// Whether the workspace says how a type is shown, and it is no error.
    fn is_showing(&mut self, ty: &str) -> bool {
        if ty.starts_with("std::") || types::is_number(ty) {
            return false;
        }
        if let Some(known) = self.showing.get(ty) {
            return *known;
        }
        let answer = TRAITS.iter().any(|(of, method)| {
            !self
                .program
                .implementations_of(of, method, Some(ty))
                .is_empty()
        }) && !self.program.is_error(ty);
        self.showing.insert(ty.to_owned(), answer);
        answer
    }

    /// Whether such a type is in a type.
    fn holds_showing(&mut self, ty: &str) -> bool {
        let ty = types::peel_references(ty);
        if self.is_showing(ty) {
            return true;
        }
        let mut parts = types::arguments(ty);
        parts.extend(types::tuple(ty).unwrap_or_default());
        parts.extend(types::slice_element(ty));
        parts.into_iter().any(|part| self.holds_showing(part))
    }

    /// Whether a field of this type keeps text of its own. Types with borrowed text are made for the moment, many of them
    /// to show a part of it; and what says itself how it is shown is looked at where it is made.
    fn is_plain(&mut self, ty: &str) -> bool {
        !ty.contains('&') && self.carries(ty, false) && !self.holds_showing(ty)
    }

    /// Reports what a function stored and lets out: what stays in it, nobody else can print.
    pub(super) fn report_stored(&mut self, stored: &[Stored], summary: &Summary) {
        let mut leaving = BTreeSet::new();
        let mut pending = vec![&summary.result];
        pending.extend(summary.cells.values());
        while let Some(value) = pending.pop() {
            leaving.extend(&value.labels);
            pending.extend(value.fields.values());
        }
        for Stored {
            point,
            source,
            path,
        } in stored
        {
            if leaving.contains(&Label::Source(*source)) {
                self.report(point, *source, path);
            }
        }
    }

    /// Takes out reports of stored secrets that are reported as printed as well.
    pub(super) fn keep_unprinted(&mut self) {
        let printed = self
            .findings
            .keys()
            .filter(|(_, lint, _)| matches!(lint, Lint::SecretInLog | Lint::SecretInError))
            .map(|(_, _, source)| *source)
            .collect::<BTreeSet<_>>();
        self.findings.retain(|(_, lint, source), _| {
            *lint != Lint::SecretToPlain || !printed.contains(source)
        });
    }
}

impl Frame<'_, '_> {
    /// Looks at a struct or enum that is made of these.
    pub(super) fn check_made(
        &mut self,
        name: &str,
        ty: &str,
        operands: &[(Option<String>, Operand)],
        value: &Value,
        span: Option<&Span>,
    ) {
        if !self.engine.is_showing(ty) || self.state.labels(value).is_empty() || self.is_derived() {
            return;
        }
        let mut plain = value.clone();
        for (number, (_, operand)) in operands.iter().enumerate() {
            let part = self.operand_type(operand);
            if !self.engine.is_plain(&part) {
                let field = number.to_string();
                plain.fields.retain(|name, _| {
                    types::last_segment(name).rsplit('.').next() != Some(field.as_str())
                });
            }
        }
        let is_constructor = types::without_arguments(name) == self.body.path;
        self.store(&plain, ty, span.filter(|_| !is_constructor));
    }

    /// Looks at a place that is part of something, and gets a value.
    pub(super) fn check_assigned(&mut self, place: &Place, value: &Value, span: Option<&Span>) {
        if place.projections.is_empty() || self.state.labels(value).is_empty() || self.is_derived()
        {
            return;
        }
        let ty = self.place_type(place);
        if !self.engine.is_plain(&ty) {
            return;
        }
        for length in 0..place.projections.len() {
            let (before, after) = place.projections.split_at(length);
            if matches!(before.last(), Some(Projection::Downcast(_))) {
                continue;
            }
            let Some(path) = fields(after) else { continue };
            let owner = self.place_type(&Place {
                local: place.local,
                projections: before.to_vec(),
            });
            if self.engine.is_showing(&owner) {
                let mut whole = Value::default();
                whole.set(&path, value.clone(), true);
                if self.store(&whole, &owner, span) {
                    return;
                }
            }
        }
        if matches!(place.projections.last(), Some(Projection::Deref)) {
            let (locations, _) = self.resolve(place);
            self.check_parts(&locations, value, span);
        }
    }

    /// Looks at parts of variables to which a function of another crate writes by a reference.
    pub(super) fn check_written(&mut self, locations: &BTreeSet<Location>, value: &Value) {
        if locations.iter().any(|location| !location.path.is_empty())
            && !self.state.labels(value).is_empty()
        {
            let here = self.here();
            self.check_parts(locations, value, here.as_ref());
        }
    }

    fn check_parts(&mut self, locations: &BTreeSet<Location>, value: &Value, span: Option<&Span>) {
        for location in locations {
            let (Cell::Local(number) | Cell::Parameter(number)) = location.cell else {
                continue;
            };
            if location.path.is_empty() {
                continue;
            }
            let ty = self.local_type(number);
            let ty = types::peel_references(&ty);
            if self.engine.is_showing(ty) && !self.state.labels(value).is_empty() {
                let mut whole = Value::default();
                whole.set(&location.path, value.clone(), true);
                self.store(&whole, ty, span);
            }
        }
    }

    /// Notes a value of a type that shows what is in it; says whether it does.
    fn store(&mut self, value: &Value, ty: &str, span: Option<&Span>) -> bool {
        if self.state.labels(value).is_empty() {
            return false;
        }
        for (of, method) in TRAITS {
            if self
                .engine
                .program
                .implementations_of(of, method, Some(ty))
                .is_empty()
            {
                continue;
            }
            let shown = self.format(value, ty, of, 0);
            if shown.is_empty() {
                continue;
            }
            let name = types::last_segment(types::base(ty));
            let point = SinkPoint {
                takes: Kind::Exposed,
                lint: Lint::SecretToPlain,
                span: span
                    .filter(|span| spans::is_users(self.engine.texts, span))
                    .cloned(),
                label: format!("this puts the secret where `{of}` of `{name}` shows it").into(),
                is_returned: false,
            };
            self.sink(point, shown, Vec::new());
            return true;
        }
        false
    }
}

/// The steps into a value that projections are, if no reference is on the way.
fn fields(projections: &[Projection]) -> Option<Path> {
    let mut path = Path::default();
    let mut variant: Option<&str> = None;
    for projection in projections {
        match projection {
            Projection::Deref => return None,
            Projection::Downcast(name) => variant = Some(name),
            Projection::Field(number, _) => {
                let field: Field = match variant.take() {
                    Some(variant) => format!("{variant}.{number}").into(),
                    None => number.to_string().into(),
                };
                path = path.child(&field);
            }
            Projection::Element(_) | Projection::ElementAt(_) => path = path.child(&"[]".into()),
            Projection::Slice => {}
        }
    }
    (!path.is_empty()).then_some(path)
}
