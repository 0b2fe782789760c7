//! Text that is looked up in a table of letters by a secret, as encodings do.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::mir::{Aggregate, Call, Constant, Operand, Place, Projection, Rvalue};

use super::definitions::{Definition, computed_from, texts_in};
use super::frame::Frame;
use super::program::Program;
use super::types;
use super::values::{Label, Location, Value};

impl<'a> Frame<'_, 'a> {
    /// What an element of a table of letters tells about its index.
    pub(super) fn looked_up(&mut self, place: &Place) -> Value {
        let Some((Projection::Element(Some(index)), table)) = place.projections.split_last() else {
            return Value::default();
        };
        let ty = self.place_type(place);
        if !matches!(ty.as_str(), "u8" | "char" | "&str")
            || table.iter().any(|step| *step != Projection::Deref)
        {
            return Value::default();
        }
        let labels = self.index_labels(*index);
        if labels.is_empty() {
            return Value::default();
        }
        let is_table = match self.definition(place.local) {
            Some(Definition::Assigned(Rvalue::Aggregate {
                kind: Aggregate::Array,
                operands,
            })) => ty != "u8" && operands.iter().all(|(_, part)| is_constant(part)),
            _ => self
                .constant_of(place.local)
                .is_some_and(|constant| self.holds_letters(constant, &ty)),
        };
        Value::of(if is_table { labels } else { BTreeSet::new() })
    }

    /// The same for `TABLE.get(index)`, `TABLE.chars().nth(index)` and `char::from_digit(index, 16)`.
    pub(super) fn add_what_is_looked_up(
        &mut self,
        path: &str,
        call: &'a Call,
        result_type: &str,
        result: &mut Value,
    ) {
        let is_digit = path.ends_with("from_digit");
        let is_lookup = matches!(
            types::last_segment(&types::without_arguments(path)),
            "get" | "nth"
        );
        let [table, index] = call.arguments.as_slice() else {
            return;
        };
        let (index, table) = if is_digit {
            (table, None)
        } else {
            (index, Some(table))
        };
        let element = types::arguments(result_type)
            .first()
            .map(|ty| types::peel_references(ty).to_owned())
            .unwrap_or_default();
        if !(is_digit || is_lookup)
            || !result.is_empty()
            || !matches!(element.as_str(), "u8" | "char" | "str")
        {
            return;
        }
        let (Operand::Copy(index) | Operand::Move(index)) = index else {
            return;
        };
        let labels = self.index_labels(index.local);
        if labels.is_empty() {
            return;
        }
        let is_table = table.is_none_or(|table| {
            self.constant_behind(table)
                .is_some_and(|constant| self.holds_letters(constant, &element))
        });
        if is_table {
            result.set(&[Arc::from("Some.0")], Value::of(labels), true);
        }
    }

    /// The labels of what a number is computed from. Numbers themselves carry none.
    fn index_labels(&mut self, index: usize) -> BTreeSet<Label> {
        let origins = computed_from(self.definitions(), index);
        let values = origins.into_iter().map(|local| {
            let cell = self.cell_of(local);
            let path = Vec::new();
            self.read(&Location {
                cell,
                path: path.into_iter().collect(),
            })
        });
        values.flat_map(|value| self.state.labels(&value)).collect()
    }

    /// Whether a constant is a table of letters, and not one of numbers.
    fn holds_letters(&self, constant: &Constant, element: &str) -> bool {
        element != "u8" || is_text(&self.engine.program, constant, 3)
    }
}

/// Whether a constant is a text or is made of one.
fn is_text(program: &Program<'_>, constant: &Constant, depth: usize) -> bool {
    fn is_literal(text: &str) -> bool {
        text.starts_with('"') || text.starts_with("b\"")
    }
    let text = constant.text.trim().trim_start_matches("const ");
    let mut names = vec![text.to_owned()];
    for _ in 0..depth {
        if names.iter().any(|name| is_literal(name)) {
            return true;
        }
        names = names
            .iter()
            .filter_map(|name| program.body_named(name))
            .flat_map(|body| texts_in(program.bodies[body]))
            .map(str::to_owned)
            .collect();
    }
    false
}

fn is_constant(operand: &Operand) -> bool {
    matches!(operand, Operand::Constant(_))
}
