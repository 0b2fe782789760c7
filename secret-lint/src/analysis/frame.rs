//! Runs one body: its blocks until nothing changes, each statement on the state before it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::mir::{Body, Span, StatementKind, Terminator};

use super::definitions::Definitions;
use super::error_texts::{self, ErrorText};
use super::plain::Stored;
use super::state::State;
use super::types::{self, Bindings};
use super::values::{Cell, Label, Location, NUMBER, Path, Value};
use super::{Engine, SinkPoint, Summary};
use crate::report::Lint;

/// One run of a body.
pub(super) struct Frame<'e, 'a> {
    pub(super) engine: &'e mut Engine<'a>,
    pub(super) instance: usize,
    pub(super) body: &'a Body,
    body_number: usize,
    pub(super) crate_number: usize,
    pub(super) bindings: Bindings,
    pub(super) summary: Summary,
    pub(super) state: State,
    pub(super) block: usize,
    /// Of the statement or the call that runs.
    pub(super) span: Option<&'a Span>,
    pub(super) stored: Vec<Stored>,
    /// Made when first asked for.
    pub(super) definitions: Option<Definitions<'a>>,
    /// Whether it met a function that did not run yet: what it found is then not the last word, and it runs again.
    pub(super) is_provisional: bool,
    /// How many functions run that wait for what is sent to them.
    pub(super) waking: usize,
}

/// Where a block leads.
pub(super) fn targets(terminator: &Terminator) -> &[usize] {
    match terminator {
        Terminator::Goto(targets)
        | Terminator::Switch { targets, .. }
        | Terminator::Drop { targets, .. }
        | Terminator::Assert { targets }
        | Terminator::Yield { targets, .. } => targets,
        Terminator::Call(call) => &call.targets,
        Terminator::Return | Terminator::End => &[],
    }
}

/// Runs an instance and says what it does; nothing where that hangs on functions that did not run yet.
pub(super) fn run(engine: &mut Engine<'_>, instance: usize) -> Option<Summary> {
    let body_index = engine.instances[instance].body;
    let body = engine.program.bodies[body_index];
    let crate_number = engine.program.crate_of[body_index];
    engine.program.look_from(body_index);
    let bindings = engine.instances[instance].bindings.clone();
    let mut frame = Frame {
        engine,
        instance,
        body,
        body_number: body_index,
        crate_number,
        bindings,
        summary: Summary::default(),
        state: State::default(),
        block: 0,
        span: None,
        stored: Vec::new(),
        definitions: None,
        is_provisional: false,
        waking: 0,
    };
    frame.enter();
    frame.walk();
    if frame.is_provisional {
        return None;
    }
    if body.kind == crate::mir::BodyKind::Static {
        let result = frame.summary.result.clone();
        frame
            .engine
            .add_to_static(&Arc::from(body.path.as_str()), &result);
    }
    let mut summary = frame.summary;
    summary.forget_unreachable();
    let stored = frame.stored;
    engine.report_stored(&stored, &summary);
    Some(summary)
}

impl Summary {
    /// Drops what was made on the heap and that no caller can get at.
    pub(super) fn forget_unreachable(&mut self) {
        let is_heap = |cell: &Cell| matches!(cell, Cell::Heap(..));
        let mut reached = BTreeSet::new();
        let mut pending = vec![&self.result];
        pending.extend(
            self.cells
                .iter()
                .filter(|(cell, _)| !is_heap(cell))
                .map(|(_, value)| value),
        );
        while let Some(value) = pending.pop() {
            pending.extend(value.fields.values());
            for pointer in &value.pointers {
                if is_heap(&pointer.cell) && reached.insert(pointer.cell.clone()) {
                    pending.extend(self.cells.get(&pointer.cell));
                }
            }
        }
        self.cells
            .retain(|cell, _| !is_heap(cell) || reached.contains(cell));
    }
}

fn symbolic(index: usize, path: &Path, shape: &Value) -> Value {
    let mut value = Value {
        labels: BTreeSet::from([Label::Parameter(index, path.clone())]).into(),
        functions: shape.functions.clone(),
        types: shape.types.clone(),
        ..Value::default()
    };
    for (field, part) in &shape.fields {
        let path = path.child(field);
        value
            .fields
            .insert(field.clone(), symbolic(index, &path, part));
    }
    value
}

impl Frame<'_, '_> {
    pub(super) fn enter(&mut self) {
        for number in 1..=self.body.parameters {
            let ty = self.local_type(number);
            let shape = self.engine.instances[self.instance]
                .parameters
                .get(number - 1)
                .cloned()
                .unwrap_or_default();
            let mut value = symbolic(number, &Path::default(), &shape);
            if !self.engine.carries(&ty, false) && !types::peel(&ty).starts_with('{')
                || self.is_idle(number)
            {
                let is_integer = types::is_integer(types::peel_references(&ty));
                value = value.without_labels();
                if is_integer {
                    let path = Path::default().child(&NUMBER.into());
                    let label = BTreeSet::from([Label::Parameter(number, path.clone())]);
                    value.set(&path, Value::of(label), true);
                }
            }
            self.state
                .cells
                .insert(Cell::Parameter(number), Rc::new(value));
            if self.is_by_reference(number) {
                let pointer = Value::pointer(Location {
                    cell: Cell::Parameter(number),
                    path: Path::default(),
                });
                self.state
                    .cells
                    .insert(Cell::Local(number), Rc::new(pointer));
            }
        }
    }

    pub(super) fn walk(&mut self) {
        let count = self.body.blocks.len();
        let mut entries: Vec<Option<State>> = vec![None; count];
        if count == 0 {
            return;
        }
        entries[0] = Some(std::mem::take(&mut self.state));
        let mut waiting = BTreeSet::from([0]);
        let is_coroutine = self.body.path.ends_with('}')
            && self.body.locals.get(1).is_some_and(|local| {
                local.ty.contains("{async ") || local.ty.contains("{coroutine")
            });
        let mut rounds = 0_usize;
        while let Some(block) = waiting.pop_first() {
            rounds += 1;
            if rounds > count * 50 || self.engine.is_exhausted() {
                let body = self.engine.instances[self.instance].body;
                self.engine.unfinished.insert(body);
                break;
            }
            self.block = block;
            self.state = entries[block].clone().unwrap_or_default();
            let body = self.body;
            let of = &body.blocks[block];
            for statement in &of.statements {
                self.span = statement.span.as_ref();
                self.statement(&statement.kind, statement.span.as_ref());
            }
            self.span = of.terminator_span.as_ref();
            let mut next = targets(&of.terminator)
                .iter()
                .copied()
                .filter(|target| {
                    body.blocks
                        .get(*target)
                        .is_some_and(|block| !block.is_cleanup)
                })
                .collect::<Vec<_>>();
            match &of.terminator {
                Terminator::Call(call) => self.call(call),
                Terminator::Drop { place, .. } => self.drop_place(place),
                Terminator::Return => {
                    self.leave();
                    if is_coroutine {
                        let parameters = self.body.parameters;
                        self.state.cells.retain(|cell, _| !matches!(cell, Cell::Local(number) if *number == 0 || *number > parameters));
                        next.push(0);
                    }
                }
                _ => {}
            }
            for target in next {
                let changed = match &mut entries[target] {
                    Some(entry) => entry.join(&self.state),
                    empty => {
                        *empty = Some(self.state.clone());
                        true
                    }
                };
                if changed {
                    waiting.insert(target);
                }
            }
        }
    }

    /// Whether no secret gets to a variable and no functions are in it.
    pub(super) fn is_idle(&self, local: usize) -> bool {
        let reach = &self.engine.reach;
        !reach.local(self.body_number, local) && !reach.behaves(&self.body.locals[local].ty)
    }

    pub(super) fn leave(&mut self) {
        let result = self
            .state
            .cells
            .get(&Cell::Local(0))
            .map(|value| (**value).clone())
            .unwrap_or_default();
        let result = self.export(&result, 5);
        self.summary.result.join(&result);
        self.summary.result.narrow();
        let cells = self.state.cells.clone();
        for (cell, value) in cells {
            let is_idle = matches!(cell, Cell::Parameter(number) if self.is_idle(number));
            if !matches!(cell, Cell::Local(_)) && !is_idle {
                let mut value = self.export(&value, 5);
                if matches!(cell, Cell::Static(_)) {
                    value.limit(4);
                }
                let entry = self.summary.cells.entry(cell).or_default();
                entry.join(&value);
                entry.narrow();
            }
        }
    }

    /// A value without references to the body's own variables.
    pub(super) fn export(&self, value: &Value, depth: usize) -> Value {
        let mut result = value.clone();
        let (own, others) = std::mem::take(&mut result.pointers)
            .into_iter()
            .partition::<BTreeSet<_>, _>(|pointer| matches!(pointer.cell, Cell::Local(_)));
        result.pointers = others.into();
        if !own.is_empty() && depth > 0 {
            let target = self.state.read_all(&own);
            let target = self.export(&target, depth - 1);
            if result.is_empty() {
                result = target;
            } else {
                result.join(&target);
            }
        }
        if depth == 0 {
            result.limit(0);
            result
                .pointers
                .retain(|pointer| !matches!(pointer.cell, Cell::Local(_)));
            return result;
        }
        for part in result.fields.values_mut() {
            *part = self.export(part, depth - 1);
        }
        result
    }

    pub(super) fn statement(&mut self, kind: &StatementKind, span: Option<&Span>) {
        match kind {
            StatementKind::Assign(place, _) if self.is_idle(place.local) => {}
            StatementKind::Assign(place, rvalue) => {
                let value = self.rvalue(rvalue, place, span);
                self.check_assigned(place, &value, span);
                self.assign(place, value);
            }
            StatementKind::CopyNonOverlapping {
                destination,
                source,
            } => {
                let value = self.operand(source);
                let value = self.state.follow(&value);
                let to = self.operand(destination);
                self.write(&to.pointers, &value, false);
            }
            StatementKind::Nothing => {}
        }
    }

    /// Whether the body is a derive's.
    pub(super) fn is_derived(&self) -> bool {
        self.engine.program.is_derived(&self.body.path)
    }

    /// Notes that these labels get out there.
    pub(super) fn sink(
        &mut self,
        point: SinkPoint,
        labels: BTreeSet<Label>,
        path: Vec<(Span, String)>,
    ) {
        if self.is_provisional {
            return;
        }
        let mut symbolic = BTreeSet::new();
        for label in labels {
            match label {
                Label::Source(number) if self.engine.origins.kind(number) != point.takes => {}
                Label::Source(number) if point.is_returned => {
                    let function = error_texts::function_of(&self.body.path).to_owned();
                    self.engine.error_texts.push(ErrorText {
                        point: point.clone(),
                        source: number,
                        path: path.clone(),
                        function,
                    });
                }
                Label::Source(source)
                    if point.span.is_some() && point.lint == Lint::SecretToPlain =>
                {
                    self.stored.push(Stored {
                        point: point.clone(),
                        source,
                        path: path.clone(),
                    });
                }
                Label::Source(number) if point.span.is_some() => {
                    self.engine.report(&point, number, &path);
                }
                label => {
                    symbolic.insert(label);
                }
            }
        }
        if !symbolic.is_empty() {
            let entry = self
                .summary
                .sinks
                .entry(point)
                .or_insert_with(|| (BTreeSet::new(), path));
            entry.0.extend(symbolic);
        }
    }
}

/// Cells of a callee under the names that the caller gives them.
pub(super) type Renaming = BTreeMap<Cell, Cell>;
