//! The fields of a struct and the entries of a map.

use std::rc::Rc;

use serde::de::{DeserializeSeed, MapAccess};

use super::{Error, Node, name_deserializer};
use crate::explain::Shown;

/// The fields that are to be deserialised, one after the other.
pub(super) struct Fields<'a> {
    /// In reverse order.
    remaining: Vec<Node<'a>>,
}

impl<'a> Fields<'a> {
    /// The fields of a struct that are set, and those that serde missed in an earlier pass.
    pub(super) fn known(parent: &Node<'a>, fields: &[&'static str]) -> Self {
        let siblings: Rc<[String]> = fields
            .iter()
            .map(|field| parent.child_name(field))
            .collect();
        let mut remaining: Vec<_> = fields
            .iter()
            .map(|field| Node {
                siblings: Rc::clone(&siblings),
                ..parent.child(field)
            })
            .filter(|node| {
                let is_asked_for = node.is_stand_in || node.is_set() || node.was_missed();
                if !is_asked_for {
                    node.show(Shown::Default);
                }
                is_asked_for && !node.is_given_up()
            })
            .collect();
        remaining.reverse();
        Self { remaining }
    }

    /// What is set of the group, named in small letters, and what serde missed of it in an earlier pass.
    pub(super) fn present(parent: &Node<'a>) -> Self {
        if parent.is_stand_in {
            return Self {
                remaining: Vec::new(),
            };
        }
        let set = parent.group();
        let prefix = parent.prefix();
        let lessons = parent.session.lessons.iter();
        let missed = lessons.filter_map(|(name, lesson)| {
            let field = lesson.missed_field?;
            (*name == parent.child_name(field) && name.starts_with(&prefix)).then_some(field)
        });
        let remaining = set
            .iter()
            .map(|part| parent.named_child(format!("{prefix}{part}"), part.to_lowercase()))
            .chain(missed.map(|field| parent.child(field)))
            .filter(|node| !node.is_given_up())
            .collect();
        Self { remaining }
    }
}

impl Node<'_> {
    fn was_missed(&self) -> bool {
        self.lesson()
            .is_some_and(|lesson| lesson.missed_field.is_some())
    }
}

impl<'a> MapAccess<'a> for Fields<'a> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        match self.remaining.last() {
            Some(node) => seed.deserialize(name_deserializer(&node.field)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let node = self.remaining.pop().ok_or_else(Error::endless)?;
        let result = seed.deserialize(node.clone());
        node.visit(result)
    }
}
