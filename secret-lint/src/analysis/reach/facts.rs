//! What types say: whether text can be in them, whether what is in them can be changed from elsewhere, and the functions
//! that their names tell.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::mir::{Aggregate, Operand, Place, Projection, Rvalue, StatementKind};
use crate::model::Model;

use super::super::program::Program;
use super::super::types;
use super::erased::{self, Erased};
use super::implementors::Implementors;
use super::sharing::{CHANGING, Sharing};

/// Words of types that functions are behind, or types that are not named.
const BEHAVING: [&str; 4] = ["dyn ", "impl ", "fn(", "{"];

/// What is known of a type by its text.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent questions about one type"
)]
#[derive(Clone, Default)]
pub(super) struct Fact {
    /// Whether text can be in it.
    pub(super) carries: bool,
    /// Whether what is in it can be changed from elsewhere, or functions can be in it.
    pub(super) shared: bool,
    /// Whether a function that is not the workspace's may write to what it leads to.
    pub(super) is_mutable: bool,
    /// Whether it is a formatter: what was written to it is not read again by those that write to it.
    pub(super) is_formatter: bool,
    /// Whether functions can be in it, or types that it does not name.
    pub(super) behaves: bool,
    /// Whether something behind `dyn` is in it.
    pub(super) is_dynamic: bool,
    /// Whether it names a type that prints a placeholder.
    pub(super) is_redacted: bool,
    /// Closures, coroutines and functions that it names.
    pub(super) functions: Vec<usize>,
    /// The workspace's types in it that implement traits of others, by number.
    pub(super) implementors: Vec<usize>,
    /// Whether it is a type parameter, or has one as a part: what stands for it may be a function.
    pub(super) is_open: bool,
    /// The functions that can be behind it, where no type names them any more.
    pub(super) erased: Vec<Erased>,
}

/// The facts of all types seen.
pub(super) struct Facts<'p, 'c> {
    program: &'p Program<'c>,
    model: &'p Model,
    sharing: Sharing,
    /// Of those that behave.
    behaving: FxHashSet<String>,
    pub(super) implementors: Implementors,
    /// By crate.
    known: Vec<FxHashMap<String, usize>>,
    all: Vec<Fact>,
}

impl<'p, 'c> Facts<'p, 'c> {
    /// Reads which types hold which, from all fields that are touched.
    pub(super) fn of(program: &'p Program<'c>, model: &'p Model) -> Self {
        let mut pairs: FxHashSet<(String, &'c str)> = FxHashSet::default();
        for body in &program.bodies {
            for block in &body.blocks {
                for statement in &block.statements {
                    let StatementKind::Assign(place, rvalue) = &statement.kind else {
                        continue;
                    };
                    fields_of(body, place, &mut pairs);
                    match rvalue {
                        Rvalue::Reference { place, .. }
                        | Rvalue::Use(Operand::Copy(place) | Operand::Move(place)) => {
                            fields_of(body, place, &mut pairs);
                        }
                        Rvalue::Aggregate {
                            kind: Aggregate::Named(_),
                            operands,
                        } => {
                            let Some(owner) = type_of(body, place).and_then(owner) else {
                                continue;
                            };
                            for (_, operand) in operands {
                                if let Operand::Copy(place) | Operand::Move(place) = operand
                                    && let Some(ty) = type_of(body, place)
                                {
                                    pairs.insert((owner.to_owned(), ty));
                                }
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
        let mut sharing = Sharing {
            owners: pairs.iter().map(|(owner, _)| owner.clone()).collect(),
            changing: holding(&pairs, &|ty, known| holds(ty, &CHANGING, known)),
            known: FxHashSet::default(),
        };
        sharing.known = holding(&pairs, &|ty, known| sharing.is_shared(ty, known));
        Self {
            program,
            model,
            sharing,
            behaving: holding(&pairs, &|ty, known| holds(ty, &BEHAVING, known)),
            implementors: Implementors::of(program, model),
            known: vec![FxHashMap::default(); program.crate_count()],
            all: Vec::new(),
        }
    }

    /// The number of the facts of a type in the code of the crate at hand.
    pub(super) fn number(&mut self, ty: &str) -> usize {
        let here = self.program.here();
        if let Some(known) = self.known[here].get(ty) {
            return *known;
        }
        let peeled = types::peel(ty);
        let fact = Fact {
            carries: carries(self.model, ty),
            shared: self.sharing.is_shared(ty, &self.sharing.known),
            is_mutable: ty.contains("mut ") || types::is_parameter(peeled) && !ty.starts_with('&'),
            is_formatter: types::base(peeled).ends_with("fmt::Formatter"),
            behaves: holds(ty, &BEHAVING, &self.behaving),
            is_dynamic: ty.contains("dyn "),
            is_redacted: self.model.names_redacted_type(ty),
            functions: self.functions(ty),
            implementors: self.implementors.in_type(here, ty),
            is_open: ty.contains("impl ") || names_parameter(ty),
            erased: erased::in_type(ty),
        };
        self.all.push(fact);
        self.known[here].insert(ty.to_owned(), self.all.len() - 1);
        self.all.len() - 1
    }

    /// The facts with a number.
    pub(super) fn get(&self, number: usize) -> &Fact {
        &self.all[number]
    }

    /// The types that behave, by their text.
    pub(super) fn into_behaving(self) -> FxHashSet<String> {
        let all = self.all;
        self.known
            .into_iter()
            .flatten()
            .filter(|(_, number)| all[*number].behaves)
            .map(|(ty, _)| ty)
            .collect()
    }

    fn functions(&self, ty: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let mut rest = ty;
        while let Some(open) = rest.find('{') {
            rest = &rest[open..];
            let end = types::closing(rest).map_or(rest.len(), |close| close + 1);
            let named = &rest[..end];
            let closures = self.program.closures_of(named);
            if closures.is_empty() {
                let path = named.trim_start_matches('{').trim_end_matches('}');
                found.extend(self.program.body_named(&types::without_arguments(path)));
            }
            found.extend(closures);
            rest = &rest[1..];
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Whether a type has something without a path in it that may be a type parameter.
fn names_parameter(ty: &str) -> bool {
    ty.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':' | '\''))
        .any(|word| word.starts_with(char::is_uppercase) && types::is_parameter(word))
}

/// The type of a place, where a variable or its last step tells it.
fn type_of<'c>(body: &'c crate::mir::Body, place: &'c Place) -> Option<&'c str> {
    match place.projections.last() {
        None => body.locals.get(place.local).map(|local| &*local.ty),
        Some(Projection::Field(_, ty)) => Some(ty),
        Some(_) => None,
    }
}

/// The last word of a type that may hold others, if it is not of std.
fn owner(ty: &str) -> Option<&str> {
    let base = types::base(types::peel(ty));
    let word = types::last_segment(base);
    (!is_std_path(base) && !word.ends_with(['}', ')', ']', '>'])).then_some(word)
}

fn is_std_path(path: &str) -> bool {
    ["std::", "core::", "alloc::"]
        .iter()
        .any(|root| path.starts_with(root))
}

/// Notes which types hold which, along the steps of a place.
fn fields_of<'c>(
    body: &'c crate::mir::Body,
    place: &'c Place,
    holds: &mut FxHashSet<(String, &'c str)>,
) {
    let mut of = body.locals.get(place.local).map(|local| &*local.ty);
    for projection in &place.projections {
        if let Projection::Field(_, ty) = projection {
            if let Some(word) = of.and_then(owner) {
                holds.insert((word.to_owned(), ty));
            }
            of = Some(ty);
        }
    }
}

/// The types of which something is so, and those that hold them, where what holds it is known already.
fn holding(
    pairs: &FxHashSet<(String, &str)>,
    is_it: &dyn Fn(&str, &FxHashSet<String>) -> bool,
) -> FxHashSet<String> {
    let mut found = FxHashSet::default();
    loop {
        let before = found.len();
        for (owner, ty) in pairs {
            if !found.contains(owner) && is_it(ty, &found) {
                found.insert(owner.clone());
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

pub(super) fn holds(ty: &str, said: &[&str], known: &FxHashSet<String>) -> bool {
    said.iter().any(|word| ty.contains(word))
        || paths(ty).any(|path| {
            let word = types::last_segment(path);
            !is_std_path(path) && (known.contains(word) || is_short_parameter(path))
        })
}

/// `T`, `W`, `Self`: stands for anything.
fn is_short_parameter(word: &str) -> bool {
    word == "Self" || word.len() <= 2 && word.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The paths and words in a type.
fn paths(ty: &str) -> impl Iterator<Item = &str> {
    ty.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':'))
        .filter(|path| path.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}

/// Whether text can be in a type.
fn carries(model: &Model, ty: &str) -> bool {
    let ty = types::peel_references(ty);
    if types::is_number(ty) {
        // It may be made of a text's bytes; those that count are not.
        return types::is_integer(ty) && !matches!(ty, "usize" | "isize");
    }
    if let Some(parts) = types::tuple(ty) {
        return parts.into_iter().any(|part| carries(model, part));
    }
    if let Some(element) = types::slice_element(ty) {
        return carries(model, element);
    }
    let base = types::base(ty);
    if model.is_clean_type(base) || model.is_redacted_type(base) {
        return false;
    }
    // What a thread panics with comes out of it, too.
    if types::is_join_handle(base) {
        return true;
    }
    let arguments = types::arguments(ty);
    if base.starts_with("std::") && !arguments.is_empty() {
        return arguments
            .into_iter()
            .any(|argument| carries(model, argument));
    }
    true
}
