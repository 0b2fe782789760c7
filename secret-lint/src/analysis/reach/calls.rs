//! The edges that calls make.

use rustc_hash::FxHashMap;

use crate::mir::{Call, Callee, Constant, Operand};
use crate::model::{Base, Flow, Kind, Model};

use super::super::program::Program;
use super::super::types::{self, CalleePath};
use super::edges::{Builder, Hub, Methods, Read, hub, is_path};
use super::erased::{self, Erased};

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

/// Traits that give out what they get, whoever implements them. Where it is not known who does, it may be anybody, and all
/// would be taken for one; whatever has a secret enters its implementations where its type is known.
const PASSING_THROUGH: [&str; 11] = [
    "Clone",
    "Debug",
    "Display",
    "Eq",
    "Hash",
    "LowerHex",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "ToString",
    "UpperHex",
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
        } else if callee.name.starts_with("std::env::set_var")
            || callee.name.starts_with("std::env::var")
        {
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

/// What a function does something with.
#[derive(Clone, Copy, Default)]
pub(super) struct Asks {
    literals: bool,
    placeholders: bool,
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
    /// Whether it gives out placeholders.
    is_placeholder: bool,
    /// Of the arguments, the name of what it gives out, where that has to say secret.
    named_by: Option<usize>,
    /// Whether it takes literals or placeholders for something.
    asks: Asks,
    /// Whether it may show what it gets.
    formats: bool,
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
    known: FxHashMap<(usize, String), Target>,
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
        let key = (program.here(), path.to_owned());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let target = self.target(program, model, path);
        self.known.insert(key, target.clone());
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
        let peeled = types::peel(&self_type);
        let passes_through = is_open(peeled) && PASSING_THROUGH.contains(&trait_word);
        let bodies = program
            .resolve(&callee, None)
            .into_iter()
            .map(|(body, _)| body)
            .filter(|body| program.bodies[*body].kind == crate::mir::BodyKind::Function)
            .filter(|_| !passes_through)
            .collect::<Vec<_>>();
        let mut named = Vec::new();
        if is_indirect {
            named = program.closures_of(peeled);
        } else if bodies.is_empty() && is_open(peeled) && !passes_through {
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
            is_source: source.is_some_and(|source| source.kind != Kind::Placeholder)
                && named_by.is_none(),
            is_placeholder: source.is_some_and(|source| source.kind == Kind::Placeholder),
            named_by,
            asks: asks(model, &callee, path),
            formats: formats(&callee.name),
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
fn asks(model: &Model, callee: &CalleePath, path: &str) -> Asks {
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
        None => model.sinks(
            &callee.name,
            callee.self_type.as_deref().unwrap_or_default(),
        ),
    };
    Asks {
        literals: sinks.iter().any(|sink| sink.kind == Kind::Literal),
        placeholders: sinks.iter().any(|sink| sink.kind == Kind::Placeholder),
    }
}

/// Whether a function may show what it gets.
fn formats(name: &str) -> bool {
    ["fmt::", "serde", "ToString", "log::", "tracing"]
        .iter()
        .any(|part| name.contains(part))
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
        || formats(name)
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
            for (operand, read) in call.arguments.iter().zip(&arguments) {
                if let Some(read) = read
                    && self.panics_with(operand)
                {
                    self.graph.edge(read.node, self.panics[self.program.here()]);
                }
            }
        }
        if may_catch(&self.body().locals[call.destination.local].ty) {
            for of in 0..self.panics.len() {
                if self.program.visible.may_run(self.program.here(), of) {
                    self.graph.edge(self.panics[of], to.node);
                }
            }
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
                    let node = self.place(place).node;
                    self.drop(node, ty);
                }
            }
            Effect::Environment => {
                if let Some(Some(value)) = arguments.get(1) {
                    self.graph.edge(value.node, self.environment);
                }
                self.graph.edge(self.environment, to.node);
                return;
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

    /// Whether a panic may carry something of an operand: of a result it is the error.
    fn panics_with(&mut self, operand: &Operand) -> bool {
        let (Operand::Copy(place) | Operand::Move(place)) = operand else {
            return true;
        };
        let ty = &self.body().locals[place.local].ty;
        match types::arguments(ty).as_slice() {
            [_, error] if types::base(ty).ends_with("result::Result") => {
                let number = self.facts.number(error);
                self.facts.get(number).carries
            }
            _ => true,
        }
    }

    /// Notes what is asked for by name or as a text, and where placeholders come from.
    fn ask(&mut self, target: &Target, arguments: &[Option<Read>], to: Read) {
        if let Some(Some(name)) = target.named_by.and_then(|number| arguments.get(number)) {
            self.name_askers.push(name.node);
            let looked_up = self.graph.add(1);
            self.graph.edge(name.node, looked_up);
            self.looked_up.push((looked_up, to.node));
        }
        for read in arguments.iter().flatten() {
            self.asks_for(target.asks, read.node, to.node);
        }
        // What stands for a type parameter may show a placeholder, and so may types of the workspace.
        let is_shown = |read: &Read| {
            let fact = self.facts.get(read.fact);
            let may_show = fact.is_open || fact.is_dynamic || !fact.implementors.is_empty();
            fact.is_redacted || target.formats && may_show
        };
        if target.is_placeholder || arguments.iter().flatten().any(is_shown) {
            self.placeholders.push(to.node);
            let written = arguments.iter().flatten();
            self.placeholders.extend(
                written
                    .filter(|read| self.facts.get(read.fact).shared)
                    .map(|read| read.node),
            );
        }
    }

    /// Notes what a function asks for that gets something and gives something.
    fn asks_for(&mut self, asks: Asks, gets: usize, gives: usize) {
        if asks.literals {
            self.literal_askers.push(gets);
        }
        if asks.placeholders {
            self.placeholder_askers.push(gets);
        }
        if asks.literals || asks.placeholders {
            self.always.push(gives);
        }
    }

    fn own_call(&mut self, body: usize, call: &Call, arguments: &[Option<Read>], to: Read) {
        let site = self.graph.site();
        let first = self.first[body];
        let count = self.program.bodies[body].parameters;
        let inner = self.handed[body];
        for (number, read) in arguments.iter().enumerate().take(count) {
            let Some(read) = *read else { continue };
            self.pass(site, read.node, first + number + 1);
            self.show(read);
            let fact = self.facts.get(read.fact);
            if fact.is_open || !fact.erased.is_empty() {
                let outer = self.handed_here();
                self.graph.leave(site, inner.gets, outer.gets);
                self.graph.enter(site, outer.gives, inner.gives);
            }
        }
        for (operand, read) in call.arguments.iter().zip(arguments) {
            for function in self.functions_of(operand) {
                let handed = hub(&mut self.graph);
                self.graph.leave(site, inner.gets, handed.gets);
                self.graph.enter(site, handed.gives, inner.gives);
                self.link_value(*read, function, handed);
            }
            if let Operand::Constant(constant) = operand {
                let target = self.callees.of_constant(self.program, self.model, constant);
                if target.is_source {
                    self.sources.push(inner.gives);
                }
                self.asks_for(target.asks, inner.gets, inner.gives);
            }
        }
        self.graph.leave(site, first, to.node);
        if self.fact(first).shared {
            self.graph.enter(site, to.node, first);
        }
    }

    /// A function that is not the workspace's: what goes in comes out, and it may call what it is handed.
    fn foreign_call(&mut self, target: &Target, call: &Call, arguments: &[Option<Read>], to: Read) {
        let result = self.facts.get(to.fact).clone();
        let is_plain = |read: &Read| {
            let fact = self.facts.get(read.fact);
            fact.functions.is_empty()
                && fact.implementors.is_empty()
                && !fact.is_open
                && fact.erased.is_empty()
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
        for operand in &call.arguments {
            self.keep(operand, &result.erased);
        }
        let inner = hub(&mut self.graph);
        let site = self.graph.site();
        for read in arguments.iter().flatten().copied() {
            let fact = self.facts.get(read.fact).clone();
            if !fact.carries && fact.functions.is_empty() && fact.implementors.is_empty() {
                continue;
            }
            if !fact.is_formatter {
                self.graph.edge(read.node, inner.gets);
            }
            if fact.is_mutable || !fact.functions.is_empty() || target.writes && fact.shared {
                self.graph.edge(inner.gives, read.node);
            }
            if fact.shared && result.shared {
                self.graph.edge(to.node, read.node);
            }
            for number in fact.implementors {
                let Methods { this, other } = self.implementors[number];
                self.graph.enter(site, read.node, this);
                self.graph.leave(site, this, read.node);
                self.graph.enter(site, inner.gets, other.gets);
                self.graph.leave(site, other.gives, inner.gives);
            }
            if fact.is_open || !fact.erased.is_empty() {
                self.call_handed(inner, &fact.erased);
            }
        }
        self.graph.edge(inner.gets, inner.gives);
        if result.carries && !(target.effect == Effect::Measures && types::is_integer(result_type))
        {
            self.graph.edge(inner.gives, to.node);
        }
        for number in result.implementors {
            // `parse`, `collect`, `into`: makes one by its implementation.
            let other = self.implementors[number].other;
            let site = self.graph.site();
            self.graph.enter(site, inner.gets, other.gets);
            self.graph.leave(site, other.gives, to.node);
        }
        for body in &target.named {
            if target.is_indirect {
                self.link_value(arguments.first().copied().flatten(), *body, inner);
                continue;
            }
            let site = self.graph.site();
            let this = arguments.first().copied().flatten();
            if let Some(this) = this {
                self.pass(site, this.node, self.first[*body] + 1);
            }
            self.link_called(*body, 1 + usize::from(this.is_some()), inner, site);
        }
        if target.is_indirect && target.named.is_empty() {
            let called = self.called_with(call);
            self.call_handed(inner, &[called, Erased::Behind]);
        }
        for (operand, read) in call.arguments.iter().zip(arguments) {
            for function in self.functions_of(operand) {
                self.link_value(*read, function, inner);
                // It may get what it gave before: `fold`.
                self.graph.edge(inner.gives, inner.gets);
            }
            if let Operand::Constant(constant) = operand {
                let target = self.callees.of_constant(self.program, self.model, constant);
                if target.is_source {
                    self.sources.push(to.node);
                }
                self.asks_for(target.asks, inner.gets, to.node);
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

    /// The functions that a call of a value may run, by its arguments: a tuple of them, or each for itself.
    fn called_with(&self, call: &Call) -> Erased {
        if matches!(call.callee, Callee::Value(_)) {
            return Erased::Called(call.arguments.len());
        }
        match call.arguments.get(1) {
            Some(Operand::Copy(place) | Operand::Move(place)) => {
                Erased::Called(erased::count(&self.body().locals[place.local].ty))
            }
            _ => Erased::Called(0),
        }
    }

    /// Functions are called that nobody here knows: those that were handed in, and maybe those that are kept anywhere.
    fn call_handed(&mut self, inner: Hub, kept: &[Erased]) {
        let mut hubs = vec![self.handed_here()];
        let here = self.program.here();
        for of in 0..self.program.crate_count() {
            if self.program.visible.may_share(here, of) {
                hubs.extend(kept.iter().map(|kind| self.kept(of, *kind)));
            }
        }
        for hub in hubs {
            self.graph.edge(inner.gets, hub.gets);
            self.graph.edge(hub.gives, inner.gives);
        }
    }
}
