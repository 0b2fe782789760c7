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
use super::facts::Facts;
use super::graph::Graph;

/// Functions as values, by who may call them: what they get and what they give back.
#[derive(Clone, Copy)]
pub(super) struct Hub {
    pub(super) gets: usize,
    pub(super) gives: usize,
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
    /// Functions that are kept somewhere.
    pub(super) kept: Hub,
    /// The workspace's implementations of traits, by the number of their type.
    pub(super) implementors: Vec<Hub>,
    /// All thread-local variables.
    pub(super) thread_locals: usize,
    /// What panics carry to those that catch them.
    pub(super) panics: usize,
    /// The variables of the process.
    pub(super) environment: usize,
    /// All literals that are of interest somewhere.
    literals: usize,
    /// Where secrets come from.
    pub(super) sources: Vec<usize>,
    /// Where literals and placeholders come from.
    pub(super) texts: Vec<usize>,
    /// What asks for literals or placeholders.
    pub(super) askers: Vec<usize>,
    /// Of interest whatever gets there.
    pub(super) always: Vec<usize>,
    /// Look-ups by name: where the name gets to, and where the result is put.
    pub(super) looked_up: Vec<(usize, usize)>,
    statics: FxHashMap<String, usize>,
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
        for body in &program.bodies {
            first.push(graph.add(body.locals.len()));
            all.extend(body.locals.iter().map(|local| facts.number(&local.ty)));
        }
        let mut hub = || Hub {
            gets: graph.add(1),
            gives: graph.add(1),
        };
        let handed = program.bodies.iter().map(|_| hub()).collect();
        let kept = hub();
        let implementors = (0..facts.implementor_count()).map(|_| hub()).collect();
        let thread_locals = graph.add(1);
        let panics = graph.add(1);
        let environment = graph.add(1);
        let literals = graph.add(1);
        Self {
            program,
            model,
            facts,
            graph,
            first,
            types: all,
            handed,
            kept,
            implementors,
            thread_locals,
            panics,
            environment,
            literals,
            sources: Vec::new(),
            texts: vec![literals],
            askers: Vec::new(),
            always: Vec::new(),
            looked_up: Vec::new(),
            statics: FxHashMap::default(),
            callees: Callees::of(program),
            body: 0,
            definitions: None,
        }
    }

    pub(super) fn build(&mut self) {
        self.link_implementations();
        for number in 0..self.program.bodies.len() {
            self.body = number;
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
    pub(super) fn reached(&mut self) -> Vec<bool> {
        let mut sources = self.sources.clone();
        let texts = self.graph.reached(&self.texts);
        let named = self.looked_up.iter().filter(|(name, _)| texts[*name]);
        sources.extend(named.map(|(_, result)| *result));
        let mut reached = self.graph.reached(&sources);
        for node in &self.always {
            reached[*node] = true;
        }
        if !self.askers.is_empty() {
            let asked = self.graph.leading(&self.askers);
            for (node, reached) in reached.iter_mut().enumerate() {
                *reached |= texts[node] && asked[node];
            }
        }
        reached
    }

    /// What goes to an implementor goes to all its methods, since somebody else calls them.
    fn link_implementations(&mut self) {
        for implementation in &self.program.implementations {
            if implementation.header.of_trait.is_none() && implementation.header.self_type.is_some()
            {
                continue;
            }
            let Some(number) = self.facts.implementor(&implementation.self_type) else {
                continue;
            };
            let hub = self.implementors[number];
            for method in implementation.methods.values() {
                self.link_called(*method, 1, hub);
            }
        }
    }

    /// Lets whoever calls through a hub call a body, whose parameters begin at `from`.
    pub(super) fn link_called(&mut self, body: usize, from: usize, hub: Hub) {
        for parameter in from..=self.program.bodies[body].parameters {
            let node = self.first[body] + parameter;
            self.graph.edge(hub.gets, node);
            if self.fact(node).shared {
                self.graph.edge(node, hub.gives);
            }
        }
        self.graph.edge(self.first[body], hub.gives);
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
        let node = self.graph.add(1);
        self.statics.insert(path.to_owned(), node);
        node
    }

    pub(super) fn place(&self, place: &Place) -> Read {
        let node = self.first[self.body] + place.local;
        Read {
            node,
            fact: self.types[node],
        }
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
            self.sources.push(read.node);
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
            let is_of_interest = literals::is_followed(content) || named::is_secret(content);
            return is_of_interest.then_some(Read {
                node: self.literals,
                fact,
            });
        }
        if types::last_segment(ty) == "HeaderName" && named::is_secret(types::last_segment(text)) {
            let fact = self.facts.number(ty);
            let node = self.literals;
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
            self.thread_locals
        } else {
            let body = self.program.constant_body(&self.body().path, text)?;
            self.first[body]
        };
        let fact = self.facts.number(ty);
        Some(Read { node, fact })
    }

    fn assign(&mut self, place: &Place, rvalue: &Rvalue) {
        let to = self.place(place);
        let escapes = place.local == 0 || !place.projections.is_empty();
        // What is stored is judged by what the implementations show of it, even if nothing calls them.
        if !place.projections.is_empty() || matches!(rvalue, Rvalue::Aggregate { .. }) {
            self.show(to);
        }
        match rvalue {
            Rvalue::Use(operand) | Rvalue::Repeat(operand) | Rvalue::Unary(_, operand) => {
                self.take(operand, to);
                if escapes {
                    self.keep(operand);
                }
            }
            Rvalue::Cast { operand, .. } => {
                self.take(operand, to);
                self.keep(operand);
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
                for (_, operand) in operands {
                    self.take(operand, to);
                    self.keep(operand);
                }
                if let Aggregate::Closure { ty, body } = kind {
                    self.capture(ty, body.as_deref(), operands, escapes);
                }
            }
            Rvalue::Binary(_, left, right) => {
                self.take(left, to);
                self.take(right, to);
            }
            Rvalue::ThreadLocal(_) => self.both(self.thread_locals, to.node),
            Rvalue::About(_) | Rvalue::Nothing => {}
        }
    }

    /// What an operand holds is put there.
    fn take(&mut self, operand: &Operand, to: Read) {
        let Some(from) = self.operand(operand) else {
            return;
        };
        if from.node == self.literals {
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

    fn capture(
        &mut self,
        ty: &str,
        body: Option<&str>,
        operands: &[(Option<String>, Operand)],
        escapes: bool,
    ) {
        let bodies = match body.and_then(|path| self.program.body_named(path)) {
            Some(body) => vec![body],
            None => self.program.closures_of(ty),
        };
        for body in bodies {
            for (_, operand) in operands {
                if let Some(from) = self.operand(operand) {
                    self.both(from.node, self.first[body] + 1);
                }
            }
            if escapes {
                self.link_called(body, 2, self.kept);
            }
        }
    }

    /// Functions that an operand is, or may be, can be called by anybody from here on.
    fn keep(&mut self, operand: &Operand) {
        for body in self.functions_of(operand) {
            let from = self.first_parameter(body);
            self.link_called(body, from, self.kept);
        }
        let fact = match operand {
            Operand::Copy(place) | Operand::Move(place) => self.place(place).fact,
            Operand::Constant(_) => return,
        };
        if self.facts.get(fact).is_open {
            let hub = self.handed[self.root()];
            self.graph.edge(self.kept.gets, hub.gets);
            self.graph.edge(hub.gives, self.kept.gives);
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
                self.facts.get(self.place(place).fact).functions.clone()
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
        let path = &self.body().path;
        path.find("::{closure")
            .and_then(|end| self.program.body_named(&path[..end]))
            .unwrap_or(self.body)
    }

    /// Something is dropped, with all that its fields hold.
    pub(super) fn drop(&mut self, node: usize, ty: &str) {
        if types::is_of_std(ty) || !self.program.has_drops() {
            return;
        }
        for implementation in &self.program.implementations {
            if implementation.header.of_trait.as_deref() == Some("Drop")
                && let Some(number) = self.facts.implementor(&implementation.self_type)
            {
                self.graph.edge(node, self.implementors[number].gets);
            }
        }
    }

    /// Somebody may call the methods of what is here: prints it, compares it, drops it.
    pub(super) fn show(&mut self, read: Read) {
        for number in self.facts.get(read.fact).implementors.clone() {
            self.graph.edge(read.node, self.implementors[number].gets);
        }
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
