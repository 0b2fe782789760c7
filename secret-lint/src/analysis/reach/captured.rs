//! What closures have captured and coroutines keep, part by part.

use crate::mir::{Body, Place, Projection};

use super::super::types;

/// A part of it.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq)]
pub(super) struct Part {
    /// Of a coroutine: where it waits. Nothing for what was captured.
    at: Option<usize>,
    number: usize,
}

impl Part {
    pub(super) fn captured(number: usize) -> Self {
        Self { at: None, number }
    }
}

/// Whether a body is that of a coroutine: an `async` function or block.
pub(super) fn is_coroutine(body: &Body) -> bool {
    body.path.ends_with('}')
        && body
            .locals
            .get(1)
            .is_some_and(|local| local.ty.contains("{async ") || local.ty.contains("{coroutine"))
}

/// The part that a place lies in.
pub(super) fn part(body: &Body, place: &Place) -> Option<Part> {
    if !body.path.ends_with('}') || place.projections.is_empty() {
        return None;
    }
    let (own, _) = own_type(&body.locals.get(1)?.ty);
    let (ty, is_pinned) = own_type(&body.locals.get(place.local)?.ty);
    if own != ty || !own.starts_with('{') {
        return None;
    }
    let mut steps = place.projections.iter();
    if is_pinned {
        let Some(Projection::Field(0, _)) = steps.next() else {
            return None;
        };
    }
    let mut at = None;
    for step in steps {
        match step {
            Projection::Deref => {}
            Projection::Downcast(name) => at = name.strip_prefix("variant#")?.parse().ok(),
            Projection::Field(number, _) => {
                return Some(Part {
                    at,
                    number: *number,
                });
            }
            _ => return None,
        }
    }
    None
}

/// The variables that hold the closure or coroutine itself, or refer to it.
pub(super) fn holders(body: &Body) -> Vec<usize> {
    let Some(own) = body.locals.get(1).map(|local| own_type(&local.ty).0) else {
        return Vec::new();
    };
    let locals = body.locals.iter().enumerate();
    locals
        .filter(|(_, local)| own_type(&local.ty).0 == own)
        .map(|(number, _)| number)
        .collect()
}

/// What a type refers to, and whether over a `Pin`.
fn own_type(ty: &str) -> (&str, bool) {
    let peeled = types::peel_references(ty);
    if types::base(peeled).ends_with("::Pin")
        && let [inner] = types::arguments(peeled).as_slice()
    {
        return (types::peel_references(inner), true);
    }
    (peeled, false)
}

/// The type of a place, where its last steps tell it.
pub(super) fn type_of(place: &Place) -> Option<&str> {
    match place.projections.last()? {
        Projection::Field(_, ty) => Some(ty),
        _ => None,
    }
}
