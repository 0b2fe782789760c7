//! Where the variables of a body get their values: what a literal key says, how a URL begins, where an index comes from.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use crate::mir::{
    Body, Call, Callee, Constant, Operand, Place, Projection, Rvalue, StatementKind, Terminator,
};

use super::frame::Frame;
use super::program::Program;
use super::types;

/// Longer ways are given up.
const LONGEST_WAY: usize = 12;
/// Variables of longer computations are not asked.
const MOST_VARIABLES: usize = 24;

/// What a variable is set to.
#[derive(Clone, Copy)]
pub(super) enum Definition<'b> {
    Assigned(&'b Rvalue),
    Called(&'b Call),
}

/// The variables that are set in one place only.
pub(super) type Definitions<'b> = HashMap<usize, Option<Definition<'b>>>;

/// Where the variables of a body are set.
pub(super) fn definitions(body: &Body) -> Definitions<'_> {
    let mut found = Definitions::new();
    let mut add = |place: &Place, definition| {
        if !place.projections.is_empty() {
            return;
        }
        match found.entry(place.local) {
            Entry::Vacant(empty) => {
                empty.insert(Some(definition));
            }
            // The same code can stand in a block for unwinding.
            Entry::Occupied(mut known) => {
                known.insert(None);
            }
        }
    };
    for block in body.blocks.iter().filter(|block| !block.is_cleanup) {
        for statement in &block.statements {
            if let StatementKind::Assign(place, rvalue) = &statement.kind {
                add(place, Definition::Assigned(rvalue));
            }
        }
        if let Terminator::Call(call) = &block.terminator {
            add(&call.destination, Definition::Called(call));
        }
    }
    found
}

/// The variables that a number is computed from, itself included.
pub(super) fn computed_from(definitions: &Definitions<'_>, number: usize) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut pending = vec![number];
    while let Some(local) = pending.pop() {
        if seen.len() >= MOST_VARIABLES || !seen.insert(local) {
            continue;
        }
        let operands: Vec<&Operand> = match definitions.get(&local) {
            Some(Some(Definition::Assigned(rvalue))) => match rvalue {
                Rvalue::Use(operand) | Rvalue::Cast { operand, .. } | Rvalue::Unary(_, operand) => {
                    vec![operand]
                }
                Rvalue::Binary(name, left, _) if matches!(name.as_str(), "Shl" | "Shr") => {
                    vec![left]
                }
                Rvalue::Binary(name, left, right) if !is_comparison(name) => vec![left, right],
                _ => Vec::new(),
            },
            Some(Some(Definition::Called(Call {
                callee: Callee::Path(path),
                arguments,
                ..
            }))) if keeps_number(path) => arguments.iter().collect(),
            _ => Vec::new(),
        };
        pending.extend(operands.into_iter().filter_map(|operand| match operand {
            Operand::Copy(place) | Operand::Move(place) => Some(place.local),
            Operand::Constant(_) => None,
        }));
    }
    seen
}

fn is_comparison(name: &str) -> bool {
    matches!(name, "Eq" | "Ne" | "Lt" | "Le" | "Gt" | "Ge" | "Cmp")
}

/// Functions of numbers.
fn keeps_number(path: &str) -> bool {
    let name = types::without_arguments(path);
    let name = types::last_segment(&name);
    name.starts_with("wrapping_")
        || matches!(
            name,
            "from"
                | "into"
                | "try_from"
                | "try_into"
                | "unwrap"
                | "expect"
                | "unwrap_or"
                | "to_digit"
                | "rem_euclid"
        )
}

/// Functions that give their first argument back in another form.
fn keeps_text(path: &str) -> bool {
    matches!(
        types::last_segment(&types::without_arguments(path)),
        "into"
            | "from"
            | "from_static"
            | "to_string"
            | "to_owned"
            | "as_str"
            | "as_bytes"
            | "as_ref"
            | "deref"
            | "borrow"
            | "clone"
            | "must_use"
            | "chars"
            | "bytes"
            | "iter"
    )
}

impl<'a> Frame<'_, 'a> {
    /// Where the variables of the body are set.
    pub(super) fn definitions(&mut self) -> &Definitions<'a> {
        let body: &'a Body = self.body;
        self.definitions.get_or_insert_with(|| definitions(body))
    }

    /// What a variable is set to, if that is one thing.
    pub(super) fn definition(&mut self, local: usize) -> Option<Definition<'a>> {
        self.definitions().get(&local).copied().flatten()
    }

    /// The constant that an operand is in the end, in whatever form.
    pub(super) fn constant_behind(&mut self, operand: &'a Operand) -> Option<&'a Constant> {
        match operand {
            Operand::Constant(constant) => Some(constant),
            Operand::Copy(place) | Operand::Move(place) => self.constant_of(only_derefs(place)?),
        }
    }

    /// The same for a variable.
    pub(super) fn constant_of(&mut self, local: usize) -> Option<&'a Constant> {
        let mut local = local;
        for _ in 0..LONGEST_WAY {
            let place = match self.definition(local)? {
                Definition::Assigned(
                    Rvalue::Use(Operand::Constant(constant))
                    | Rvalue::Cast {
                        operand: Operand::Constant(constant),
                        ..
                    },
                ) => return Some(constant),
                Definition::Assigned(
                    Rvalue::Use(Operand::Copy(place) | Operand::Move(place))
                    | Rvalue::Cast {
                        operand: Operand::Copy(place) | Operand::Move(place),
                        ..
                    }
                    | Rvalue::Reference { place, .. },
                ) => place,
                Definition::Called(Call {
                    callee: Callee::Path(path),
                    arguments,
                    ..
                }) if keeps_text(path) => match arguments.first()? {
                    Operand::Constant(constant) => return Some(constant),
                    Operand::Copy(place) | Operand::Move(place) => place,
                },
                _ => return None,
            };
            local = only_derefs(place)?;
        }
        None
    }

    /// The key that an operand is, where that is a literal or a constant of the `http` crate.
    pub(super) fn literal_key(&mut self, operand: &'a Operand) -> Option<String> {
        let constant = self.constant_behind(operand)?;
        literal_of(&self.engine.program, constant)
    }
}

fn only_derefs(place: &Place) -> Option<usize> {
    place
        .projections
        .iter()
        .all(|projection| *projection == Projection::Deref)
        .then_some(place.local)
}

/// The text of a constant that is one string.
fn literal_of(program: &Program<'_>, constant: &Constant) -> Option<String> {
    let text = constant.text.trim().trim_start_matches("const ");
    if let Some(literal) = quoted(text) {
        return Some(literal);
    }
    if let Some(body) = program.body_named(text) {
        let mut strings = texts_in(program.bodies[body]);
        let first = strings.next().and_then(quoted);
        return first.filter(|_| strings.next().is_none());
    }
    // `http::header::X_API_KEY` is `x-api-key`.
    let (module, name) = text.rsplit_once("::")?;
    (types::last_segment(module) == "header"
        && name
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'_'))
    .then(|| name.to_ascii_lowercase().replace('_', "-"))
}

fn quoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    Some(inner.to_owned())
}

/// The constants that a body is made of, as text.
pub(super) fn texts_in(body: &Body) -> impl Iterator<Item = &str> {
    body.blocks
        .iter()
        .flat_map(|block| &block.statements)
        .filter_map(|statement| match &statement.kind {
            StatementKind::Assign(_, Rvalue::Use(Operand::Constant(constant))) => {
                Some(constant.text.trim().trim_start_matches("const "))
            }
            _ => None,
        })
}
