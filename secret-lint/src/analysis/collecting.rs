//! What an iterator is gathered into: `collect`, `from_iter`, by the type that comes out.

use std::sync::Arc;

use super::calls::Argument;
use super::frame::Frame;
use super::types::{self, CalleePath};
use super::values::{Field, Value};

/// Results in options in results: deeper ones are taken whole.
const DEEPEST: usize = 3;

impl Frame<'_, '_> {
    /// `collect` and `from_iter` into types that are not the workspace's.
    pub(super) fn collecting_call(
        &mut self,
        callee: &CalleePath,
        self_type: &str,
        arguments: &[Argument],
        result_type: &str,
    ) -> Option<Value> {
        let is_trait = |name: &str| {
            callee
                .trait_path
                .as_deref()
                .is_some_and(|of| types::last_segment(of) == name)
        };
        let target = match callee.method() {
            "collect" | "try_collect" if is_trait("Iterator") => callee
                .generics
                .first()
                .map_or(result_type, String::as_str)
                .to_owned(),
            "from_iter" if is_trait("FromIterator") => self_type.to_owned(),
            _ => return None,
        };
        let first = arguments.first()?;
        let own = CalleePath {
            self_type: Some(target.clone()),
            trait_path: Some("std::iter::FromIterator".to_owned()),
            name: "std::iter::FromIterator::from_iter".to_owned(),
            generics: Vec::new(),
        };
        let found = self.engine.program.resolve(&own, None);
        if !found.is_empty() {
            let mut result = Value::default();
            for target in found {
                result.join(&self.apply(target, std::slice::from_ref(first)));
            }
            return Some(result);
        }
        let element = self.state.select(&first.value, &[Arc::from("[]")]);
        self.collected(&element, &target, 0)
    }

    /// Elements like this one in a type; nothing where it is not known how they lie in it.
    fn collected(&mut self, element: &Value, target: &str, depth: usize) -> Option<Value> {
        let base = types::base(target);
        if depth > DEEPEST || !base.starts_with("std::") && types::tuple(target).is_none() {
            return None;
        }
        let part = |this: &Self, name: &str| this.state.select(element, &[name.into()]);
        let fields: Vec<(&str, Value)> = if let Some([first, second]) =
            types::tuple(target).as_deref()
        {
            let (one, other) = (part(self, "0"), part(self, "1"));
            vec![
                ("0", self.collected(&one, first, depth + 1)?),
                ("1", self.collected(&other, second, depth + 1)?),
            ]
        } else {
            match (
                types::last_segment(base),
                types::arguments(target).as_slice(),
            ) {
                ("Vec" | "VecDeque" | "HashSet" | "BTreeSet" | "BinaryHeap" | "LinkedList", _) => {
                    vec![("[]", element.clone())]
                }
                ("Box" | "Rc" | "Arc", [inner, ..]) if types::slice_element(inner).is_some() => {
                    vec![("[]", element.clone())]
                }
                ("HashMap" | "BTreeMap", _) => {
                    vec![("key", part(self, "0")), ("value", part(self, "1"))]
                }
                ("Option", [some]) => {
                    let some_of = part(self, "Some.0");
                    vec![("Some.0", self.collected(&some_of, some, depth + 1)?)]
                }
                ("Result", [ok, _]) => {
                    let (good, bad) = (part(self, "Ok.0"), part(self, "Err.0"));
                    let good = if *ok == "()" {
                        Value::default()
                    } else {
                        self.collected(&good, ok, depth + 1)?
                    };
                    vec![("Ok.0", good), ("Err.0", bad)]
                }
                ("String" | "OsString" | "PathBuf" | "Cow" | "Box", _) => {
                    return Some(Value::of(self.state.labels(element)));
                }
                _ => return None,
            }
        };
        let mut value = Value::default();
        for (field, part) in fields {
            value.set(&[Field::from(field)], part, true);
        }
        Some(value)
    }
}
