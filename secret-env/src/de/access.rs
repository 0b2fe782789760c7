//! The fields of a struct and the entries of a map.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde::de::{DeserializeSeed, MapAccess};

use super::key::Key;
use super::{Error, Node};
use crate::explain::Shown;
use crate::sources::Place;

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
        let mut taken = BTreeSet::new();
        let mut remaining: Vec<_> = fields
            .iter()
            .map(|field| Node {
                siblings: Rc::clone(&siblings),
                ..parent.child(field)
            })
            // Two names of a field may be read from the same variable.
            .filter(|node| taken.insert(node.variable.clone()))
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
        let mut remaining: Vec<_> = set
            .iter()
            .map(|part| Node {
                is_in_secret_map: parent.is_secret_by_name(),
                ..parent.named_child(format!("{prefix}{part}"), part.to_lowercase())
            })
            .filter(|node| !parent.may_hold_foreign() || node.is_text_or_group())
            .chain(missed.map(|field| parent.child(field)))
            .filter(|node| !node.is_given_up())
            .collect();
        // `KEY_FILE` names the file that `key` is read from; it is no entry of its own.
        let naming: BTreeSet<_> = remaining.iter().filter_map(Node::naming_variable).collect();
        remaining.retain(|node| node.was_missed() || !naming.contains(node.variable.as_str()));
        Self { remaining }
    }
}

impl Node<'_> {
    fn was_missed(&self) -> bool {
        self.lesson()
            .is_some_and(|lesson| lesson.missed_field.is_some())
    }

    /// Whether variables of other programs are in this group: it is the environment as a whole.
    fn may_hold_foreign(&self) -> bool {
        self.is_root() && self.session.options.prefix.is_empty()
    }

    fn is_text_or_group(&self) -> bool {
        self.entry().is_none_or(|entry| {
            entry
                .value()
                .is_ok_and(|value| std::str::from_utf8(value).is_ok())
        })
    }
}

impl<'a> Node<'a> {
    /// The variable that names the file from which this one is read.
    fn naming_variable(&self) -> Option<&'a str> {
        match self.place()? {
            Place::NamedFile { variable } => Some(variable),
            _ => None,
        }
    }
}

impl<'a> MapAccess<'a> for Fields<'a> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        match self.remaining.last() {
            Some(node) => seed.deserialize(Key(&node.field)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let node = self.remaining.pop().ok_or_else(Error::endless)?;
        let result = seed.deserialize(node.clone());
        node.visit(result)
    }
}
