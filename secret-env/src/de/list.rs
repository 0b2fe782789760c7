//! Lists: `HOSTS=a,b`, or `HOSTS__0=a` and `HOSTS__1=b`.

use std::rc::Rc;

use serde::de::{DeserializeSeed, SeqAccess};

use super::{Asked, Error, Node};

/// The elements that are to be deserialised, one after the other.
pub(super) struct Elements<'a> {
    /// In reverse order.
    remaining: Vec<Node<'a>>,
}

impl<'a> Elements<'a> {
    /// The elements of a list. `length` is how many there must be, 0 for any number: so many stand-ins take the
    /// place of a list that is missing.
    pub(super) fn of(list: &Node<'a>, length: usize) -> Self {
        let mut remaining = if list.is_group() {
            numbered(list)
        } else {
            separated(list)
        }
        .unwrap_or_else(|| (0..length).map(|index| stand_in(list, index)).collect());
        if length > 0 && remaining.len() > length {
            list.note_malformed(&format!("a list of {length} elements"));
        }
        if length == 0 {
            remaining.retain(|element| !element.is_given_up());
        }
        remaining.reverse();
        Self { remaining }
    }
}

/// The elements of a group whose names are the numbers from 0.
fn numbered<'a>(list: &Node<'a>) -> Option<Vec<Node<'a>>> {
    let parts = list.group();
    let mut numbers: Vec<usize> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    numbers.sort_unstable();
    let is_complete = numbers.len() == parts.len() && numbers.iter().copied().eq(0..parts.len());
    if !is_complete {
        list.note_malformed("a list whose variables are numbered from 0 without a gap");
        return None;
    }
    let elements = numbers.iter().map(|number| Node {
        field: list.field.clone(),
        ..list.child(&number.to_string())
    });
    Some(elements.collect())
}

/// The parts of a text between separators; no text, no elements.
fn separated<'a>(list: &Node<'a>) -> Option<Vec<Node<'a>>> {
    let text = Node {
        // Each element is checked by itself: an empty list of secrets is a list.
        is_secret: false,
        is_in_secret_map: false,
        field: String::new(),
        ..list.clone()
    }
    .text("a list", Asked::Text)?;
    if text.is_empty() {
        if list.is_secret_by_name() {
            list.check_empty();
        }
        return Some(Vec::new());
    }
    let separator = list.session.options.list_separator.as_str();
    let parts: Vec<_> = match separator {
        "" => vec![text],
        _ => text.split(separator).collect(),
    };
    let elements = parts.into_iter().enumerate().map(|(index, part)| Node {
        element: Some(part),
        is_stand_in: false,
        ..stand_in(list, index)
    });
    Some(elements.collect())
}

fn stand_in<'a>(list: &Node<'a>, index: usize) -> Node<'a> {
    Node {
        name: format!("{}[{index}]", list.name),
        siblings: Rc::new([]),
        is_stand_in: true,
        depth: list.depth + 1,
        ..list.clone()
    }
}

impl<'a> SeqAccess<'a> for Elements<'a> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(node) = self.remaining.pop() else {
            return Ok(None);
        };
        let result = seed.deserialize(node.clone()).map(Some);
        node.visit(result)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.remaining.len())
    }
}
