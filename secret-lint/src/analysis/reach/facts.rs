//! What types say: whether text can be in them, whether what is in them can be changed from elsewhere, and the functions
//! that their names tell.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::mir::{Aggregate, Operand, Place, Projection, Rvalue, StatementKind};
use crate::model::Model;

use super::super::program::Program;
use super::super::types;

/// Words of types that functions are behind, or types that are not named.
const BEHAVING: [&str; 4] = ["dyn ", "impl ", "fn(", "{"];

/// Words of types through which something can be changed from elsewhere, or behind which functions are.
const SHARED: [&str; 25] = [
    "&mut ", "Box<", "Unique<", "NonNull<", "' mut ", "_ mut ", "*mut ", "*const ", "<'", "Rc<",
    "Arc<", "Weak<", "Mutex", "RwLock", "Cell", "Once", "Lazy", "LocalKey", "Sender", "Receiver",
    "dyn ", "impl ", "fn(", "{", "Guard",
];

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
    /// Whether functions can be in it, or types that it does not name.
    pub(super) behaves: bool,
    /// Whether it names a type that prints a placeholder.
    pub(super) is_redacted: bool,
    /// Closures, coroutines and functions that it names.
    pub(super) functions: Vec<usize>,
    /// The workspace's types in it that implement traits of others, by number.
    pub(super) implementors: Vec<usize>,
    /// Whether functions can be behind it that it does not name.
    pub(super) is_open: bool,
}

/// The facts of all types seen.
pub(super) struct Facts<'p, 'c> {
    program: &'p Program<'c>,
    model: &'p Model,
    /// The last words of the workspace's types that share.
    sharing: FxHashSet<String>,
    /// Of those that behave.
    behaving: FxHashSet<String>,
    /// Implementors by their last word.
    implementors: FxHashMap<String, usize>,
    known: FxHashMap<String, usize>,
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
                            kind: Aggregate::Named(name),
                            operands,
                        } => {
                            let name = types::without_arguments(name);
                            let mut owners = vec![types::last_segment(&name).to_owned()];
                            if let Some(local) = body.locals.get(place.local) {
                                owners.push(
                                    types::last_segment(types::base(types::peel(&local.ty)))
                                        .to_owned(),
                                );
                            }
                            for (_, operand) in operands {
                                if let Operand::Copy(place) | Operand::Move(place) = operand
                                    && let Some(ty) = type_of(body, place)
                                {
                                    pairs.extend(owners.iter().map(|owner| (owner.clone(), ty)));
                                }
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
        let mut implementors = FxHashMap::default();
        for implementation in &program.implementations {
            let word = types::last_segment(types::base(types::peel(&implementation.self_type)));
            let number = implementors.len();
            implementors.entry(word.to_owned()).or_insert(number);
        }
        Self {
            program,
            model,
            sharing: holding(&pairs, &SHARED),
            behaving: holding(&pairs, &BEHAVING),
            implementors,
            known: FxHashMap::default(),
            all: Vec::new(),
        }
    }

    /// How many implementors there are.
    pub(super) fn implementor_count(&self) -> usize {
        self.implementors.len()
    }

    /// The number of an implementor by its type.
    pub(super) fn implementor(&self, ty: &str) -> Option<usize> {
        self.implementors
            .get(types::last_segment(types::base(types::peel(ty))))
            .copied()
    }

    /// The number of a type's facts.
    pub(super) fn number(&mut self, ty: &str) -> usize {
        if let Some(known) = self.known.get(ty) {
            return *known;
        }
        let mut implementors = words(ty)
            .filter_map(|word| self.implementors.get(word).copied())
            .collect::<Vec<_>>();
        implementors.sort_unstable();
        implementors.dedup();
        let peeled = types::peel(ty);
        let fact = Fact {
            carries: carries(self.model, ty),
            shared: types::is_mutable_reference(ty) || holds(ty, &SHARED, &self.sharing),
            is_mutable: ty.contains("mut ") || types::is_parameter(peeled) || peeled == "Self",
            behaves: holds(ty, &BEHAVING, &self.behaving),
            is_redacted: self.model.names_redacted_type(ty),
            functions: self.functions(ty),
            implementors,
            is_open: ["dyn ", "impl ", "fn(", "for<"]
                .iter()
                .any(|word| ty.contains(word))
                || types::is_parameter(peeled),
        };
        self.all.push(fact);
        self.known.insert(ty.to_owned(), self.all.len() - 1);
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

/// The type of a place, where a variable or its last step tells it.
fn type_of<'c>(body: &'c crate::mir::Body, place: &'c Place) -> Option<&'c str> {
    match place.projections.last() {
        None => body.locals.get(place.local).map(|local| &*local.ty),
        Some(Projection::Field(_, ty)) => Some(ty),
        Some(_) => None,
    }
}

/// Notes which types hold which, along the steps of a place.
fn fields_of<'c>(
    body: &'c crate::mir::Body,
    place: &'c Place,
    holds: &mut FxHashSet<(String, &'c str)>,
) {
    let mut owner = body.locals.get(place.local).map(|local| &*local.ty);
    for projection in &place.projections {
        if let Projection::Field(_, ty) = projection {
            if let Some(owner) = owner {
                let word = types::last_segment(types::base(types::peel(owner)));
                if !word.ends_with(['}', ')', ']', '>']) {
                    holds.insert((word.to_owned(), ty));
                }
            }
            owner = Some(ty);
        }
    }
}

/// The types of which a word says something, and those that hold them.
fn holding(pairs: &FxHashSet<(String, &str)>, said: &[&str]) -> FxHashSet<String> {
    let mut found = FxHashSet::default();
    loop {
        let before = found.len();
        for (owner, ty) in pairs {
            if !found.contains(owner) && holds(ty, said, &found) {
                found.insert(owner.clone());
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn holds(ty: &str, said: &[&str], known: &FxHashSet<String>) -> bool {
    said.iter().any(|word| ty.contains(word))
        || words(ty).any(|word| known.contains(word) || is_short_parameter(word))
}

/// `T`, `W`, `Self`: stands for anything.
fn is_short_parameter(word: &str) -> bool {
    word == "Self" || word.len() <= 2 && word.starts_with(|c: char| c.is_ascii_uppercase())
}

fn words(ty: &str) -> impl Iterator<Item = &str> {
    ty.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| word.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}

/// Whether text can be in a type.
fn carries(model: &Model, ty: &str) -> bool {
    let ty = types::peel_references(ty);
    if types::is_number(ty) {
        // It may be made of a text's bytes.
        return types::is_integer(ty);
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
