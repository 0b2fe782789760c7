//! Where secrets are taken out of their types and where they are loaded from, and who gets there by which calls.
//!
//! No flows are followed: it is a list of calls, for people who review them.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use crate::mir::{
    Body, BodyKind, Call, Callee, Crate, Operand, Place, Projection, Rvalue, Span, StatementKind,
    Terminator,
};
use crate::model::{Kind, Model};
use crate::source::literal::literals;

use super::SourceText;
use super::named;
use super::program::Program;
use super::types::{self, CalleePath};

const EXPOSING: [&str; 3] = ["expose_secret", "expose_secret_mut", "into_exposed"];

/// The method that ends a flow, with a reason.
pub const DECLASSIFYING: &str = "declassify";

/// What a read of a field that `#[redact]` marks is listed as.
const READ: &str = "read";

/// How many assignments a name is looked for behind.
const MOST_STEPS: usize = 4;

/// All such places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// In the order of the source.
    pub taken_out: BTreeSet<TakenOut>,
    /// In the order of the source.
    pub loaded: BTreeSet<Loaded>,
}

/// A place that takes a secret out of its type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TakenOut {
    /// Where.
    pub span: Span,
    /// The method: `expose_secret`; or `read`, of a marked field.
    pub what: &'static str,
    /// What the code says why it is declassified, if that is a literal.
    pub reason: Option<String>,
    /// The type of the secret; of a marked field, the type that has it.
    // secret-lint: allow(undeclared_secret, reason = "the name of a type")
    pub secret: String,
    /// The number of the marked field, with the variant of an enum: `0`, `Basic.1`.
    pub field: Option<String>,
    /// The function that does it.
    pub function: String,
    /// The functions of the workspace that reach it.
    pub callers: Vec<Caller>,
}

/// A function that reaches a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Caller {
    /// Its path.
    pub function: String,
    /// The functions on the shortest way from it to the one with the place, both left out.
    pub through: Vec<String>,
}

/// A place that loads a secret.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loaded {
    /// Where.
    pub span: Span,
    /// What.
    pub from: LoadedFrom,
    /// The function that does it.
    pub function: String,
}

/// What a secret is loaded from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoadedFrom {
    /// A variable or header by its name, and the function that looks it up.
    Name(String, String),
    /// A function that gives out nothing but secrets: a prompt.
    Function(String),
    /// The variables of a struct that `secret-env` fills: its name, and the prefix.
    Struct(String, String),
}

/// Lists them.
#[must_use]
pub fn inventory(crates: &[Crate], model: &Model, sources: &dyn SourceText) -> Inventory {
    let program = Program::new(crates, model, sources);
    let names = Names::of(crates, &program);
    let callers = callers(&program, &names);
    let mut search = Search {
        program: &program,
        model,
        names: &names,
        found: Inventory::default(),
    };
    for index in 0..program.bodies.len() {
        search.look_at(index);
    }
    let mut found = search.found;
    found.taken_out = found
        .taken_out
        .into_iter()
        .map(|place| TakenOut {
            callers: reaching(&place.function, &callers),
            ..place
        })
        .collect();
    found
}

/// How functions are called in the list.
struct Names {
    /// By body; closures are called as the function around them.
    of_bodies: Vec<String>,
    by_name: HashMap<String, usize>,
    crates: Vec<String>,
}

impl Names {
    fn of(crates: &[Crate], program: &Program<'_>) -> Self {
        let mut types = HashMap::new();
        for implementation in &program.implementations {
            let ty = &implementation.self_type;
            let shown = match &implementation.header.of_trait {
                Some(of_trait) => format!("<{ty} as {of_trait}>"),
                None => ty.clone(),
            };
            for index in implementation.methods.values() {
                if let Some((of_block, _)) = block(&program.bodies[*index].path) {
                    types.insert((program.crate_of[*index], of_block), shown.clone());
                }
            }
        }
        let mut names = Self {
            of_bodies: Vec::new(),
            by_name: HashMap::new(),
            crates: crates.iter().map(|of| of.name.clone()).collect(),
        };
        for (index, body) in program.bodies.iter().enumerate() {
            let crate_number = program.crate_of[index];
            let path = of_function(&body.path);
            let shown = block(path)
                .and_then(|(of_block, rest)| Some((types.get(&(crate_number, of_block))?, rest)))
                .map_or_else(|| path.to_owned(), |(ty, rest)| format!("{ty}{rest}"));
            let name = format!("{}::{shown}", names.crates[crate_number]);
            if path == body.path {
                names.by_name.entry(name.clone()).or_insert(index);
            }
            names.of_bodies.push(name);
        }
        names
    }

    /// The functions of the workspace that a path in a body of this crate may be.
    fn targets(&self, program: &Program<'_>, crate_number: usize, path: &str) -> Vec<usize> {
        let callee = CalleePath::parse(path);
        if callee.trait_path.is_none() {
            // Functions of a crate's own are printed without its name.
            let own = format!("{}::{}", self.crates[crate_number], callee.name);
            let found = self
                .by_name
                .get(&own)
                .or_else(|| self.by_name.get(&callee.name));
            if let Some(index) = found {
                return vec![*index];
            }
        }
        let found = program.resolve(&callee, None).into_iter();
        found
            .map(|(index, _)| index)
            .filter(|index| program.bodies[*index].kind == BodyKind::Function)
            .collect()
    }
}

/// A path up to the end of its `<impl at …>`, and the rest.
fn block(path: &str) -> Option<(&str, &str)> {
    let start = path.find("<impl at ")?;
    let end = start + types::closing(&path[start..])? + 1;
    Some(path.split_at(end))
}

/// Closures, coroutines and constants stand below the function that they belong to.
fn of_function(path: &str) -> &str {
    let inner = ["::{", "::promoted["];
    let ends = inner.iter().filter_map(|inner| path.find(inner));
    &path[..ends.min().unwrap_or(path.len())]
}

/// By function, which ones call it, or hand it on.
type Callers<'n> = BTreeMap<&'n str, BTreeSet<&'n str>>;

fn callers<'n>(program: &Program<'_>, names: &'n Names) -> Callers<'n> {
    let mut found = Callers::new();
    for (index, body) in program.bodies.iter().enumerate() {
        for call in body
            .blocks
            .iter()
            .filter_map(|block| called(&block.terminator))
        {
            let callee = match &call.callee {
                Callee::Path(path) => Some(path.as_str()),
                Callee::Value(_) => None,
            };
            let handed_on = call.arguments.iter().filter_map(|argument| match argument {
                Operand::Constant(constant) => Some(constant.text.trim_start_matches("const ")),
                Operand::Copy(_) | Operand::Move(_) => None,
            });
            let is_path = |text: &&str| {
                !text.contains('"') && text.starts_with(|c: char| c.is_alphabetic() || c == '<')
            };
            for path in callee.into_iter().chain(handed_on.filter(is_path)) {
                for target in names.targets(program, program.crate_of[index], path) {
                    let callers = found.entry(&names.of_bodies[target]).or_default();
                    callers.insert(&names.of_bodies[index]);
                }
            }
        }
    }
    found
}

fn called(terminator: &Terminator) -> Option<&Call> {
    match terminator {
        Terminator::Call(call) => Some(call),
        _ => None,
    }
}

/// All that call `function`, directly or through others.
fn reaching(function: &str, callers: &Callers<'_>) -> Vec<Caller> {
    // By caller, what it calls to get there.
    let mut next: BTreeMap<&str, &str> = BTreeMap::new();
    let mut waiting = VecDeque::from([function]);
    while let Some(to) = waiting.pop_front() {
        for caller in callers.get(to).into_iter().flatten() {
            if *caller != function && !next.contains_key(caller) {
                next.insert(caller, to);
                waiting.push_back(caller);
            }
        }
    }
    let through = |caller: &str| {
        let mut way = Vec::new();
        let mut at = next[caller];
        while at != function {
            way.push(at.to_owned());
            at = next[at];
        }
        way
    };
    next.keys()
        .map(|caller| Caller {
            function: (*caller).to_owned(),
            through: through(caller),
        })
        .collect()
}

struct Search<'s> {
    program: &'s Program<'s>,
    model: &'s Model,
    names: &'s Names,
    found: Inventory,
}

impl Search<'_> {
    fn look_at(&mut self, index: usize) {
        let body = self.program.bodies[index];
        for block in &body.blocks {
            for statement in &block.statements {
                if let (StatementKind::Assign(_, value), Some(span)) =
                    (&statement.kind, &statement.span)
                {
                    for place in places(value) {
                        self.read(index, place, span);
                    }
                }
            }
            let Some(call) = called(&block.terminator) else {
                continue;
            };
            let Some(span) = call.callee_span.as_ref().or(block.terminator_span.as_ref()) else {
                continue;
            };
            for place in call.arguments.iter().filter_map(place_of) {
                self.read(index, place, span);
            }
            if let Callee::Path(path) = &call.callee {
                self.call(index, path, call, span);
            }
        }
    }

    /// A field that `#[redact]` marks, where it is not the derive that reads it.
    fn read(&mut self, index: usize, place: &Place, span: &Span) {
        let body = self.program.bodies[index];
        let marks = &self.program.marks;
        let Some((ty, field)) = marks.field(self.program.crate_of[index], body, place) else {
            return;
        };
        let read = match place.projections.last() {
            Some(Projection::Field(_, ty)) => types::base(types::peel(ty)),
            _ => "",
        };
        let hides = |ty: &str| self.model.is_redacted_type(ty) || self.model.is_clean_type(ty);
        if types::is_number(read) || hides(read) || self.program.is_derived(&body.path) {
            return;
        }
        let secret = ty.to_owned();
        self.take_out(index, span, READ, secret, Some(field), None);
    }

    fn take_out(
        &mut self,
        index: usize,
        span: &Span,
        what: &'static str,
        secret: String,
        field: Option<String>,
        reason: Option<String>,
    ) {
        self.found.taken_out.insert(TakenOut {
            span: span.clone(),
            what,
            reason,
            secret,
            field,
            function: self.names.of_bodies[index].clone(),
            callers: Vec::new(),
        });
    }

    fn call(&mut self, index: usize, path: &str, call: &Call, span: &Span) {
        let body = self.program.bodies[index];
        let callee = CalleePath::parse(path);
        let method = callee.method();
        if let Some(what) = EXPOSING
            .into_iter()
            .chain([DECLASSIFYING])
            .find(|known| *known == method)
        {
            let secret = call.arguments.first().and_then(place_of);
            let secret = secret.and_then(|place| body.locals.get(place.local));
            let secret = secret.map(|local| types::peel_references(&local.ty).to_owned());
            let reason = match call.arguments.get(1) {
                Some(Operand::Constant(constant)) if what == DECLASSIFYING => {
                    text_of(&constant.text)
                }
                _ => None,
            };
            self.take_out(index, span, what, secret.unwrap_or_default(), None, reason);
            return;
        }
        let from = if let Some(of_struct) = self.filled(body, &callee) {
            Some(of_struct)
        } else {
            self.looked_up(body, &callee, call)
        };
        if let Some(from) = from {
            self.found.loaded.insert(Loaded {
                span: span.clone(),
                from,
                function: self.names.of_bodies[index].clone(),
            });
        }
    }

    /// The struct that a call of `secret-env` fills.
    fn filled(&self, body: &Body, callee: &CalleePath) -> Option<LoadedFrom> {
        let prefix = match &*callee.name {
            "secret_env::from_env" => String::new(),
            "secret_env::Loader::load" => self.prefix(body),
            _ => return None,
        };
        let ty = types::last_segment(types::base(callee.generics.first()?));
        Some(LoadedFrom::Struct(ty.to_owned(), prefix))
    }

    /// What a body gives a loader as the prefix; `*` where that cannot be told.
    fn prefix(&self, body: &Body) -> String {
        let calls = body
            .blocks
            .iter()
            .filter_map(|block| called(&block.terminator));
        let mut given = calls.filter_map(|call| match &call.callee {
            Callee::Path(path) if CalleePath::parse(path).name == "secret_env::Loader::prefix" => {
                Some(self.name(body, call.arguments.get(1)?, MOST_STEPS))
            }
            _ => None,
        });
        match (given.next(), given.next()) {
            (None, _) => String::new(),
            (Some(Some(prefix)), None) => prefix,
            _ => "*".to_owned(),
        }
    }

    /// What a source of the model looks up, where that is a secret.
    fn looked_up(&self, body: &Body, callee: &CalleePath, call: &Call) -> Option<LoadedFrom> {
        let self_type = callee.self_type.as_deref().unwrap_or_default();
        let source = self.model.source(&callee.name, self_type)?;
        if source.kind != Kind::Exposed {
            return None;
        }
        if source.when.is_none() {
            return Some(LoadedFrom::Function(callee.name.clone()));
        }
        let name = self.name(body, call.arguments.get(source.name)?, MOST_STEPS)?;
        named::is_secret(&name).then(|| LoadedFrom::Name(name, callee.name.clone()))
    }

    /// The text that an operand is, or the name of a constant of another crate.
    fn name(&self, body: &Body, operand: &Operand, steps: usize) -> Option<String> {
        let place = match operand {
            Operand::Constant(constant) => {
                let text = constant.text.trim_start_matches("const ");
                if let Some(text) = text_of(text) {
                    return Some(text);
                }
                let Some(of) = self.program.constant_body(&body.path, text) else {
                    return text
                        .contains("::")
                        .then(|| types::last_segment(text).to_owned());
                };
                let of = self.program.bodies[of];
                return self.assigned(of, 0, steps.checked_sub(1)?);
            }
            Operand::Copy(place) | Operand::Move(place) => place,
        };
        self.assigned(body, place.local, steps.checked_sub(1)?)
    }

    /// The text that is put into a variable, if nothing else is.
    fn assigned(&self, body: &Body, local: usize, steps: usize) -> Option<String> {
        let statements = body.blocks.iter().flat_map(|block| &block.statements);
        let mut values = statements.filter_map(|statement| match &statement.kind {
            StatementKind::Assign(to, value) if to.local == local => Some(value),
            _ => None,
        });
        match (values.next()?, values.next()) {
            (Rvalue::Use(operand) | Rvalue::Cast { operand, .. }, None) => {
                self.name(body, operand, steps)
            }
            (Rvalue::Reference { place, .. }, None) => {
                self.assigned(body, place.local, steps.checked_sub(1)?)
            }
            _ => None,
        }
    }
}

/// What a constant is worth, where it is text.
fn text_of(constant: &str) -> Option<String> {
    let literal = literals(constant).next()?;
    Some(literal.value(constant))
}

/// The places that are read.
fn places(value: &Rvalue) -> Vec<&Place> {
    let operands = match value {
        Rvalue::Reference { place, .. } => return vec![place],
        Rvalue::Use(operand) | Rvalue::Cast { operand, .. } | Rvalue::Repeat(operand) => {
            vec![operand]
        }
        Rvalue::Aggregate { operands, .. } => operands.iter().map(|(_, operand)| operand).collect(),
        Rvalue::Binary(_, one, other) => vec![one, other],
        _ => Vec::new(),
    };
    operands.into_iter().filter_map(place_of).collect()
}

fn place_of(operand: &Operand) -> Option<&Place> {
    match operand {
        Operand::Copy(place) | Operand::Move(place) => Some(place),
        Operand::Constant(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_are_followed_to_the_top_and_in_circles() {
        let callers = Callers::from([
            ("a::leaf", BTreeSet::from(["a::middle"])),
            (
                "a::middle",
                BTreeSet::from(["a::leaf", "b::main", "b::long"]),
            ),
            ("b::long", BTreeSet::from(["b::main"])),
        ]);
        let shown: Vec<_> = reaching("a::leaf", &callers)
            .into_iter()
            .map(|caller| format!("{} {:?}", caller.function, caller.through))
            .collect();
        assert_eq!(
            shown,
            [
                "a::middle []",
                r#"b::long ["a::middle"]"#,
                r#"b::main ["a::middle"]"#,
            ]
        );
    }

    #[test]
    fn closures_belong_to_their_function() {
        assert_eq!(of_function("a::f::{closure#0}::{closure#1}"), "a::f");
        assert_eq!(
            of_function("a::<impl at src/a.rs:1:1: 2:3>::f::promoted[0]"),
            "a::<impl at src/a.rs:1:1: 2:3>::f"
        );
        assert_eq!(
            block("a::<impl at src/a.rs:1:1: 2:3>::f"),
            Some(("a::<impl at src/a.rs:1:1: 2:3>", "::f"))
        );
    }
}
