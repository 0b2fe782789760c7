//! What an operand is and what a statement computes.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use crate::mir::{Aggregate, Constant, Operand, Place, Projection, Rvalue, Span};

use super::SinkPoint;
use super::frame::Frame;
use super::literals;
use super::named;
use super::spans;
use super::types::{self, Bindings};
use super::values::{Cell, ELEMENTS, Function, Location, Path, Value};
use crate::model::Kind;
use crate::report::Lint;

impl Frame<'_, '_> {
    /// What an operand is.
    pub(super) fn operand(&mut self, operand: &Operand) -> Value {
        match operand {
            Operand::Copy(place) | Operand::Move(place) => {
                let mut value = self.read_place(place);
                if let Some(secret) = self.marked(place) {
                    value.join(&Value::of(BTreeSet::from([secret])));
                }
                if self.is_number_of_union(place) {
                    return self.number_of(&value);
                }
                if value.is_empty() {
                    value = self.looked_up(place);
                }
                // A reference in what the caller passed: it stands for what it refers to.
                if value.pointers.is_empty() && types::is_mutable_reference(&self.place_type(place))
                {
                    let (locations, _) = self.resolve(place);
                    if locations
                        .iter()
                        .all(|location| matches!(location.cell, Cell::Parameter(_)))
                    {
                        return Value {
                            pointers: locations.into(),
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
    pub(super) fn load_static(&mut self, path: &Arc<str>) {
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

    /// The same for all statics that a value refers to.
    pub(super) fn load_statics(&mut self, value: &Value) {
        for pointer in &value.pointers {
            if let Cell::Static(path) = &pointer.cell {
                self.load_static(path);
            }
        }
        for part in value.fields.values() {
            self.load_statics(part);
        }
    }

    /// The body that computes a constant. Those of methods are named by the type where they are used, and by the `impl`
    /// where they stand.
    pub(super) fn constant_body(&self, text: &str) -> Option<usize> {
        let program = &self.engine.program;
        if types::last_segment(text).starts_with("promoted[") {
            return program.constant_body(&self.body.path, text);
        }
        program.constant_body(&self.body.path, &types::substitute(text, &self.bindings))
    }

    /// What a literal is, or a constant that is one and names a secret.
    fn text_constant(&mut self, constant: &Constant, text: &str) -> Option<Value> {
        let literal = self.literal(text, constant.span.as_ref());
        let Some(name) = self
            .name_of(constant, text)
            .filter(|name| named::is_secret(name))
        else {
            return literal;
        };
        let mut value = literal
            .or_else(|| literals::header(name))
            .unwrap_or_default();
        value.join(&self.name(name, constant.span.as_ref()));
        Some(value)
    }

    #[allow(clippy::too_many_lines, reason = "one row a kind of constant")]
    pub(super) fn constant(&mut self, constant: &Constant) -> Value {
        let text = constant.text.trim().trim_start_matches("const ");
        if let Some(text) = self.text_constant(constant, text) {
            return text;
        }
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
                    path: Path::default(),
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
                }])
                .into(),
                ..Value::default()
            };
        }
        if !text.contains("::")
            && !text.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '<')
            || text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '(' || c == '\'')
        {
            return Value::default();
        }
        // One that is promoted is a reference to one with a name.
        let is_local_key = constant
            .ty
            .as_ref()
            .is_some_and(|ty| types::peel_references(ty).starts_with("std::thread::LocalKey"))
            || text.contains("LocalKey");
        if is_local_key && !text.contains("promoted[") {
            let path: Arc<str> = text.into();
            self.load_static(&path);
            return Value::pointer(Location {
                cell: Cell::Static(path),
                path: Path::default(),
            });
        }
        if let Some(body) = self.constant_body(text) {
            if let Some(literal) = self.named_literal(body, constant.span.as_ref()) {
                return literal;
            }
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
                    path: Path::default(),
                });
            }
            let bindings = if text.contains("promoted[") {
                self.bindings.clone()
            } else {
                Bindings::new()
            };
            let index = self.engine.instance(body, bindings, Vec::new());
            self.engine.instances[index].callers.insert(self.instance);
            self.is_provisional |= self.engine.instances[index].runs == 0;
            let value = self.engine.instances[index].summary.result.clone();
            self.load_statics(&value);
            return value;
        }
        let path = types::substitute(text, &self.bindings);
        Value {
            functions: BTreeSet::from([Function {
                path: path.as_str().into(),
                bindings: Bindings::new(),
                is_closure: false,
            }])
            .into(),
            ..Value::default()
        }
    }

    pub(super) fn rvalue(&mut self, rvalue: &Rvalue, place: &Place, span: Option<&Span>) -> Value {
        match rvalue {
            Rvalue::Use(operand) => {
                let value = self.operand(operand);
                // A box is copied only to get at what it holds, which stands where the box does.
                match operand {
                    Operand::Copy(place)
                        if value.pointers.is_empty()
                            && types::base(&self.place_type(place)) == "std::boxed::Box" =>
                    {
                        Value {
                            pointers: self.resolve(place).0.into(),
                            ..Value::default()
                        }
                    }
                    _ => value,
                }
            }
            Rvalue::Reference { is_mutable, place } => {
                let (mut locations, is_blurred) = self.resolve(place);
                let secret = self.marked_cell(place);
                let is_part = place.projections.last() == Some(&Projection::Slice);
                if (is_blurred && secret.is_none() || is_part) && !is_mutable {
                    let mut value = self.read_place(place);
                    if is_part {
                        value.forget_order(&[]);
                    }
                    return value;
                }
                if is_part {
                    self.state.forget_order(&locations);
                }
                if !is_mutable {
                    let letter = self.looked_up(place);
                    if !letter.is_empty() {
                        return letter;
                    }
                }
                locations.extend(secret);
                Value {
                    pointers: locations.into(),
                    ..Value::default()
                }
            }
            Rvalue::Cast { operand, ty, kind } => {
                let mut value = self.operand(operand);
                if let (Operand::Copy(place) | Operand::Move(place), true) =
                    (operand, ty.starts_with('*'))
                    && value.pointers.is_empty()
                    && types::base(&self.place_type(place)) == "std::ptr::NonNull"
                {
                    // What a box holds stands where the box does.
                    return Value {
                        pointers: self.resolve(place).0.into(),
                        ..Value::default()
                    };
                }
                if kind.contains("Unsize") && ty.contains("dyn ") {
                    let from = self.operand_type(operand);
                    let inner = unsized_part(&from);
                    if !inner.starts_with("dyn ") {
                        value.types.insert(inner.into());
                    }
                }
                if kind.contains("Transmute") && types::is_integer(ty) {
                    return self.number_of(&value);
                }
                if kind.contains("IntToInt") {
                    return self.widened(value, &self.operand_type(operand), ty);
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
                let left = self.operand(left);
                let right = self.operand(right);
                self.combined(name, left, &right)
            }
            Rvalue::Unary(name, operand) if name != "PtrMetadata" => self.operand(operand),
            Rvalue::ThreadLocal(path) => {
                let path: Arc<str> = path.as_str().into();
                self.load_static(&path);
                Value::pointer(Location {
                    cell: Cell::Static(path),
                    path: Path::default(),
                })
            }
            Rvalue::Unary(..) | Rvalue::About(_) | Rvalue::Nothing => Value::default(),
        }
    }

    pub(super) fn aggregate(
        &mut self,
        kind: &Aggregate,
        operands: &[(Option<String>, Operand)],
        place: &Place,
        span: Option<&Span>,
    ) -> Value {
        let mut value = Value::default();
        let ty = self.place_type(place);
        // What they hold is read through them.
        if let (Aggregate::Named(_), [(_, operand)]) = (kind, operands)
            && (matches!(
                types::base(&ty),
                "serde_json::Value" | "std::panic::AssertUnwindSafe"
            ) || self.engine.program.is_union(types::base(&ty)))
        {
            return self.operand(operand);
        }
        let variant = match kind {
            Aggregate::Named(name) => {
                let name = types::without_arguments(name);
                let owner = types::base(&ty);
                (name != owner && types::last_segment(&name) != types::last_segment(owner))
                    .then(|| types::last_segment(&name).to_owned())
            }
            _ => None,
        };
        if kind == &Aggregate::Array {
            let elements = operands
                .iter()
                .map(|(_, operand)| self.operand(operand))
                .collect::<Vec<_>>();
            if ty.contains("fmt::rt::Argument") || ty.contains("tracing::") {
                for element in elements {
                    value.set(&[ELEMENTS.into()], element, false);
                }
            } else {
                value.list(elements);
            }
            return value;
        }
        for (number, (_, operand)) in operands.iter().enumerate() {
            let part = self.operand(operand);
            let field = match &variant {
                Some(variant) => format!("{variant}.{number}"),
                None => number.to_string(),
            };
            if part.is_empty() {
                value.fields.insert(field.into(), part);
            } else {
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
            Aggregate::Named(name) => {
                self.check_error(name, &ty, &value, span);
                self.check_made(name, &ty, operands, &value, span);
                if let [(_, operand)] = operands {
                    self.check_error_text(kind, &ty, operand, &value);
                }
            }
            _ => {}
        }
        value
    }

    /// A value of the workspace's own error type that shows a secret.
    pub(super) fn check_error(&mut self, name: &str, ty: &str, value: &Value, span: Option<&Span>) {
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
            takes: Kind::Exposed,
            span,
            label: "this puts the secret into an error".into(),
            is_returned: false,
        };
        self.sink(point, shown, Vec::new());
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
