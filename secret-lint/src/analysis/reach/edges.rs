//! The edges that statements make.

use rustc_hash::FxHashMap;

use crate::mir::{
    Aggregate, Body, BodyKind, Constant, Operand, Place, Projection, Rvalue, StatementKind,
    Terminator,
};
use crate::model::Model;

use super::super::definitions::{Definitions, computed_from, definitions};
use super::super::program::Program;
use super::super::types;
use super::super::{literals, named};
use super::calls::Callees;
use super::captured::{self, Part};
use super::erased::Erased;
use super::facts::Facts;
use super::graph::{Graph, Site};

/// Functions as values, by who may call them: what they get and what they give back.
#[derive(Clone, Copy)]
pub(super) struct Hub {
    pub(super) gets: usize,
    pub(super) gives: usize,
}

/// The methods of a type, as somebody may call them who knows only their trait.
#[derive(Clone, Copy)]
pub(super) struct Methods {
    /// The value that they are called on.
    pub(super) this: usize,
    pub(super) other: Hub,
}

/// What gets where, by node.
pub(super) struct Reached {
    /// Secrets, and texts that something asks for.
    pub(super) all: Vec<bool>,
    /// Secrets alone.
    pub(super) secrets: Vec<bool>,
}

/// Makes the graph.
pub(super) struct Builder<'p, 'c> {
    pub(super) program: &'p Program<'c>,
    pub(super) model: &'p Model,
    pub(super) facts: Facts<'p, 'c>,
    pub(super) graph: Graph,
    /// The first node of each body: of what it returns.
    pub(super) first: Vec<usize>,
    /// The facts of each variable, in the order of the nodes.
    pub(super) types: Vec<usize>,
    /// Functions that a body is handed by its callers.
    pub(super) handed: Vec<Hub>,
    /// Functions that are kept somewhere, by crate.
    kept: FxHashMap<(usize, Erased), Hub>,
    /// The workspace's implementations of traits, by the number of their type.
    pub(super) implementors: Vec<Methods>,
    /// Thread-local variables by what is in them.
    thread_locals: FxHashMap<String, usize>,
    /// What panics carry to those that catch them, by the crate that panics.
    pub(super) panics: Vec<usize>,
    /// The variables of the process.
    pub(super) environment: usize,
    /// Literals that may be secrets.
    literals: usize,
    /// Literals that name secrets.
    names: usize,
    /// Literals that may be either.
    either: usize,
    /// Literals that stand in place of a secret.
    stand_ins: usize,
    /// Where secrets come from.
    pub(super) sources: Vec<usize>,
    /// Where placeholders come from.
    pub(super) placeholders: Vec<usize>,
    /// What asks for literals.
    pub(super) literal_askers: Vec<usize>,
    /// What asks for names.
    pub(super) name_askers: Vec<usize>,
    /// What asks for placeholders.
    pub(super) placeholder_askers: Vec<usize>,
    /// Of interest whatever gets there.
    pub(super) always: Vec<usize>,
    /// Look-ups by name: where the name gets to, and where the result is put.
    pub(super) looked_up: Vec<(usize, usize)>,
    statics: FxHashMap<String, usize>,
    /// By the closure or coroutine.
    captured: FxHashMap<(usize, Part), usize>,
    pub(super) callees: Callees,
    /// The body at hand.
    pub(super) body: usize,
    /// Where its variables are set, once that is asked for.
    definitions: Option<Definitions<'c>>,
}

/// Something that is read: the node it is in, if it is in one, and the facts of its type.
#[derive(Clone, Copy)]
pub(super) struct Read {
    pub(super) node: usize,
    pub(super) fact: usize,
}

impl<'p, 'c> Builder<'p, 'c> {
    pub(super) fn new(
        program: &'p Program<'c>,
        model: &'p Model,
        mut facts: Facts<'p, 'c>,
    ) -> Self {
        let mut graph = Graph::default();
        let mut first = Vec::new();
        let mut all = Vec::new();
        for (number, body) in program.bodies.iter().enumerate() {
            program.look_from(number);
            first.push(graph.add(body.locals.len()));
            all.extend(body.locals.iter().map(|local| facts.number(&local.ty)));
        }
        let handed = program.bodies.iter().map(|_| hub(&mut graph)).collect();
        let implementors = (0..facts.implementors.count())
            .map(|_| Methods {
                this: graph.add(1),
                other: hub(&mut graph),
            })
            .collect();
        let panics = (0..program.crate_count())
            .map(|_| graph.add_shared())
            .collect();
        let environment = graph.add_shared();
        let literals = graph.add_shared();
        let names = graph.add_shared();
        let either = graph.add_shared();
        let stand_ins = graph.add_shared();
        Self {
            program,
            model,
            facts,
            graph,
            first,
            types: all,
            handed,
            kept: FxHashMap::default(),
            implementors,
            thread_locals: FxHashMap::default(),
            panics,
            environment,
            literals,
            names,
            either,
            stand_ins,
            sources: Vec::new(),
            placeholders: vec![stand_ins],
            literal_askers: Vec::new(),
            name_askers: Vec::new(),
            placeholder_askers: Vec::new(),
            always: Vec::new(),
            looked_up: Vec::new(),
            statics: FxHashMap::default(),
            captured: FxHashMap::default(),
            callees: Callees::of(program),
            body: 0,
            definitions: None,
        }
    }

    pub(super) fn build(&mut self) {
        self.close_formatters();
        self.link_implementations();
        for number in 0..self.program.bodies.len() {
            self.body = number;
            self.program.look_from(number);
            self.definitions = None;
            let body = self.program.bodies[number];
            if body.kind == BodyKind::Static {
                let node = self.static_node(&body.path);
                self.both(self.first[number], node);
            }
            for block in body.blocks.iter().filter(|block| !block.is_cleanup) {
                for statement in &block.statements {
                    match &statement.kind {
                        StatementKind::Assign(place, rvalue) => self.assign(place, rvalue),
                        StatementKind::CopyNonOverlapping {
                            destination,
                            source,
                        } => {
                            if let (Some(to), Some(from)) =
                                (self.operand(destination), self.operand(source))
                            {
                                self.both(from.node, to.node);
                            }
                        }
                        StatementKind::Nothing => {}
                    }
                }
                match &block.terminator {
                    Terminator::Call(call) => self.call(call),
                    Terminator::Drop { place, .. } => {
                        let read = self.place(place);
                        self.show(read);
                        self.drop(read.node, &body.locals[place.local].ty);
                    }
                    Terminator::Yield { value, resume, .. } => {
                        let (to, from) = (self.place(resume).node, self.operand(value));
                        if let Some(from) = from {
                            self.graph.edge(from.node, to);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// By node: whether a secret may get there, or a text that something asks for.
    pub(super) fn reached(&mut self) -> Reached {
        let mut sources = self.sources.clone();
        // Texts go to functions that are kept and come back from there only seldom, and would get everywhere.
        let kept = self.kept.values().flat_map(|hub| [hub.gets, hub.gives]);
        let kept = kept.collect::<Vec<_>>();
        let literals = self
            .graph
            .reached_but_over(&[self.literals, self.either], &kept);
        let names = self
            .graph
            .reached_but_over(&[self.names, self.either], &kept);
        let found = self.looked_up.iter().filter(|(name, _)| names[*name]);
        sources.extend(found.map(|(_, result)| *result));
        let mut reached = self.graph.reached(&sources);
        let mut secrets = reached.clone();
        for node in &self.always {
            reached[*node] = true;
        }
        let mut add = |asked: &[bool]| {
            for (reached, asked) in reached.iter_mut().zip(asked) {
                *reached |= *asked;
            }
        };
        if !self.literal_askers.is_empty() {
            add(&self.graph.leading(&self.literal_askers, &literals));
        }
        if !self.name_askers.is_empty() {
            add(&self.graph.leading(&self.name_askers, &names));
        }
        if !self.placeholder_askers.is_empty() {
            // What our derive writes shows placeholders, in ways that its code does not tell.
            let all = self.program.redacting().flat_map(|body| {
                let first = self.first[body];
                first..first + self.program.bodies[body].locals.len()
            });
            let mut shown = self.placeholders.clone();
            shown.extend(all);
            let shown = self.graph.reached_but_over(&shown, &kept);
            add(&self.graph.leading(&self.placeholder_askers, &shown));
        }
        for ((body, _), node) in &self.captured {
            for of in [&mut reached, &mut secrets] {
                if of[*node] {
                    for local in captured::holders(self.program.bodies[*body]) {
                        of[self.first[*body] + local] = true;
                    }
                }
            }
        }
        Reached {
            all: reached,
            secrets,
        }
    }

    /// What an implementation of `Debug`, `Display` … or `Serialize` exposes is reported there, and not where it is called.
    fn close_formatters(&mut self) {
        for (body, first) in self.program.bodies.iter().zip(&self.first) {
            if body.path.ends_with(">::fmt") || body.path.ends_with(">::serialize") {
                let passed_in = (2..=body.parameters).map(|number| first + number);
                self.graph
                    .close(*first..first + body.locals.len(), passed_in.chain([*first]));
            }
        }
    }

    /// What goes to an implementor goes to all its methods, since somebody else calls them.
    fn link_implementations(&mut self) {
        for (index, implementation) in self.program.implementations.iter().enumerate() {
            let Some(number) = self.facts.implementors.of_implementation(index) else {
                continue;
            };
            let Methods { this, other } = self.implementors[number];
            for method in implementation.methods.values() {
                let site = self.graph.site();
                let is_called_on = self.program.bodies[*method].parameters > 0
                    && self.facts.implementors.is(
                        self.program.crate_of[*method],
                        &self.program.bodies[*method].locals[1].ty,
                        number,
                    );
                if is_called_on {
                    self.pass(site, this, self.first[*method] + 1);
                }
                self.link_called(*method, 1 + usize::from(is_called_on), other, site);
            }
        }
    }

    /// What a function is handed, which it may change.
    pub(super) fn pass(&mut self, site: Site, from: usize, parameter: usize) {
        if !self.fact(parameter).is_formatter {
            self.graph.enter(site, from, parameter);
        }
        if self.fact(parameter).shared {
            self.graph.leave(site, parameter, from);
        }
    }

    /// Lets whoever calls through a hub call a body, whose parameters begin at `from`.
    pub(super) fn link_called(&mut self, body: usize, from: usize, hub: Hub, site: Site) {
        for parameter in from..=self.program.bodies[body].parameters {
            let node = self.first[body] + parameter;
            let fact = self.fact(node);
            let (carries, shared) = (fact.carries || fact.behaves, fact.shared);
            let is_formatter = fact.is_formatter;
            if carries {
                if !is_formatter {
                    self.graph.enter(site, hub.gets, node);
                }
                if shared {
                    self.graph.leave(site, node, hub.gives);
                }
            }
        }
        let result = self.fact(self.first[body]);
        if result.carries || result.behaves {
            self.graph.leave(site, self.first[body], hub.gives);
        }
    }

    /// A closure runs as part of the function that it is in.
    fn link_own(&mut self, body: usize, hub: Hub) {
        for parameter in 2..=self.program.bodies[body].parameters {
            let node = self.first[body] + parameter;
            self.graph.edge(hub.gets, node);
            if self.fact(node).shared {
                self.graph.edge(node, hub.gives);
            }
        }
        self.graph.edge(self.first[body], hub.gives);
    }

    /// Lets whoever calls through a hub call a function that is a value, with what it has captured.
    pub(super) fn link_value(&mut self, value: Option<Read>, body: usize, hub: Hub) {
        if captured::is_coroutine(self.program.bodies[body]) {
            return;
        }
        let from = self.first_parameter(body);
        if from == 2 && self.root_of(body) == self.root() {
            self.link_own(body, hub);
            return;
        }
        let site = self.graph.site();
        if from == 2
            && let Some(value) = value
        {
            let environment = self.first[body] + 1;
            self.graph.enter(site, value.node, environment);
            self.graph.leave(site, environment, value.node);
        }
        self.link_called(body, from, hub, site);
    }

    pub(super) fn body(&self) -> &'c Body {
        self.program.bodies[self.body]
    }

    /// The facts of a variable.
    pub(super) fn fact(&self, node: usize) -> &super::facts::Fact {
        self.facts.get(self.types[node])
    }

    pub(super) fn both(&mut self, one: usize, other: usize) {
        self.graph.edge(one, other);
        self.graph.edge(other, one);
    }

    pub(super) fn static_node(&mut self, path: &str) -> usize {
        if let Some(known) = self.statics.get(path) {
            return *known;
        }
        let node = self.graph.add_shared();
        self.statics.insert(path.to_owned(), node);
        node
    }

    /// The functions of a kind that a crate keeps.
    pub(super) fn kept(&mut self, of: usize, kind: Erased) -> Hub {
        if let Some(known) = self.kept.get(&(of, kind)) {
            return *known;
        }
        let hub = Hub {
            gets: self.graph.add_shared(),
            gives: self.graph.add_shared(),
        };
        self.kept.insert((of, kind), hub);
        hub
    }

    /// A thread-local variable is one thing as its key, and another inside of it.
    fn thread_local(&mut self, ty: &str) -> usize {
        let inner = ["LocalKey<", "Storage<"].iter().find_map(|word| {
            let at = ty.find(word)?;
            types::arguments(&ty[at..]).first().copied()
        });
        let inner = inner.unwrap_or_else(|| types::peel_references(ty));
        if let Some(known) = self.thread_locals.get(inner) {
            return *known;
        }
        let node = self.graph.add_shared();
        self.thread_locals.insert(inner.to_owned(), node);
        node
    }

    pub(super) fn place(&mut self, place: &Place) -> Read {
        let base = self.first[self.body] + place.local;
        let fact = match captured::type_of(place) {
            Some(ty) => self.facts.number(ty),
            None => self.types[base],
        };
        let node = match captured::part(self.body(), place) {
            Some(part) => self.captured(self.body, part),
            None => base,
        };
        Read { node, fact }
    }

    /// A part of what a closure has captured, or of what a coroutine keeps while it waits.
    fn captured(&mut self, body: usize, part: Part) -> usize {
        if let Some(known) = self.captured.get(&(body, part)) {
            return *known;
        }
        let node = self.graph.add(1);
        self.captured.insert((body, part), node);
        if !captured::is_coroutine(self.program.bodies[body]) {
            self.both(self.first[body] + 1, node);
        }
        node
    }

    /// What an operand reads; nothing where that is a constant that leads nowhere.
    pub(super) fn operand(&mut self, operand: &Operand) -> Option<Read> {
        match operand {
            Operand::Copy(place) | Operand::Move(place) => Some(self.read(place)),
            Operand::Constant(constant) => self.constant(constant),
        }
    }

    /// A place that is read. A field that is marked is a secret there.
    fn read(&mut self, place: &Place) -> Read {
        let read = self.place(place);
        let program = self.program;
        if let Some(label) = program
            .marks
            .label(program.crate_of[self.body], self.body(), place)
        {
            debug_assert!(!label.is_empty(), "a mark has a label");
            let marked = self.graph.add(1);
            self.graph.edge(read.node, marked);
            self.sources.push(marked);
            return Read {
                node: marked,
                ..read
            };
        }
        if let Some(Projection::Element(Some(index))) = place.projections.last()
            && has_letters(&self.body().locals[place.local].ty)
        {
            self.look_up(*index, read.node);
        }
        read
    }

    /// What a table gives tells which index was asked for.
    pub(super) fn look_up(&mut self, index: usize, to: usize) {
        let body = self.body();
        let definitions = self.definitions.get_or_insert_with(|| definitions(body));
        for origin in computed_from(definitions, index) {
            self.graph.edge(self.first[self.body] + origin, to);
        }
    }

    fn constant(&mut self, constant: &Constant) -> Option<Read> {
        let text = constant.text.trim().trim_start_matches("const ");
        let ty = constant.ty.as_deref().unwrap_or("");
        if let Some(content) = literals::content(text) {
            let fact = self.facts.number("&str");
            let node = match (literals::is_followed(content), named::is_secret(content)) {
                (true, true) => self.either,
                (true, false) => self.literals,
                (false, true) => self.names,
                (false, false) if content.contains(literals::PLACEHOLDER) => self.stand_ins,
                (false, false) => return None,
            };
            return Some(Read { node, fact });
        }
        if types::last_segment(ty) == "HeaderName" && named::is_secret(types::last_segment(text)) {
            let fact = self.facts.number(ty);
            let node = self.names;
            return Some(Read { node, fact });
        }
        if text.starts_with(['\'', '-', '(']) || text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let node = if let Some(rest) = text.strip_prefix("{alloc") {
            let number = rest.split(|c: char| !c.is_ascii_digit()).next()?;
            let path = self.program.static_of(
                self.program.crate_of[self.body],
                &self.body().path,
                number.parse().ok()?,
            )?;
            self.static_node(path)
        } else if ty.contains("LocalKey") || text.contains("LocalKey") {
            self.thread_local(ty)
        } else {
            let body = self.program.constant_body(&self.body().path, text)?;
            self.first[body]
        };
        let fact = self.facts.number(ty);
        Some(Read { node, fact })
    }

    fn assign(&mut self, place: &Place, rvalue: &Rvalue) {
        let to = self.place(place);
        // What is stored is judged by what the implementations show of it, even if nothing calls them.
        if !place.projections.is_empty() || matches!(rvalue, Rvalue::Aggregate { .. }) {
            self.show(to);
        }
        match rvalue {
            Rvalue::Use(operand) | Rvalue::Repeat(operand) | Rvalue::Unary(_, operand) => {
                self.take(operand, to);
            }
            Rvalue::Cast { operand, .. } => {
                self.take(operand, to);
                let erased = self.facts.get(to.fact).erased.clone();
                self.keep(operand, &erased);
                if let Some(from) = self.operand(operand) {
                    self.show(from);
                }
            }
            Rvalue::Reference { place, .. } => {
                let from = self.read(place);
                self.graph.edge(from.node, to.node);
                if !place.projections.is_empty() {
                    self.show(from);
                }
                if self.facts.get(to.fact).shared
                    || !place.projections.is_empty() && self.facts.get(from.fact).shared
                {
                    self.graph.edge(to.node, from.node);
                }
            }
            Rvalue::Aggregate { kind, operands } => {
                if let Aggregate::Closure { ty, body } = kind
                    && self.capture(ty, body.as_deref(), operands, to)
                {
                    return;
                }
                for (_, operand) in operands {
                    self.take(operand, to);
                }
            }
            Rvalue::Binary(_, left, right) => {
                self.take(left, to);
                self.take(right, to);
            }
            Rvalue::ThreadLocal(_) => {
                let ty = &self.body().locals[place.local].ty;
                let node = self.thread_local(ty);
                self.both(node, to.node);
            }
            Rvalue::About(_) | Rvalue::Nothing => {}
        }
    }

    /// What an operand holds is put there.
    fn take(&mut self, operand: &Operand, to: Read) {
        let Some(from) = self.operand(operand) else {
            return;
        };
        if [self.literals, self.names, self.either, self.stand_ins].contains(&from.node) {
            self.graph.edge(from.node, to.node);
            return;
        }
        if matches!(operand, Operand::Constant(_)) {
            self.both(from.node, to.node);
            return;
        }
        let (one, other) = (self.facts.get(from.fact), self.facts.get(to.fact));
        if !one.carries || !other.carries {
            return;
        }
        let back = one.shared && other.shared;
        self.graph.edge(from.node, to.node);
        if back {
            self.graph.edge(to.node, from.node);
        }
    }

    /// Hands what is captured to the body of a closure or coroutine.
    ///
    /// A future is taken to run where it is made: what it gives is in it from then on, and what it captured is not. Says
    /// whether it is one.
    fn capture(
        &mut self,
        ty: &str,
        body: Option<&str>,
        operands: &[(Option<String>, Operand)],
        to: Read,
    ) -> bool {
        let bodies = match body.and_then(|path| self.program.body_named(path)) {
            Some(body) => vec![body],
            None => self.program.closures_of(ty),
        };
        let mut is_future = !bodies.is_empty();
        for body in bodies {
            for (number, (_, operand)) in operands.iter().enumerate() {
                if let Some(from) = self.operand(operand) {
                    let part = self.captured(body, Part::captured(number));
                    self.both(from.node, part);
                }
            }
            if captured::is_coroutine(self.program.bodies[body]) {
                let result = self.first[body];
                self.graph.edge(result, to.node);
                if self.fact(result).shared {
                    self.graph.edge(to.node, result);
                }
            } else {
                is_future = false;
            }
        }
        is_future
    }

    /// No type names the functions any more that an operand is, or may be: anybody may call them.
    pub(super) fn keep(&mut self, operand: &Operand, erased: &[Erased]) {
        let here = self.program.here();
        for kind in erased {
            let hub = self.kept(here, *kind);
            self.keep_as(operand, hub);
        }
    }

    fn keep_as(&mut self, operand: &Operand, kept: Hub) {
        for body in self.functions_of(operand) {
            self.link_value(None, body, kept);
        }
        let fact = match operand {
            Operand::Copy(place) | Operand::Move(place) => self.place(place).fact,
            Operand::Constant(_) => return,
        };
        let fact = self.facts.get(fact);
        if fact.is_open || !fact.erased.is_empty() {
            let hub = self.handed_here();
            self.graph.edge(kept.gets, hub.gets);
            self.graph.edge(hub.gives, kept.gives);
        }
    }

    /// The parameters of closures begin after what they capture.
    pub(super) fn first_parameter(&self, body: usize) -> usize {
        1 + usize::from(self.program.bodies[body].path.ends_with('}'))
    }

    /// The functions that an operand's type names, or that it is.
    pub(super) fn functions_of(&mut self, operand: &Operand) -> Vec<usize> {
        match operand {
            Operand::Copy(place) | Operand::Move(place) => {
                let fact = self.place(place).fact;
                self.program.own_first(&self.facts.get(fact).functions)
            }
            Operand::Constant(constant) => {
                self.callees
                    .of_constant(self.program, self.model, constant)
                    .bodies
            }
        }
    }

    /// The function that a closure is in.
    pub(super) fn root(&self) -> usize {
        self.root_of(self.body)
    }

    fn root_of(&self, body: usize) -> usize {
        let path = &self.program.bodies[body].path;
        path.find("::{closure")
            .and_then(|end| self.program.body_named(&path[..end]))
            .unwrap_or(body)
    }

    /// The functions that the body at hand was handed: as they are seen from a closure, if that is one, they were handed to
    /// whatever it is in.
    pub(super) fn handed_here(&mut self) -> Hub {
        let root = self.root();
        let hub = self.handed[root];
        if root == self.body {
            return hub;
        }
        let seen = Hub {
            gets: self.graph.add_shared(),
            gives: self.graph.add_shared(),
        };
        self.graph.edge(seen.gets, hub.gets);
        self.graph.edge(hub.gives, seen.gives);
        seen
    }

    /// Something is dropped, with all that its fields hold.
    pub(super) fn drop(&mut self, node: usize, ty: &str) {
        if types::is_of_std(ty) || !self.program.has_drops() {
            return;
        }
        for (index, implementation) in self.program.implementations.iter().enumerate() {
            if implementation.header.of_trait.as_deref() == Some("Drop")
                && let Some(number) = self.facts.implementors.of_implementation(index)
            {
                let site = self.graph.site();
                self.graph.enter(site, node, self.implementors[number].this);
            }
        }
    }

    /// Somebody may call the methods of what is here: prints it, compares it, drops it.
    pub(super) fn show(&mut self, read: Read) {
        for number in self.facts.get(read.fact).implementors.clone() {
            let site = self.graph.site();
            self.graph
                .enter(site, read.node, self.implementors[number].this);
        }
    }
}

pub(super) fn hub(graph: &mut Graph) -> Hub {
    Hub {
        gets: graph.add(1),
        gives: graph.add(1),
    }
}

/// Whether letters may be in a table of this type.
fn has_letters(ty: &str) -> bool {
    types::slice_element(types::peel_references(ty))
        .is_some_and(|element| matches!(types::peel_references(element), "u8" | "char" | "str"))
}

/// Whether a path is of the kind that functions have.
pub(super) fn is_path(text: &str) -> bool {
    (text.contains("::") || text.starts_with(|c: char| c.is_alphabetic() || c == '_'))
        && !text.starts_with(['"', '\''])
        && !text.starts_with("{alloc")
        && !types::is_number(text)
}
