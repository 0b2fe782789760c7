//! Places: their types, where they are, and what is there.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::mir::{Operand, Place, Projection, Rvalue, StatementKind};

use super::frame::Frame;
use super::numbers;
use super::types;
use super::values::{self, Cell, Label, Location, Path, Value};

impl Frame<'_, '_> {
    /// The type of a variable, with its type parameters filled in.
    pub(super) fn local_type(&self, number: usize) -> String {
        self.body
            .locals
            .get(number)
            .map(|local| types::substitute(&local.ty, &self.bindings))
            .unwrap_or_default()
    }

    /// The type of a place.
    pub(super) fn place_type(&self, place: &Place) -> String {
        let mut ty = self.local_type(place.local);
        for projection in &place.projections {
            ty = match projection {
                Projection::Deref => match types::pointee(&ty) {
                    Some(inner) => inner.to_owned(),
                    None => types::arguments(&ty)
                        .first()
                        .map(|inner| (*inner).to_owned())
                        .unwrap_or_default(),
                },
                Projection::Field(_, ty) => types::substitute(ty, &self.bindings),
                Projection::Downcast(_) | Projection::Slice => ty,
                Projection::Element(_) | Projection::ElementAt(_) => types::slice_element(&ty)
                    .map(str::to_owned)
                    .unwrap_or_default(),
            };
        }
        ty
    }

    /// Whether a parameter is declared as a reference; a type parameter that stands for one is not.
    pub(super) fn is_by_reference(&self, local: usize) -> bool {
        self.body
            .locals
            .get(local)
            .is_some_and(|local| types::is_reference(&local.ty))
    }

    pub(super) fn cell_of(&self, local: usize) -> Cell {
        if local >= 1 && local <= self.body.parameters && !self.is_by_reference(local) {
            Cell::Parameter(local)
        } else {
            Cell::Local(local)
        }
    }

    /// Where a place is; and whether a reference on the way is not known, so that the value itself stands for what it refers to.
    pub(super) fn resolve(&self, place: &Place) -> (BTreeSet<Location>, bool) {
        let mut locations = BTreeSet::from([Location {
            cell: self.cell_of(place.local),
            path: Path::default(),
        }]);
        let mut ty = self.local_type(place.local);
        let mut variant: Option<&str> = None;
        let mut is_blurred = false;
        for projection in &place.projections {
            match projection {
                Projection::Deref => {
                    let mut next = BTreeSet::new();
                    for location in locations {
                        let value = self.read(&location);
                        if value.pointers.is_empty() {
                            is_blurred |= !ty.contains("Box<");
                            next.insert(location);
                        } else {
                            next.extend(value.pointers);
                        }
                    }
                    locations = next;
                    ty = types::pointee(&ty).map_or_else(
                        || {
                            types::arguments(&ty)
                                .first()
                                .map(|inner| (*inner).to_owned())
                                .unwrap_or_default()
                        },
                        str::to_owned,
                    );
                }
                Projection::Downcast(name) => variant = Some(name),
                Projection::Field(number, field_type) => {
                    let base = types::base(&ty);
                    let is_wrapper = base.starts_with("std::")
                        && matches!(
                            types::last_segment(base),
                            "Unique"
                                | "NonNull"
                                | "MaybeUninit"
                                | "ManuallyDrop"
                                | "MaybeDangling"
                                | "Pin"
                                | "UnsafeCell"
                                | "Box"
                                | "AssertUnwindSafe"
                        )
                        || base == "serde_json::Value"
                        || base.starts_with("std::collections::") && base.ends_with("::Entry")
                        || types::is_reference(&ty) && variant.is_none()
                        || self.engine.program.is_union(base);
                    if !is_wrapper {
                        let field: Arc<str> = match variant {
                            Some(variant) => format!("{variant}.{number}").into(),
                            None => number.to_string().into(),
                        };
                        locations = self.state.step(&locations, &field);
                    }
                    variant = None;
                    ty = types::substitute(field_type, &self.bindings);
                }
                Projection::Slice => {}
                Projection::Element(_) | Projection::ElementAt(_) => {
                    let number = match projection {
                        Projection::ElementAt(number) => Some(*number),
                        Projection::Element(Some(local)) => self.known_number(*local),
                        _ => None,
                    };
                    let element = number.map_or(values::ELEMENTS.into(), values::element_at);
                    locations = self.state.step(&locations, &element);
                    ty = types::slice_element(&ty)
                        .map(str::to_owned)
                        .unwrap_or_default();
                }
            }
        }
        (locations, is_blurred)
    }

    /// Whether a place is a number in a union, which is seen in bytes elsewhere.
    pub(super) fn is_number_of_union(&self, place: &Place) -> bool {
        let Some((Projection::Field(_, ty), outer)) = place.projections.split_last() else {
            return false;
        };
        if !types::is_integer(ty) {
            return false;
        }
        let outer = self.place_type(&Place {
            local: place.local,
            projections: outer.to_vec(),
        });
        self.engine.program.is_union(types::base(&outer))
    }

    /// The text of a constant, or of the variable that holds it and nothing else.
    pub(super) fn constant_text(&self, operand: &Operand) -> Option<String> {
        let place = match operand {
            Operand::Constant(constant) => return Some(constant.text.clone()),
            Operand::Copy(place) | Operand::Move(place) => place,
        };
        if !place.projections.is_empty() {
            return None;
        }
        let mut assigned = self
            .body
            .blocks
            .iter()
            .flat_map(|block| &block.statements)
            .filter_map(|statement| match &statement.kind {
                StatementKind::Assign(to, rvalue) if to == place => Some(rvalue),
                _ => None,
            });
        match (assigned.next(), assigned.next()) {
            (Some(Rvalue::Use(Operand::Constant(constant))), None) => Some(constant.text.clone()),
            _ => None,
        }
    }

    /// The number that a variable always is.
    fn known_number(&self, local: usize) -> Option<usize> {
        let place = Place {
            local,
            projections: Vec::new(),
        };
        constant_number(&self.constant_text(&Operand::Copy(place))?)
    }

    /// What is at a location, statics included.
    pub(super) fn read(&self, location: &Location) -> Value {
        let mut value = self.state.read(location);
        if let Cell::Static(path) = &location.cell
            && let Some(known) = self.engine.statics.get(path)
        {
            let mut known = known.clone();
            for field in location.path.iter() {
                known = known.field(field);
            }
            value.join(&known);
        }
        value
    }

    pub(super) fn read_place(&self, place: &Place) -> Value {
        let (locations, _) = self.resolve(place);
        let mut result: Option<Value> = None;
        for location in &locations {
            let value = self.read(location);
            match &mut result {
                Some(result) => {
                    result.join(&value);
                }
                None => result = Some(value),
            }
        }
        result.unwrap_or_default()
    }

    /// Puts a value into a place, without what its type cannot hold.
    pub(super) fn assign(&mut self, place: &Place, value: Value) {
        let ty = self.place_type(place);
        let mut value = self.fitting(value, &ty);
        if is_shared(&ty) && value.pointers.is_empty() {
            refer_to_parameters(&mut value);
        }
        let (locations, _) = self.resolve(place);
        self.write(&locations, &value, true);
    }

    /// What of a value can be in a type.
    pub(super) fn fitting(&mut self, value: Value, ty: &str) -> Value {
        if value.is_empty() {
            return value;
        }
        if types::is_integer(ty) && !self.engine.carries(ty, false) {
            return numbers::kept(&value);
        }
        if !value.labels.is_empty() && !self.engine.carries(ty, false) {
            return value.without_labels();
        }
        let may_refer = ty.contains(['&', '*', '\'', '{', '?'])
            || [
                "Arc<", "Rc<", "Box<", "dyn ", "Sender", "Receiver", "Guard", "Weak", "Iter",
                "impl ", "Ref", "Unique", "NonNull", "Pin<", "Entry", "fn(",
            ]
            .iter()
            .any(|word| ty.contains(word))
            || types::is_parameter(ty);
        if !may_refer {
            // What there is in the workspace's types is not said by their names.
            return if types::is_of_std(ty) {
                self.state.owned(&value, 4)
            } else {
                self.state.follow(&value)
            };
        }
        value
    }

    /// Writes, into statics too.
    pub(super) fn write(&mut self, locations: &BTreeSet<Location>, value: &Value, replaces: bool) {
        for location in locations {
            if let Cell::Static(path) = &location.cell {
                let mut whole = Value::default();
                whole.set(&location.path, self.state.owned(value, 4), true);
                self.engine.add_to_static(path, &whole);
            }
        }
        self.state.write(locations, value, replaces);
    }
}

/// Whether what a value leads to stays the same when the value is moved.
fn is_shared(ty: &str) -> bool {
    let base = types::base(ty);
    matches!(types::last_segment(base), "Arc" | "Rc") && base.starts_with("std::")
        || types::last_segment(base).ends_with("Sender")
}

/// What the caller passes there, as a place: it stands for what it leads to.
fn refer_to_parameters(value: &mut Value) {
    let is_place =
        |label: &Label| matches!(label, Label::Parameter(_, path) if !values::is_open(path));
    if value.fields.is_empty() && !value.labels.is_empty() && value.labels.iter().all(is_place) {
        for label in std::mem::take(&mut value.labels) {
            if let Label::Parameter(number, path) = label {
                let cell = Cell::Parameter(number);
                value.pointers.insert(Location { cell, path });
            }
        }
    }
}

/// `const 3_usize`
pub(super) fn constant_number(text: &str) -> Option<usize> {
    let number = text.trim_start_matches("const ").strip_suffix("_usize")?;
    number.parse().ok()
}
