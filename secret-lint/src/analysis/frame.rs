//! Runs one body: its blocks until nothing changes, each statement on the state before it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::mir::{
    Aggregate, Body, Constant, Operand, Place, Projection, Rvalue, Span, StatementKind, Terminator,
};
use crate::report::Lint;

use super::state::State;
use super::types::{self, Bindings};
use super::values::{Cell, Function, Label, Location, Path, Value};
use super::{Engine, SinkPoint, Summary, spans};

/// One run of a body.
pub(super) struct Frame<'e, 'a> {
    pub(super) engine: &'e mut Engine<'a>,
    pub(super) instance: usize,
    pub(super) body: &'a Body,
    pub(super) crate_number: usize,
    pub(super) bindings: Bindings,
    pub(super) summary: Summary,
    pub(super) state: State,
    pub(super) block: usize,
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

/// Runs an instance and says what it does.
pub(super) fn run(engine: &mut Engine<'_>, instance: usize) -> Summary {
    let body_index = engine.instances[instance].body;
    let body = engine.program.bodies[body_index];
    let crate_number = engine.program.crate_of[body_index];
    let bindings = engine.instances[instance].bindings.clone();
    let mut frame = Frame {
        engine,
        instance,
        body,
        crate_number,
        bindings,
        summary: Summary::default(),
        state: State::default(),
        block: 0,
    };
    frame.enter();
    frame.walk();
    if body.kind == crate::mir::BodyKind::Static {
        let result = frame.summary.result.clone();
        frame
            .engine
            .add_to_static(&Arc::from(body.path.as_str()), &result);
    }
    let mut summary = frame.summary;
    summary.forget_unreachable();
    summary
}

impl Summary {
    /// Drops what was made on the heap and that no caller can get at.
    fn forget_unreachable(&mut self) {
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
        labels: BTreeSet::from([Label::Parameter(index, path.clone())]),
        functions: shape.functions.clone(),
        types: shape.types.clone(),
        ..Value::default()
    };
    for (field, part) in &shape.fields {
        let mut path = path.clone();
        path.push(field.clone());
        value
            .fields
            .insert(field.clone(), symbolic(index, &path, part));
    }
    value
}

impl Frame<'_, '_> {
    fn enter(&mut self) {
        for number in 1..=self.body.parameters {
            let ty = self.local_type(number);
            let shape = self.engine.instances[self.instance]
                .parameters
                .get(number - 1)
                .cloned()
                .unwrap_or_default();
            let mut value = symbolic(number, &Vec::new(), &shape);
            if !self.engine.carries(&ty, false) && !types::peel(&ty).starts_with('{') {
                value = value.without_labels();
            }
            self.state
                .cells
                .insert(Cell::Parameter(number), Rc::new(value));
            if self.is_by_reference(number) {
                let pointer = Value::pointer(Location {
                    cell: Cell::Parameter(number),
                    path: Vec::new(),
                });
                self.state
                    .cells
                    .insert(Cell::Local(number), Rc::new(pointer));
            }
        }
    }

    fn walk(&mut self) {
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
                self.statement(&statement.kind, statement.span.as_ref());
            }
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

    fn leave(&mut self) {
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
            if !matches!(cell, Cell::Local(_)) {
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
    fn export(&self, value: &Value, depth: usize) -> Value {
        let mut result = value.clone();
        let (own, others) = std::mem::take(&mut result.pointers)
            .into_iter()
            .partition::<BTreeSet<_>, _>(|pointer| matches!(pointer.cell, Cell::Local(_)));
        result.pointers = others;
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

    /// The type of a variable, with its type parameters filled in.
    pub(super) fn local_type(&self, number: usize) -> String {
        self.body
            .locals
            .get(number)
            .map(|local| types::substitute(&local.ty, &self.bindings))
            .unwrap_or_default()
    }

    /// The type of a place.
    pub(super) fn place_type(&self, place: &Place) -> String {
        let mut ty = self.local_type(place.local);
        for projection in &place.projections {
            ty = match projection {
                Projection::Deref => match types::pointee(&ty) {
                    Some(inner) => inner.to_owned(),
                    None => types::arguments(&ty)
                        .first()
                        .map(|inner| (*inner).to_owned())
                        .unwrap_or_default(),
                },
                Projection::Field(_, ty) => types::substitute(ty, &self.bindings),
                Projection::Downcast(_) => ty,
                Projection::Element => types::slice_element(&ty)
                    .map(str::to_owned)
                    .unwrap_or_default(),
            };
        }
        ty
    }

    /// Whether a parameter is declared as a reference; a type parameter that stands for one is not.
    fn is_by_reference(&self, local: usize) -> bool {
        self.body
            .locals
            .get(local)
            .is_some_and(|local| types::is_reference(&local.ty))
    }

    fn cell_of(&self, local: usize) -> Cell {
        if local >= 1 && local <= self.body.parameters && !self.is_by_reference(local) {
            Cell::Parameter(local)
        } else {
            Cell::Local(local)
        }
    }

    /// Where a place is; and whether a reference on the way is not known, so that the value itself stands for what it refers to.
    pub(super) fn resolve(&self, place: &Place) -> (BTreeSet<Location>, bool) {
        let mut locations = BTreeSet::from([Location {
            cell: self.cell_of(place.local),
            path: Vec::new(),
        }]);
        let mut ty = self.local_type(place.local);
        let mut variant: Option<&str> = None;
        let mut is_blurred = false;
        for projection in &place.projections {
            match projection {
                Projection::Deref => {
                    let mut next = BTreeSet::new();
                    for location in locations {
                        let value = self.read(&location);
                        if value.pointers.is_empty() {
                            is_blurred |= !ty.contains("Box<");
                            next.insert(location);
                        } else {
                            next.extend(value.pointers);
                        }
                    }
                    locations = next;
                    ty = types::pointee(&ty).map_or_else(
                        || {
                            types::arguments(&ty)
                                .first()
                                .map(|inner| (*inner).to_owned())
                                .unwrap_or_default()
                        },
                        str::to_owned,
                    );
                }
                Projection::Downcast(name) => variant = Some(name),
                Projection::Field(number, field_type) => {
                    let base = types::base(&ty);
                    let is_wrapper = base.starts_with("std::")
                        && matches!(
                            types::last_segment(base),
                            "Unique"
                                | "NonNull"
                                | "MaybeUninit"
                                | "ManuallyDrop"
                                | "MaybeDangling"
                                | "Pin"
                                | "UnsafeCell"
                                | "Box"
                        )
                        || types::is_reference(&ty) && variant.is_none();
                    if !is_wrapper {
                        let field: Arc<str> = match variant {
                            Some(variant) => format!("{variant}.{number}").into(),
                            None => number.to_string().into(),
                        };
                        locations = self.state.step(&locations, &field);
                    }
                    variant = None;
                    ty = types::substitute(field_type, &self.bindings);
                }
                Projection::Element => {
                    locations = self.state.step(&locations, &Arc::from("[]"));
                    ty = types::slice_element(&ty)
                        .map(str::to_owned)
                        .unwrap_or_default();
                }
            }
        }
        (locations, is_blurred)
    }

    /// What is at a location, statics included.
    pub(super) fn read(&self, location: &Location) -> Value {
        let mut value = self.state.read(location);
        if let Cell::Static(path) = &location.cell
            && let Some(known) = self.engine.statics.get(path)
        {
            let mut known = known.clone();
            for field in &location.path {
                known = known.field(field);
            }
            value.join(&known);
        }
        value
    }

    fn read_place(&self, place: &Place) -> Value {
        let (locations, _) = self.resolve(place);
        let mut result: Option<Value> = None;
        for location in &locations {
            let value = self.read(location);
            match &mut result {
                Some(result) => result.join(&value),
                None => result = Some(value),
            }
        }
        result.unwrap_or_default()
    }

    /// What an operand is.
    pub(super) fn operand(&mut self, operand: &Operand) -> Value {
        match operand {
            Operand::Copy(place) | Operand::Move(place) => {
                let value = self.read_place(place);
                // A reference in what the caller passed: it stands for what it refers to.
                if value.pointers.is_empty() && types::is_mutable_reference(&self.place_type(place))
                {
                    let (locations, _) = self.resolve(place);
                    if locations
                        .iter()
                        .all(|location| matches!(location.cell, Cell::Parameter(_)))
                    {
                        return Value {
                            pointers: locations,
                            functions: value.functions,
                            types: value.types,
                            ..Value::default()
                        };
                    }
                }
                value
            }
            Operand::Constant(constant) => self.constant(constant),
        }
    }

    /// The type of an operand.
    pub(super) fn operand_type(&self, operand: &Operand) -> String {
        match operand {
            Operand::Copy(place) | Operand::Move(place) => self.place_type(place),
            Operand::Constant(constant) => match &constant.ty {
                Some(ty) => types::substitute(ty, &self.bindings),
                None if constant.text.starts_with('"') => "&str".to_owned(),
                None => constant.text.clone(),
            },
        }
    }

    /// Makes the content of a static visible in the state.
    fn load_static(&mut self, path: &Arc<str>) {
        self.engine
            .readers
            .entry(path.clone())
            .or_default()
            .insert(self.instance);
        let cell = Cell::Static(path.clone());
        if let Some(body) = self.engine.program.body_named(path)
            && !self.engine.of_body.contains_key(&body)
        {
            let index = self.engine.instance(body, Bindings::new(), Vec::new());
            self.engine.instances[index].callers.insert(self.instance);
        }
        if let Some(known) = self.engine.statics.get(path).cloned() {
            Rc::make_mut(self.state.cells.entry(cell).or_default()).join(&known);
        }
    }

    fn constant(&mut self, constant: &Constant) -> Value {
        let text = constant.text.trim().trim_start_matches("const ");
        if let Some(rest) = text.strip_prefix("{alloc") {
            let number = rest
                .split(|c: char| !c.is_ascii_digit())
                .next()
                .and_then(|digits| digits.parse().ok());
            if let Some(path) = number.and_then(|number| {
                self.engine
                    .program
                    .static_of(self.crate_number, &self.body.path, number)
            }) {
                let path: Arc<str> = path.into();
                self.load_static(&path);
                return Value::pointer(Location {
                    cell: Cell::Static(path),
                    path: Vec::new(),
                });
            }
            return Value::default();
        }
        if let Some(closure) = text
            .strip_prefix("ZeroSized: ")
            .filter(|ty| ty.starts_with("{closure"))
        {
            return Value {
                functions: BTreeSet::from([Function {
                    path: closure.into(),
                    bindings: self.bindings.clone(),
                    is_closure: true,
                }]),
                ..Value::default()
            };
        }
        if !text.contains("::")
            && !text.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '<')
            || text.starts_with('"')
            || text.starts_with("b\"")
            || text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '(' || c == '\'')
        {
            return Value::default();
        }
        if constant
            .ty
            .as_ref()
            .is_some_and(|ty| types::peel_references(ty).starts_with("std::thread::LocalKey"))
            || text.contains("LocalKey")
        {
            let path: Arc<str> = text.into();
            self.load_static(&path);
            return Value::pointer(Location {
                cell: Cell::Static(path),
                path: Vec::new(),
            });
        }
        if let Some(body) = self.engine.program.body_named(text)
            && self.engine.program.bodies[body].kind != crate::mir::BodyKind::Function
        {
            let is_local_key =
                self.engine.program.bodies[body]
                    .locals
                    .first()
                    .is_some_and(|local| {
                        types::peel_references(&local.ty).starts_with("std::thread::LocalKey")
                    });
            let root = if is_local_key && !text.contains("promoted[") {
                Some(text.to_owned())
            } else {
                None
            };
            if let Some(path) = root {
                let path: Arc<str> = path.as_str().into();
                self.load_static(&path);
                return Value::pointer(Location {
                    cell: Cell::Static(path),
                    path: Vec::new(),
                });
            }
            let bindings = if text.contains("promoted[") {
                self.bindings.clone()
            } else {
                Bindings::new()
            };
            let index = self.engine.instance(body, bindings, Vec::new());
            self.engine.instances[index].callers.insert(self.instance);
            return self.engine.instances[index].summary.result.clone();
        }
        let path = types::substitute(text, &self.bindings);
        Value {
            functions: BTreeSet::from([Function {
                path: path.as_str().into(),
                bindings: Bindings::new(),
                is_closure: false,
            }]),
            ..Value::default()
        }
    }

    /// Puts a value into a place, without what its type cannot hold.
    pub(super) fn assign(&mut self, place: &Place, value: Value) {
        let ty = self.place_type(place);
        let value = self.fitting(value, &ty);
        let (locations, _) = self.resolve(place);
        self.write(&locations, &value, true);
    }

    /// What of a value can be in a type.
    pub(super) fn fitting(&mut self, value: Value, ty: &str) -> Value {
        if value.is_empty() {
            return value;
        }
        if !value.labels.is_empty() && !self.engine.carries(ty, false) {
            return value.without_labels();
        }
        let may_refer = ty.contains(['&', '*', '\'', '{', '?'])
            || [
                "Arc<", "Rc<", "Box<", "dyn ", "Sender", "Receiver", "Guard", "Weak", "Iter",
                "impl ", "Ref", "Unique", "NonNull", "Pin<", "Entry", "fn(",
            ]
            .iter()
            .any(|word| ty.contains(word))
            || types::is_parameter(ty);
        if !may_refer {
            return self.state.owned(&value, 2);
        }
        value
    }

    /// Writes, into statics too.
    pub(super) fn write(&mut self, locations: &BTreeSet<Location>, value: &Value, replaces: bool) {
        for location in locations {
            if let Cell::Static(path) = &location.cell {
                let mut whole = Value::default();
                whole.set(&location.path, self.state.owned(value, 4), true);
                self.engine.add_to_static(path, &whole);
            }
        }
        self.state.write(locations, value, replaces);
    }

    fn statement(&mut self, kind: &StatementKind, span: Option<&Span>) {
        match kind {
            StatementKind::Assign(place, rvalue) => {
                let value = self.rvalue(rvalue, place, span);
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

    fn rvalue(&mut self, rvalue: &Rvalue, place: &Place, span: Option<&Span>) -> Value {
        match rvalue {
            Rvalue::Use(operand) => self.operand(operand),
            Rvalue::Reference { is_mutable, place } => {
                let (locations, is_blurred) = self.resolve(place);
                if is_blurred && !is_mutable {
                    return self.read_place(place);
                }
                Value {
                    pointers: locations,
                    ..Value::default()
                }
            }
            Rvalue::Cast { operand, ty, kind } => {
                let mut value = self.operand(operand);
                if kind.contains("Unsize") && ty.contains("dyn ") {
                    let from = self.operand_type(operand);
                    let inner = unsized_part(&from);
                    if !inner.starts_with("dyn ") {
                        value.types.insert(inner.into());
                    }
                }
                value
            }
            Rvalue::Aggregate { kind, operands } => self.aggregate(kind, operands, place, span),
            Rvalue::Repeat(operand) => {
                let element = self.operand(operand);
                let mut value = Value::default();
                value.set(&[Arc::from("[]")], element, true);
                value
            }
            Rvalue::Binary(name, left, right) => {
                if matches!(
                    name.as_str(),
                    "Eq" | "Ne" | "Lt" | "Le" | "Gt" | "Ge" | "Cmp"
                ) {
                    return Value::default();
                }
                let mut value = self.operand(left);
                let right = self.operand(right);
                if !matches!(name.as_str(), "Shl" | "Shr" | "Offset") {
                    value.join(&right);
                }
                value
            }
            Rvalue::Unary(name, operand) if name != "PtrMetadata" => self.operand(operand),
            Rvalue::ThreadLocal(path) => {
                let path: Arc<str> = path.as_str().into();
                self.load_static(&path);
                Value::pointer(Location {
                    cell: Cell::Static(path),
                    path: Vec::new(),
                })
            }
            Rvalue::Unary(..) | Rvalue::About(_) | Rvalue::Nothing => Value::default(),
        }
    }

    fn aggregate(
        &mut self,
        kind: &Aggregate,
        operands: &[(Option<String>, Operand)],
        place: &Place,
        span: Option<&Span>,
    ) -> Value {
        let mut value = Value::default();
        let ty = self.place_type(place);
        let variant = match kind {
            Aggregate::Named(name) => {
                let name = types::without_arguments(name);
                let owner = types::base(&ty);
                (name != owner && types::last_segment(&name) != types::last_segment(owner))
                    .then(|| types::last_segment(&name).to_owned())
            }
            _ => None,
        };
        for (number, (_, operand)) in operands.iter().enumerate() {
            let part = self.operand(operand);
            if part.is_empty() && !matches!(kind, Aggregate::Array) {
                value.fields.insert(
                    match &variant {
                        Some(variant) => format!("{variant}.{number}"),
                        None => number.to_string(),
                    }
                    .into(),
                    part,
                );
                continue;
            }
            if kind == &Aggregate::Array {
                value.set(&[Arc::from("[]")], part, false);
            } else {
                let field = match &variant {
                    Some(variant) => format!("{variant}.{number}"),
                    None => number.to_string(),
                };
                value.set(&[field.into()], part, true);
            }
        }
        match kind {
            Aggregate::Closure { ty, body } => {
                let path = body
                    .clone()
                    .filter(|path| self.engine.program.body_named(path).is_some())
                    .unwrap_or_else(|| types::substitute(ty, &Bindings::new()));
                value.functions.insert(Function {
                    path: path.as_str().into(),
                    bindings: self.bindings.clone(),
                    is_closure: true,
                });
            }
            Aggregate::Named(name) => self.check_error(name, &ty, &value, span),
            _ => {}
        }
        value
    }

    /// A value of the workspace's own error type that shows a secret.
    fn check_error(&mut self, name: &str, ty: &str, value: &Value, span: Option<&Span>) {
        if ty.starts_with("std::") || !self.engine.program.is_error(ty) {
            return;
        }
        if self.state.labels(value).is_empty() {
            return;
        }
        let shown = self.format(value, ty, "Display", 0);
        let is_constructor = types::without_arguments(name) == self.body.path;
        let span = span
            .filter(|span| {
                !is_constructor && !self.is_derived() && spans::is_users(self.engine.texts, span)
            })
            .cloned();
        let point = SinkPoint {
            lint: Lint::SecretInError,
            span,
            label: "this puts the secret into an error".into(),
        };
        self.sink(point, shown, Vec::new());
    }

    /// Whether the body is a derive's.
    fn is_derived(&self) -> bool {
        self.engine.program.is_derived(&self.body.path)
    }

    /// Notes that these labels get out there.
    pub(super) fn sink(
        &mut self,
        point: SinkPoint,
        labels: BTreeSet<Label>,
        path: Vec<(Span, String)>,
    ) {
        let mut symbolic = BTreeSet::new();
        for label in labels {
            match label {
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

/// What becomes `dyn`: `T` of `&T`, `Box<T>`, `Pin<Box<T>>`.
fn unsized_part(ty: &str) -> &str {
    let ty = types::strip_pin(ty);
    if let Some(inner) = types::pointee(ty) {
        return inner;
    }
    let base = types::base(ty);
    if base.starts_with("std::")
        && matches!(
            types::last_segment(base),
            "Box" | "Arc" | "Rc" | "RefCell" | "Mutex" | "RwLock"
        )
    {
        return types::arguments(ty)
            .first()
            .map_or(ty, |inner| unsized_owned(inner));
    }
    ty
}

fn unsized_owned(ty: &str) -> &str {
    let base = types::base(ty);
    if base.starts_with("std::")
        && matches!(types::last_segment(base), "RefCell" | "Mutex" | "RwLock")
    {
        return types::arguments(ty).first().copied().unwrap_or(ty);
    }
    ty
}

/// Cells of a callee under the names that the caller gives them.
pub(super) type Renaming = BTreeMap<Cell, Cell>;
