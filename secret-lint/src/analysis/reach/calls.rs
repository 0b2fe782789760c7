//! The edges that calls make.

use rustc_hash::FxHashMap;

use crate::mir::{Call, Callee, Constant, Operand};
use crate::model::{Base, Flow, Kind, Model};

use super::super::program::Program;
use super::super::types::{self, CalleePath};
use super::edges::{Builder, Hub, Read, is_path};

/// What gives a number that says nothing of the text.
const MEASURES: [&str; 9] = [
    "len",
    "count",
    "capacity",
    "position",
    "rposition",
    "finish",
    "hash_one",
    "count_ones",
    "align_offset",
];

/// What a function does beside passing things on.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Effect {
    #[default]
    Nothing,
    /// Ends a flow.
    End,
    /// A number that it gives back is none of what it gets.
    Measures,
    /// Drops what it gets.
    Drops,
    /// Sets or reads variables of the process.
    Environment,
}

impl Effect {
    fn of(model: &Model, callee: &CalleePath, flows: Option<&[Flow]>) -> Self {
        if callee.name == "std::mem::drop" {
            Self::Drops
        } else if callee.name.starts_with("std::env::") {
            Self::Environment
        } else if model.sanitizer(&callee.name).is_some() || flows.is_some_and(gives_nothing) {
            Self::End
        } else if MEASURES.contains(&callee.method()) {
            Self::Measures
        } else {
            Self::Nothing
        }
    }
}

/// What a path leads to.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent questions about one function"
)]
#[derive(Clone, Default)]
pub(super) struct Target {
    /// The workspace's functions that it may be.
    pub(super) bodies: Vec<usize>,
    /// Whether it gives out secrets.
    is_source: bool,
    /// Of the arguments, the name of what it gives out, where that has to say secret.
    named_by: Option<usize>,
    /// Whether it takes literals or placeholders for something.
    asks: bool,
    /// Whether a panic carries its arguments.
    panics: bool,
    /// Whether it gives an element by an argument: `TABLE.get(index)`.
    looks_up: bool,
    /// Which arguments go where, `None` being the result, if the model says so and no functions are involved.
    flows: Option<Vec<(usize, Option<usize>)>>,
    /// Whether the model says that it writes to arguments.
    writes: bool,
    /// What it does beside passing things on.
    effect: Effect,
    /// Calls a function that is a value: `FnOnce::call_once`, `Future::poll`.
    is_indirect: bool,
    /// Closures and coroutines that it names, and the workspace's implementations of a trait that others defined.
    named: Vec<usize>,
}

/// The targets of all paths seen.
pub(super) struct Callees {
    known: FxHashMap<String, Target>,
    /// Methods of implementations by the trait's last word.
    of_traits: FxHashMap<String, Vec<usize>>,
}

impl Callees {
    pub(super) fn of(program: &Program<'_>) -> Self {
        let mut of_traits: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for implementation in &program.implementations {
            if let Some(of) = &implementation.header.of_trait {
                of_traits
                    .entry(of.clone())
                    .or_default()
                    .extend(implementation.methods.values());
            }
        }
        Self {
            known: FxHashMap::default(),
            of_traits,
        }
    }

    fn of_path(&mut self, program: &Program<'_>, model: &Model, path: &str) -> Target {
        if let Some(known) = self.known.get(path) {
            return known.clone();
        }
        let target = self.target(program, model, path);
        self.known.insert(path.to_owned(), target.clone());
        target
    }

    /// The function that a constant is.
    pub(super) fn of_constant(
        &mut self,
        program: &Program<'_>,
        model: &Model,
        constant: &Constant,
    ) -> Target {
        let text = constant.text.trim().trim_start_matches("const ");
        if let Some(ty) = text.strip_prefix("ZeroSized: ") {
            return Target {
                bodies: program.closures_of(ty),
                ..Target::default()
            };
        }
        if is_path(text) {
            self.of_path(program, model, text)
        } else {
            Target::default()
        }
    }

    fn target(&self, program: &Program<'_>, model: &Model, path: &str) -> Target {
        let callee = CalleePath::parse(path);
        let self_type = callee.self_type.clone().unwrap_or_default();
        let trait_word = callee
            .trait_path
            .as_deref()
            .map(types::last_segment)
            .unwrap_or_default();
        let is_poll = callee.name.ends_with("Future::poll");
        let is_indirect = is_poll
            || matches!(callee.method(), "call" | "call_mut" | "call_once")
                && (trait_word.starts_with("Fn") || trait_word.starts_with("AsyncFn"));
        let bodies = program
            .resolve(&callee, None)
            .into_iter()
            .map(|(body, _)| body)
            .filter(|body| program.bodies[*body].kind == crate::mir::BodyKind::Function)
            .collect::<Vec<_>>();
        let mut named = Vec::new();
        let peeled = types::peel(&self_type);
        if is_indirect {
            named = program.closures_of(peeled);
        } else if bodies.is_empty() && is_open(peeled) {
            named = self.of_traits.get(trait_word).cloned().unwrap_or_default();
        }
        let flows = model
            .flows(&callee.name, types::peel_references(&self_type))
            .filter(|_| bodies.is_empty() && !is_converting(&callee.name));
        let source = model.source(&callee.name, &self_type);
        let named_by = source
            .filter(|source| source.when.is_some())
            .map(|source| source.name);
        let sinks = model.sinks_for_any(&callee.name);
        Target {
            is_source: source.is_some() && named_by.is_none(),
            named_by,
            asks: asks(model, &callee, path),
            panics: sinks.iter().any(|sink| sink.is_panic),
            looks_up: matches!(callee.method(), "get" | "nth"),
            effect: Effect::of(model, &callee, flows),
            flows: flows.and_then(plain_flows),
            writes: flows
                .is_some_and(|flows| flows.iter().any(|flow| flow.to.base != Base::Return)),
            is_indirect,
            bodies,
            named,
        }
    }
}

/// Whether a call gives a literal or a placeholder to something that asks for it, itself or by what it converts to.
fn asks(model: &Model, callee: &CalleePath, path: &str) -> bool {
    let makes = [
        ("Into::into", "std::convert::From::from"),
        ("TryInto::try_into", "std::convert::TryFrom::try_from"),
        ("str::parse", "std::str::FromStr::from_str"),
    ]
    .into_iter()
    .find_map(|(end, makes)| callee.name.ends_with(end).then_some(makes));
    let sinks = match makes {
        // The type that it makes stands somewhere in the path.
        Some(makes) => model.sinks(makes, path),
        None => model.sinks(&callee.name, callee.self_type.as_deref().unwrap_or_default()),
    };
    sinks.iter().any(|sink| sink.kind != Kind::Exposed)
}

/// Whether the analysis asks the implementations for types of the workspace first, or formats.
fn is_converting(name: &str) -> bool {
    [
        "From::from",
        "Into::into",
        "try_from",
        "try_into",
        "parse",
        "from_str",
        "from_residual",
    ]
    .iter()
    .any(|end| name.ends_with(end))
        || ["fmt::", "serde", "ToString", "log::", "tracing"]
            .iter()
            .any(|part| name.contains(part))
}

fn gives_nothing(flows: &[Flow]) -> bool {
    flows
        .iter()
        .all(|flow| flow.from.is_none() && flow.to.base == Base::Return)
}

/// From which argument to which, where all flows are between these and the result.
fn plain_flows(flows: &[Flow]) -> Option<Vec<(usize, Option<usize>)>> {
    let mut found = Vec::new();
    for flow in flows {
        let to = match flow.to.base {
            Base::Return => None,
            Base::Argument(number) => Some(number),
            _ => return None,
        };
        match flow.from.as_ref().map(|from| from.base) {
            Some(Base::Argument(from)) => found.push((from, to)),
            None => {}
            Some(_) => return None,
        }
    }
    Some(found)
}

fn is_open(ty: &str) -> bool {
    ty.starts_with("dyn ") || ty.starts_with("impl ") || ty == "Self" || types::is_parameter(ty)
}

/// Whether what panics carried may be in something of a type.
fn may_catch(ty: &str) -> bool {
    ty.contains("dyn std::any::Any") || ty.contains("JoinHandle")
}

impl Builder<'_, '_> {
    pub(super) fn call(&mut self, call: &Call) {
        let to = self.place(&call.destination);
        let target = match &call.callee {
            Callee::Path(path) => self.callees.of_path(self.program, self.model, path),
            Callee::Value(operand) => Target {
                named: self.functions_of(operand),
                is_indirect: true,
                ..Target::default()
            },
        };
        if target.is_source {
            self.sources.push(to.node);
        }
        let arguments = call
            .arguments
            .iter()
            .map(|operand| self.operand(operand))
            .collect::<Vec<_>>();
        self.ask(&target, &arguments, to);
        if target.panics {
            for read in arguments.iter().flatten() {
                self.graph.edge(read.node, self.panics);
            }
        }
        if may_catch(&self.body().locals[call.destination.local].ty) {
            self.graph.edge(self.panics, to.node);
        }
        if target.looks_up
            && let [_, Operand::Copy(index) | Operand::Move(index)] = call.arguments.as_slice()
        {
            self.look_up(index.local, to.node);
        }
        match target.effect {
            Effect::End => return,
            Effect::Drops => {
                if let [Operand::Move(place)] = call.arguments.as_slice() {
                    let ty = &self.body().locals[place.local].ty;
                    self.drop(self.place(place).node, ty);
                }
            }
            Effect::Environment => {
                for read in arguments.iter().flatten() {
                    self.graph.edge(read.node, self.environment);
                }
                self.graph.edge(self.environment, to.node);
            }
            Effect::Measures | Effect::Nothing => {}
        }
        if target.bodies.is_empty() {
            self.foreign_call(&target, call, &arguments, to);
        } else {
            for body in &target.bodies {
                self.own_call(*body, call, &arguments, to);
            }
        }
    }

    /// Notes what is asked for by name or as a text, and where placeholders come from.
    fn ask(&mut self, target: &Target, arguments: &[Option<Read>], to: Read) {
        if let Some(Some(name)) = target.named_by.and_then(|number| arguments.get(number)) {
            self.askers.push(name.node);
            let looked_up = self.graph.add(1);
            self.graph.edge(name.node, looked_up);
            self.looked_up.push((looked_up, to.node));
        }
        if target.asks {
            let nodes = arguments.iter().flatten().map(|read| read.node);
            self.askers.extend(nodes);
            self.always.push(to.node);
        }
        let is_shown = |read: &Read| self.facts.get(read.fact).is_redacted;
        if arguments.iter().flatten().any(is_shown) {
            self.texts.push(to.node);
            let written = arguments.iter().flatten();
            self.texts.extend(
                written
                    .filter(|read| self.facts.get(read.fact).shared)
                    .map(|read| read.node),
            );
        }
    }

    fn own_call(&mut self, body: usize, call: &Call, arguments: &[Option<Read>], to: Read) {
        let first = self.first[body];
        let count = self.program.bodies[body].parameters;
        for (number, read) in arguments.iter().enumerate().take(count) {
            let Some(read) = *read else { continue };
            let parameter = first + number + 1;
            self.graph.edge(read.node, parameter);
            if self.fact(parameter).shared {
                self.graph.edge(parameter, read.node);
            }
            self.show(read);
            if self.facts.get(read.fact).is_open {
                let (inner, outer) = (self.handed[body], self.handed[self.root()]);
                self.graph.edge(inner.gets, outer.gets);
                self.graph.edge(outer.gives, inner.gives);
            }
        }
        for operand in &call.arguments {
            let hub = self.handed[body];
            for function in self.functions_of(operand) {
                self.link_called(function, self.first_parameter(function), hub);
            }
            if let Operand::Constant(constant) = operand
                && self
                    .callees
                    .of_constant(self.program, self.model, constant)
                    .is_source
            {
                self.sources.push(hub.gives);
            }
        }
        self.graph.edge(first, to.node);
        if self.fact(first).shared {
            self.graph.edge(to.node, first);
        }
    }

    /// A function that is not the workspace's: what goes in comes out, and it may call what it is handed.
    fn foreign_call(&mut self, target: &Target, call: &Call, arguments: &[Option<Read>], to: Read) {
        let result = self.facts.get(to.fact).clone();
        let is_plain = |read: &Read| {
            let fact = self.facts.get(read.fact);
            fact.functions.is_empty() && fact.implementors.is_empty() && !fact.is_open
        };
        if let Some(flows) = &target.flows
            && !target.is_indirect
            && target.named.is_empty()
            && result.implementors.is_empty()
            && arguments.iter().flatten().all(is_plain)
        {
            self.plain_call(flows, arguments, to);
            return;
        }
        let result_type = &self.body().locals[call.destination.local].ty;
        let inner = Hub {
            gets: self.graph.add(1),
            gives: self.graph.add(1),
        };
        for read in arguments.iter().flatten().copied() {
            let fact = self.facts.get(read.fact).clone();
            if !fact.carries && fact.functions.is_empty() && fact.implementors.is_empty() {
                continue;
            }
            self.graph.edge(read.node, inner.gets);
            if fact.is_mutable || !fact.functions.is_empty() || target.writes && fact.shared {
                self.graph.edge(inner.gives, read.node);
            }
            if fact.shared && result.shared {
                self.graph.edge(to.node, read.node);
            }
            for number in fact.implementors {
                let hub = self.implementors[number];
                self.graph.edge(inner.gets, hub.gets);
                self.graph.edge(hub.gives, inner.gives);
            }
            if fact.is_open {
                self.call_handed(inner);
            }
        }
        self.graph.edge(inner.gets, inner.gives);
        if result.carries && !(target.effect == Effect::Measures && types::is_integer(result_type))
        {
            self.graph.edge(inner.gives, to.node);
        }
        for number in result.implementors {
            // `parse`, `collect`, `into`: makes one by its implementation.
            let hub = self.implementors[number];
            self.graph.edge(inner.gets, hub.gets);
            self.graph.edge(hub.gives, to.node);
        }
        for body in &target.named {
            let from = if target.is_indirect && self.program.bodies[*body].path.ends_with('}') {
                2
            } else {
                1
            };
            self.link_called(*body, from, inner);
            if from == 2
                && let Some(Some(read)) = arguments.first()
            {
                self.both(read.node, self.first[*body] + 1);
            }
        }
        if target.is_indirect && target.named.is_empty() {
            self.call_handed(inner);
        }
        for operand in &call.arguments {
            for function in self.functions_of(operand) {
                self.link_called(function, self.first_parameter(function), inner);
            }
            if let Operand::Constant(constant) = operand
                && self
                    .callees
                    .of_constant(self.program, self.model, constant)
                    .is_source
            {
                self.sources.push(to.node);
                self.sources.push(self.kept.gives);
            }
        }
    }

    /// A function that the model knows.
    fn plain_call(
        &mut self,
        flows: &[(usize, Option<usize>)],
        arguments: &[Option<Read>],
        to: Read,
    ) {
        for (from, target) in flows {
            let Some(Some(from)) = arguments.get(*from).copied() else {
                continue;
            };
            let target = match target {
                None => Some(to),
                Some(number) => arguments.get(*number).copied().flatten(),
            };
            let Some(target) = target else { continue };
            self.graph.edge(from.node, target.node);
            if self.facts.get(from.fact).shared && self.facts.get(target.fact).shared {
                self.graph.edge(target.node, from.node);
            }
        }
    }

    /// Functions are called that nobody here knows: those that were handed in, or kept anywhere.
    fn call_handed(&mut self, inner: Hub) {
        for hub in [self.handed[self.root()], self.kept] {
            self.graph.edge(inner.gets, hub.gets);
            self.graph.edge(hub.gives, inner.gives);
        }
    }
}
