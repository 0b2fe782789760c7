//! What runs when a value is dropped: `Drop` of the workspace's types, and of what they hold.

use std::sync::Arc;

use crate::mir::Place;

use super::calls::Argument;
use super::frame::Frame;
use super::types;
use super::values::{Field, Value};

/// Values in values in values: deeper ones are not looked at.
const DEEPEST: usize = 5;

impl Frame<'_, '_> {
    /// Drops what is in a place.
    pub(super) fn drop_place(&mut self, place: &Place) {
        if !self.engine.program.has_drops() {
            return;
        }
        let ty = self.place_type(place);
        let (pointers, _) = self.resolve(place);
        let value = Value {
            pointers: pointers.into(),
            ..Value::default()
        };
        self.drop_value(&value, &ty, 0);
    }

    /// Drops a value, or what it refers to.
    pub(super) fn drop_value(&mut self, value: &Value, ty: &str, depth: usize) {
        if depth > DEEPEST
            || types::is_reference(ty)
            || types::is_number(ty)
            || self.engine.is_exhausted()
            || !self.engine.program.has_drops()
        {
            return;
        }
        if ty.starts_with("dyn ") {
            for known in self.state.follow(value).types {
                self.drop_value(value, &known, depth + 1);
            }
            return;
        }
        let base = types::base(ty);
        let mut parts: Vec<(Field, String)> = Vec::new();
        if let Some(all) = types::tuple(ty) {
            let numbered = all.into_iter().enumerate();
            parts.extend(numbered.map(|(number, ty)| (number.to_string().into(), ty.to_owned())));
        } else if let Some(element) = types::slice_element(ty) {
            parts.push((Arc::from("[]"), element.to_owned()));
        } else if base.starts_with("std::") {
            let arguments = types::arguments(ty);
            let names: &[&str] = match types::last_segment(base) {
                "Box" | "Rc" | "Arc" | "Pin" | "Mutex" | "RwLock" | "RefCell" | "Cell"
                | "OnceCell" | "OnceLock" => {
                    if let Some(inner) = arguments.first() {
                        self.drop_value(value, inner, depth + 1);
                    }
                    return;
                }
                "Option" => &["Some.0"],
                "Result" => &["Ok.0", "Err.0"],
                "Vec" | "VecDeque" | "BinaryHeap" | "LinkedList" | "HashSet" | "BTreeSet"
                | "IntoIter" => &["[]"],
                "HashMap" | "BTreeMap" => &["key", "value"],
                _ => return,
            };
            let typed = names.iter().zip(arguments);
            parts.extend(typed.map(|(name, ty)| (Arc::from(*name), ty.to_owned())));
        } else {
            for target in self
                .engine
                .program
                .implementations_of("Drop", "drop", Some(ty))
            {
                let dropped = Argument {
                    value: value.clone(),
                    ty: format!("&mut {ty}"),
                };
                self.apply(target, &[dropped]);
            }
            parts.extend(
                self.engine
                    .program
                    .fields_of(base)
                    .map(|(field, ty)| (field.clone(), ty.to_string())),
            );
        }
        for (field, ty) in parts {
            let part = if value.pointers.is_empty() {
                value.field(&field)
            } else {
                Value {
                    pointers: self.state.step(&value.pointers, &field).into(),
                    ..Value::default()
                }
            };
            self.drop_value(&part, &ty, depth + 1);
        }
    }
}
