//! Fields that `#[redact]` marks, and those that the model lists: they are secrets wherever they are read.
//!
//! The derive's own code says which fields those are. It hands each of them to the support code that hides it, and that
//! stands in the compiled `Debug`, at no cost beyond it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::mir::{
    Aggregate, Body, Callee, Crate, Operand, Place, Projection, Rvalue, StatementKind, Terminator,
};

use crate::model::Kind;

use super::frame::Frame;
use super::spans;
use super::types;
use super::values::{Cell, Label, Location, Path, Value};

const LABEL: &str = "this field is marked `#[redact]`";

const LISTED_LABEL: &str = "this field is listed as a secret";

/// What a field that holds a URL with a password in it is labelled: it belongs into a URL.
pub(super) const URL_LABEL: &str = "this field is marked `#[redact(url)]`";

/// What the derive hands a marked field to.
const HIDING: [&str; 4] = [
    "__private::Marked",
    "__private::masked",
    "__private::with",
    "__private::Wipe",
];

/// The marked fields of a type, as steps into a value, and what a report says there.
type Fields = BTreeMap<String, &'static str>;

/// The marked fields of all types.
#[derive(Default)]
pub(super) struct Marks {
    /// By the last word of the type: its crate and its path there, and its fields.
    of_types: HashMap<String, BTreeMap<(usize, String), Fields>>,
    /// The names of the crates.
    crates: Vec<String>,
}

impl Marks {
    /// What the derives in these crates say, and the model: the type of each field and its name.
    pub(super) fn new(crates: &[Crate], listed: &[(String, String)]) -> Self {
        let mut marks = Self::default();
        for (number, of) in crates.iter().enumerate() {
            marks.crates.push(of.name.clone());
            for body in &of.bodies {
                if body.path.contains("<impl at ") {
                    marks.read(number, body);
                }
                if !listed.is_empty() {
                    marks.find(number, &of.name, body, listed);
                }
            }
        }
        marks
    }

    fn read(&mut self, crate_number: usize, body: &Body) {
        let Some(local) = body.locals.get(1) else {
            return;
        };
        let path = types::base(types::peel_references(&local.ty));
        for (operand, label) in hidden(body) {
            if let Some(field) = field_of_self(body, operand) {
                self.add(crate_number, path, field, label);
            }
        }
    }

    /// The numbers of the listed fields. Where a type is made, its fields have names.
    fn find(
        &mut self,
        crate_number: usize,
        crate_name: &str,
        body: &Body,
        listed: &[(String, String)],
    ) {
        let statements = body.blocks.iter().flat_map(|block| &block.statements);
        for statement in statements {
            let StatementKind::Assign(place, Rvalue::Aggregate { kind, operands }) =
                &statement.kind
            else {
                continue;
            };
            let Aggregate::Named(path) = kind else {
                continue;
            };
            let path = types::without_arguments(path);
            let full = format!("{crate_name}::{path}");
            for (of, name) in listed.iter().filter(|(of, _)| *of == path || *of == full) {
                let number = operands.iter().enumerate().find(|(number, (field, _))| {
                    field.as_ref() == Some(name) || number.to_string() == *name
                });
                let Some((number, _)) = number else { continue };
                let ty = type_at(body, place);
                let variant = (types::last_segment(ty) != types::last_segment(of))
                    .then(|| types::last_segment(of));
                self.add(crate_number, ty, name_of(variant, number), LISTED_LABEL);
            }
        }
    }

    fn add(&mut self, crate_number: usize, path: &str, field: String, label: &'static str) {
        let of_name = self
            .of_types
            .entry(types::last_segment(path).to_owned())
            .or_default();
        let fields = of_name.entry((crate_number, path.to_owned())).or_default();
        let known = fields.entry(field).or_insert(label);
        if label == URL_LABEL {
            *known = label;
        }
    }

    /// What a report says of the marked field that a place of a body is, or is in.
    pub(super) fn label(
        &self,
        crate_number: usize,
        body: &Body,
        place: &Place,
    ) -> Option<&'static str> {
        let (label, ..) = self.find_marked(crate_number, body, place)?;
        Some(label)
    }

    /// The type that has the marked field which a place of a body is, or is in, and the field's step.
    pub(super) fn field<'b>(
        &self,
        crate_number: usize,
        body: &'b Body,
        place: &'b Place,
    ) -> Option<(&'b str, String)> {
        let (_, ty, field) = self.find_marked(crate_number, body, place)?;
        Some((ty, field))
    }

    fn find_marked<'b>(
        &self,
        crate_number: usize,
        body: &'b Body,
        place: &'b Place,
    ) -> Option<(&'static str, &'b str, String)> {
        if self.of_types.is_empty() || place.projections.is_empty() {
            return None;
        }
        let mut ty: &str = body.locals.get(place.local).map_or("", |local| &local.ty);
        let mut variant = None;
        let mut found = None;
        for projection in &place.projections {
            match projection {
                Projection::Deref => {
                    ty = types::pointee(ty)
                        .or_else(|| types::arguments(ty).first().copied())
                        .unwrap_or_default();
                }
                Projection::Downcast(name) => variant = Some(name.as_str()),
                Projection::Field(number, field_type) => {
                    let name = name_of(variant, *number);
                    let fields = self.of(crate_number, types::base(ty));
                    if let (None, Some(label)) = (&found, fields.and_then(|of| of.get(&name))) {
                        found = Some((*label, types::base(ty), name));
                    }
                    ty = field_type;
                    variant = None;
                }
                Projection::Element(_) | Projection::ElementAt(_) => {
                    ty = types::slice_element(ty).unwrap_or_default();
                }
                Projection::Slice => {}
            }
        }
        found
    }

    /// The marked fields of a type that a body of a crate names so.
    fn of(&self, crate_number: usize, path: &str) -> Option<&Fields> {
        let known = self.of_types.get(types::last_segment(path))?;
        let found = known.iter().find(|((of, known), _)| {
            *of == crate_number && known == path
                || path
                    .strip_prefix(self.crates[*of].as_str())
                    .and_then(|rest| rest.strip_prefix("::"))
                    .is_some_and(|rest| rest == known)
        });
        // A re-export is printed in place of where the type stands.
        let reexported = || {
            let (root, _) = path.split_once("::")?;
            let mut of_crate = known.iter().filter(|((of, _), _)| self.crates[*of] == root);
            of_crate.next().filter(|_| of_crate.next().is_none())
        };
        found.or_else(reexported).map(|(_, fields)| fields)
    }
}

/// The path of the type of a place that something is put into.
fn type_at<'b>(body: &'b Body, place: &'b Place) -> &'b str {
    let of_field = place
        .projections
        .iter()
        .rev()
        .find_map(|projection| match projection {
            Projection::Field(_, ty) => Some(ty),
            _ => None,
        });
    let ty = of_field.or_else(|| body.locals.get(place.local).map(|local| &local.ty));
    types::base(types::peel_references(ty.map_or("", |ty| ty)))
}

/// What a body hands to the support code.
fn hidden(body: &Body) -> Vec<(&Operand, &'static str)> {
    let hides = |path: &str| {
        let path = types::without_arguments(path);
        HIDING.iter().any(|end| path.ends_with(end))
    };
    let mut found = Vec::new();
    for block in &body.blocks {
        for statement in &block.statements {
            if let StatementKind::Assign(_, Rvalue::Aggregate { kind, operands }) = &statement.kind
                && let Aggregate::Named(path) = kind
                && path.contains("__private::")
                && hides(path)
            {
                found.extend(operands.first().map(|(_, operand)| (operand, LABEL)));
            }
        }
        if let Terminator::Call(call) = &block.terminator
            && let Callee::Path(path) = &call.callee
            && path.contains("__private::")
            && hides(path)
        {
            let is_url = call
                .arguments
                .get(1)
                .is_some_and(|mask| is_for_urls(body, mask));
            let label = if is_url { URL_LABEL } else { LABEL };
            found.extend(call.arguments.first().map(|operand| (operand, label)));
        }
    }
    found
}

/// Whether a mask shows URLs without what is secret in them.
fn is_for_urls(body: &Body, mask: &Operand) -> bool {
    let (Operand::Move(mask) | Operand::Copy(mask)) = mask else {
        return false;
    };
    body.blocks.iter().any(|block| {
        matches!(&block.terminator, Terminator::Call(call)
            if call.destination == *mask
                && matches!(&call.callee, Callee::Path(path) if path.ends_with("Mask::url")))
    })
}

/// The field of `self` that an operand refers to, as a step into a value.
fn field_of_self(body: &Body, operand: &Operand) -> Option<String> {
    let (Operand::Move(place) | Operand::Copy(place)) = operand else {
        return None;
    };
    let mut place = place;
    // Each step goes to where a variable comes from; there are few, and none leads back in what the derive writes.
    for _ in 0..6 {
        if place.local == 1 {
            return step(&place.projections);
        }
        place = body
            .blocks
            .iter()
            .flat_map(|block| &block.statements)
            .find_map(|statement| match &statement.kind {
                StatementKind::Assign(
                    to,
                    Rvalue::Reference { place: from, .. }
                    | Rvalue::Use(Operand::Copy(from) | Operand::Move(from)),
                ) if to.local == place.local && to.projections.is_empty() => Some(from),
                _ => None,
            })?;
    }
    None
}

/// The first step to a field.
fn step(projections: &[Projection]) -> Option<String> {
    let mut variant = None;
    for projection in projections {
        match projection {
            Projection::Downcast(name) => variant = Some(name),
            Projection::Field(number, _) => {
                return Some(name_of(variant.map(String::as_str), *number));
            }
            Projection::Deref => {}
            Projection::Element(_) | Projection::ElementAt(_) | Projection::Slice => return None,
        }
    }
    None
}

fn name_of(variant: Option<&str>, number: usize) -> String {
    match variant {
        Some(variant) => format!("{variant}.{number}"),
        None => number.to_string(),
    }
}

impl Frame<'_, '_> {
    /// What a report says of the marked field that a place is, or is in.
    fn mark(&mut self, place: &Place) -> Option<&'static str> {
        let marks = &self.engine.program.marks;
        let label = marks.label(self.crate_number, self.body, place)?;
        let is_read = !self.is_derived() && self.engine.carries(&self.place_type(place), false);
        is_read.then_some(label)
    }

    /// The secret that is read with a place of a marked field.
    pub(super) fn marked(&mut self, place: &Place) -> Option<Label> {
        let label = self.mark(place)?;
        let span = self
            .span
            .filter(|span| spans::is_users(self.engine.texts, span))
            .cloned()
            .or_else(|| self.here())?;
        let number = self.engine.origins.number(span, label, Kind::Exposed);
        Some(Label::Source(number))
    }

    /// What a reference to a marked field also refers to. The secret is not put into the field: who reads it elsewhere
    /// reads it there.
    pub(super) fn marked_cell(&mut self, place: &Place) -> Option<Location> {
        let label = self.marked(place)?;
        let mut hasher = DefaultHasher::new();
        (&self.body.path, place, &label).hash(&mut hasher);
        let location = Location {
            cell: Cell::Heap(hasher.finish(), 0),
            path: Path::default(),
        };
        let secret = Value::of(BTreeSet::from([label]));
        self.state
            .write(&BTreeSet::from([location.clone()]), &secret, false);
        Some(location)
    }
}
