//! The memory of a body at one point: what each cell holds, and how places lead there.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::values::{self, Cell, Field, LONGEST_PATH, Label, Location, Value};

/// What each cell holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    pub(super) cells: BTreeMap<Cell, Rc<Value>>,
}

impl State {
    /// Adds what may hold on another way here; says whether that is anything new.
    pub(super) fn join(&mut self, other: &Self) -> bool {
        let mut changed = false;
        for (cell, value) in &other.cells {
            match self.cells.get_mut(cell) {
                Some(mine) if Rc::ptr_eq(mine, value) || mine == value => {}
                Some(mine) => {
                    let mut joined = (**mine).clone();
                    if joined.join(value) {
                        joined.narrow();
                        if joined != **mine {
                            *mine = Rc::new(joined);
                            changed = true;
                        }
                    }
                }
                None => {
                    self.cells.insert(cell.clone(), Rc::clone(value));
                    changed = true;
                }
            }
        }
        changed
    }

    /// What is at a location.
    pub(super) fn read(&self, location: &Location) -> Value {
        let Some(value) = self.cells.get(&location.cell) else {
            return Value::default();
        };
        let mut path = location.path.iter();
        let mut node: &Value = value;
        loop {
            let Some(field) = path.next() else {
                return node.clone();
            };
            if let Some(found) = node.fields.get(field)
                && !node.is_keyed()
            {
                node = found;
            } else {
                let mut value = node.field(field);
                for field in path {
                    value = value.field(field);
                }
                return value;
            }
        }
    }

    /// What is at any of these.
    pub(super) fn read_all(&self, locations: &BTreeSet<Location>) -> Value {
        let mut result: Option<Value> = None;
        for location in locations {
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

    /// Follows the references that a value is.
    pub(super) fn follow(&self, value: &Value) -> Value {
        let mut value = value.clone();
        let mut seen = BTreeSet::new();
        while !value.pointers.is_empty() {
            let pointers = std::mem::take(&mut value.pointers);
            let fresh = pointers
                .into_iter()
                .filter(|pointer| seen.insert(pointer.clone()))
                .collect::<BTreeSet<_>>();
            if fresh.is_empty() {
                break;
            }
            let target = self.read_all(&fresh);
            if value.is_empty() {
                value = target;
            } else {
                value.join(&target);
            }
        }
        value
    }

    /// A part of a value, through references.
    pub(super) fn select(&self, value: &Value, path: &[Field]) -> Value {
        let mut value = value.clone();
        for field in path {
            value = self.follow(&value).field(field);
        }
        value
    }

    /// A value with copies in place of all references.
    pub(super) fn owned(&self, value: &Value, depth: usize) -> Value {
        let mut value = self.follow(value);
        if depth == 0 {
            value.limit(0);
            value.pointers.clear();
            return value;
        }
        for part in value.fields.values_mut() {
            *part = self.owned(part, depth - 1);
        }
        value
    }

    /// All labels in a value and in what it refers to.
    pub(super) fn labels(&self, value: &Value) -> BTreeSet<Label> {
        let mut labels = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut pending = vec![value.clone()];
        while let Some(value) = pending.pop() {
            labels.extend(value.labels);
            let parts = value.fields.into_iter();
            pending.extend(
                parts
                    .filter(|(field, _)| &**field != values::UNDER_NAME)
                    .map(|(_, part)| part),
            );
            for pointer in value.pointers {
                if seen.insert(pointer.clone()) {
                    pending.push(self.read(&pointer));
                }
            }
        }
        values::shorten_labels(&mut labels);
        labels
    }

    /// The functions and `dyn` types in a value and in what it refers to, by its structure.
    pub(super) fn shape(&self, value: &Value, depth: usize) -> Value {
        let value = self.follow(value);
        let mut shape = Value {
            functions: value.functions.clone(),
            types: value.types.clone(),
            ..Value::default()
        };
        if depth > 0 {
            for (field, part) in &value.fields {
                let part = self.shape(part, depth - 1);
                if !part.is_empty() {
                    shape.fields.insert(field.clone(), part);
                }
            }
        }
        shape
    }

    /// Puts a value somewhere. In place of what was there where that is one certain place.
    pub(super) fn write(&mut self, locations: &BTreeSet<Location>, value: &Value, replaces: bool) {
        let is_certain = locations.len() == 1;
        for location in locations {
            let is_one = !location.path.iter().any(|field| {
                matches!(
                    &**field,
                    values::ELEMENTS | values::ADDED | "key" | "value" | values::ANYTHING
                )
            }) && !matches!(location.cell, Cell::Heap(..) | Cell::Static(_));
            let cell = self.cells.entry(location.cell.clone()).or_default();
            let cell = Rc::make_mut(cell);
            cell.set(
                &location.path,
                value.clone(),
                replaces && is_certain && is_one,
            );
            cell.limit(LONGEST_PATH + 1);
            cell.narrow();
        }
    }

    /// Forgets at these locations which element is which.
    pub(super) fn forget_order(&mut self, locations: &BTreeSet<Location>) {
        for location in locations {
            let Some(cell) = self.cells.get_mut(&location.cell) else {
                continue;
            };
            Rc::make_mut(cell).forget_order(&location.path);
        }
    }

    /// A step further from each location, through references that stand there.
    pub(super) fn step(&self, locations: &BTreeSet<Location>, field: &Field) -> BTreeSet<Location> {
        let mut result = BTreeSet::new();
        for location in self.through(locations) {
            let mut location = location;
            if location.path.len() < LONGEST_PATH && !values::is_open(&location.path) {
                location.path = location.path.child(field);
            }
            result.insert(location);
        }
        result
    }

    /// Follows references that stand at the locations.
    pub(super) fn through(&self, locations: &BTreeSet<Location>) -> BTreeSet<Location> {
        let mut result = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut pending = locations.iter().cloned().collect::<Vec<_>>();
        while let Some(location) = pending.pop() {
            if !seen.insert(location.clone()) {
                continue;
            }
            let value = self.read(&location);
            if value.pointers.is_empty() {
                result.insert(location);
            } else {
                pending.extend(value.pointers);
            }
        }
        result
    }
}
