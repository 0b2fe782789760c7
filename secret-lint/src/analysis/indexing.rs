//! `a[i]` and `a[i..]` on what is not an array or a slice, whose elements are places.

use super::calls::Argument;
use super::frame::Frame;
use super::places::constant_number;
use super::types::{self, CalleePath};
use super::values::{ELEMENTS, Field, LONGEST_PATH, Value, element_at};

impl Frame<'_, '_> {
    /// What the model cannot describe of lists and texts.
    pub(super) fn list_call(
        &mut self,
        callee: &CalleePath,
        self_type: &str,
        arguments: &[Argument],
    ) -> Option<Value> {
        self.reorder(callee, arguments);
        self.indexing_call(callee, self_type, arguments)
            .or_else(|| self.emptying_call(callee, arguments))
    }

    /// `Index` and `IndexMut` of lists and texts, and loops over `&mut` lists.
    fn indexing_call(
        &mut self,
        callee: &CalleePath,
        self_type: &str,
        arguments: &[Argument],
    ) -> Option<Value> {
        let of_trait = types::last_segment(callee.trait_path.as_deref()?);
        let list = types::peel(self_type);
        let base = types::base(list);
        let is_list = types::slice_element(list).is_some()
            || base.starts_with("std::") && matches!(types::last_segment(base), "Vec" | "VecDeque");
        let first = arguments.first()?.value.clone();
        match (of_trait, callee.method()) {
            ("IntoIterator", "into_iter") if is_list && types::is_mutable_reference(self_type) => {
                let mut result = Value::default();
                let element = self.element_of(&first, &ELEMENTS.into());
                result.set(&[ELEMENTS.into()], element, true);
                Some(result)
            }
            ("Index" | "IndexMut", "index" | "index_mut") if is_list => {
                let index = &arguments.get(1)?.ty;
                if !index.contains("Range") {
                    let number = constant_number(index);
                    let element = number.map_or(ELEMENTS.into(), element_at);
                    return Some(self.element_of(&first, &element));
                }
                if of_trait == "Index" {
                    let mut part = self.state.follow(&first);
                    let is_moved = part.is_ordered() && !index.contains("RangeFull");
                    part.forget_order(&[]);
                    return Some(if is_moved { part } else { first });
                }
                let places = self.state.through(&first.pointers);
                self.state.forget_order(&places);
                // Some of the bytes: what is written there is not all that there is.
                let is_part =
                    !index.contains("RangeFull") && types::slice_element(list) == Some("u8");
                Some(if is_part {
                    self.element_of(&first, &ELEMENTS.into())
                } else {
                    first
                })
            }
            _ => None,
        }
    }

    /// `truncate(0)`, `drain(..)`, `split_off(0)`: nothing is left.
    fn emptying_call(&mut self, callee: &CalleePath, arguments: &[Argument]) -> Option<Value> {
        let (owner, method) = callee.name.rsplit_once("::")?;
        let [list, from] = arguments else {
            return None;
        };
        let is_all = match method {
            "truncate" | "split_off" => constant_number(&from.ty) == Some(0),
            "drain" => from.ty.ends_with("RangeFull"),
            _ => false,
        };
        if !is_all
            || !matches!(
                owner,
                "std::vec::Vec" | "std::string::String" | "std::collections::VecDeque"
            )
        {
            return None;
        }
        let content = self.state.owned(&list.value, LONGEST_PATH);
        let places = self.state.through(&list.value.pointers);
        self.write(&places, &Value::default(), true);
        Some(content)
    }

    /// A reference to an element, or what it holds where that is all there is.
    fn element_of(&self, list: &Value, element: &Field) -> Value {
        if list.pointers.is_empty() {
            return list.field(element);
        }
        Value {
            pointers: self.state.step(&list.pointers, element).into(),
            ..Value::default()
        }
    }

    /// Before a call that moves elements of a list about.
    fn reorder(&mut self, callee: &CalleePath, arguments: &[Argument]) {
        let Some((owner, method)) = callee.name.rsplit_once("::") else {
            return;
        };
        let moves = matches!(
            method,
            "swap"
                | "reverse"
                | "insert"
                | "remove"
                | "swap_remove"
                | "drain"
                | "retain"
                | "retain_mut"
                | "splice"
                | "split_off"
                | "extract_if"
                | "push_front"
                | "pop_front"
                | "copy_within"
                | "split_at_mut"
                | "split_first_mut"
                | "split_last_mut"
                | "chunks_mut"
                | "chunks_exact_mut"
                | "swap_with_slice"
        ) || [
            "sort",
            "rotate",
            "select_nth",
            "dedup",
            "partition",
            "shuffle",
        ]
        .iter()
        .any(|beginning| method.starts_with(beginning));
        if moves
            && matches!(
                owner,
                "slice" | "std::vec::Vec" | "std::collections::VecDeque"
            )
            && let Some(first) = arguments.first()
        {
            let places = self.state.through(&first.value.pointers);
            self.state.forget_order(&places);
        }
    }
}
