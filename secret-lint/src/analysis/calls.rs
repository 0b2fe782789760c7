//! What a call does: of the workspace's functions by their summaries, of others by the model, else by caution.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::mir::{Call, Callee, Operand, Span};
use crate::model::{Flow, When};

use super::frame::Frame;
use super::literals;
use super::named;
use super::program::Target;
use super::spans;
use super::types::{self, Bindings, CalleePath};
use super::values::{Function, Label, Value};

/// An argument: what it is and its type.
#[derive(Clone, Debug)]
pub(super) struct Argument {
    pub(super) value: Value,
    pub(super) ty: String,
}

/// Functions that call functions that call functions: deeper ones are not followed.
const DEEPEST: usize = 6;

impl<'a> Frame<'_, 'a> {
    /// Runs a call.
    pub(super) fn call(&mut self, call: &'a Call) {
        if self.is_idle_call(call) {
            return;
        }
        let arguments = call
            .arguments
            .iter()
            .map(|operand| Argument {
                value: self.operand(operand),
                ty: self.operand_type(operand),
            })
            .collect::<Vec<_>>();
        let result_type = self.place_type(&call.destination);
        let result = match &call.callee {
            Callee::Path(path) => {
                let path = types::substitute(path, &self.bindings);
                let mut result = self.invoke(&path, &arguments, &result_type, 0);
                self.add_what_is_looked_up(&path, call, &result_type, &mut result);
                if path.ends_with("::try_unwrap") && !self.is_shared(&arguments) {
                    result.fields.remove("Err.0");
                }
                self.check_url_text(&path, call, &result);
                if let Some(stored) = self.environment_call(&path, call, &arguments) {
                    result.join(&stored);
                }
                if let Some(last) = arguments.last() {
                    let functions = self.state.follow(&last.value);
                    self.check_error_call(&path, call, &functions, &result, &result_type);
                }
                result
            }
            Callee::Value(operand) => {
                let value = self.operand(operand);
                self.invoke_value(&value, &arguments, &result_type, 0)
            }
        };
        if !call.destination.projections.is_empty() {
            let here = self.here();
            self.check_assigned(&call.destination, &result, here.as_ref());
        }
        self.assign(&call.destination, result);
        self.check_formatters();
    }

    /// Whether nothing that goes in or comes out is, or calls, anything of interest.
    fn is_idle_call(&self, call: &Call) -> bool {
        let is_idle = |operand: &Operand| match operand {
            Operand::Copy(place) | Operand::Move(place) => self.is_idle(place.local),
            Operand::Constant(constant) => is_plain(&constant.text),
        };
        self.is_idle(call.destination.local)
            && matches!(call.callee, Callee::Path(_))
            && call.arguments.iter().all(is_idle)
    }

    /// Calls whatever functions a value may be.
    pub(super) fn invoke_value(
        &mut self,
        value: &Value,
        arguments: &[Argument],
        result_type: &str,
        depth: usize,
    ) -> Value {
        let functions = self.state.follow(value).functions;
        let mut result = Value::default();
        for function in &functions {
            result.join(&self.invoke_function(function, value, arguments, result_type, depth));
        }
        result
    }

    pub(super) fn invoke_function(
        &mut self,
        function: &Function,
        value: &Value,
        arguments: &[Argument],
        result_type: &str,
        depth: usize,
    ) -> Value {
        if depth > DEEPEST {
            return Value::default();
        }
        if !function.is_closure {
            return self.invoke(&function.path.clone(), arguments, result_type, depth + 1);
        }
        let body = self
            .engine
            .program
            .body_named(&function.path)
            .or_else(|| self.engine.program.closure(&function.path));
        let Some(body) = body else {
            return Value::default();
        };
        let environment_type = self.engine.program.bodies[body]
            .locals
            .get(1)
            .map(|local| local.ty.to_string())
            .unwrap_or_default();
        let mut all = vec![Argument {
            value: value.clone(),
            ty: environment_type,
        }];
        all.extend(arguments.iter().cloned());
        self.apply((body, function.bindings.clone()), &all)
    }

    /// Calls a function by its path.
    pub(super) fn invoke(
        &mut self,
        path: &str,
        arguments: &[Argument],
        result_type: &str,
        depth: usize,
    ) -> Value {
        if depth > DEEPEST {
            return Value::default();
        }
        let callee = CalleePath::parse(path);
        let self_type = callee.self_type.clone().unwrap_or_default();
        let name = callee.name.clone();
        if self.engine.model.sanitizer(&name).is_some() {
            return Value::default();
        }
        if let Some(result) = self.source_call(&name, &self_type, arguments, result_type, depth) {
            return result;
        }
        if matches!(callee.method(), "call" | "call_mut" | "call_once")
            && callee.trait_path.as_deref().is_some_and(|of| {
                types::last_segment(of).starts_with("Fn")
                    || types::last_segment(of).starts_with("AsyncFn")
            })
        {
            return self.invoke_closure(&self_type, arguments, result_type, depth);
        }
        self.check_sinks(&callee, &self_type, arguments);
        if let Some(result) = self.special_call(&callee, &self_type, arguments, result_type) {
            return result;
        }
        if name.ends_with("Future::poll") {
            let result = self.poll(&callee, &self_type, arguments);
            if let Some(result) = result {
                return result;
            }
        }
        let dynamic = self.dynamic_types(&self_type, arguments);
        let mut found = self.engine.program.resolve(&callee, dynamic.as_deref());
        if found.len() > 1 {
            let fitting = found
                .iter()
                .filter(|target| self.fits(target, arguments))
                .cloned()
                .collect::<Vec<_>>();
            if !fitting.is_empty() {
                found = fitting;
            }
        }
        if !found.is_empty() {
            let mut result = Value::default();
            for mut target in found {
                self.bind_generics(target.0, &callee, &mut target.1);
                result.join(&self.apply(target, arguments));
            }
            return result;
        }
        if let Some(result) = self.conversion(&callee, &self_type, arguments, result_type) {
            return result;
        }
        if let Some(result) = self.list_call(&callee, &self_type, arguments) {
            return result;
        }
        if let Some(of_trait) = &callee.trait_path {
            let mut known = dynamic.unwrap_or_default();
            known.push(types::peel(&self_type).to_owned());
            let mut methods = Vec::new();
            for ty in &known {
                methods.extend(self.engine.program.methods_for(of_trait, ty));
            }
            if !methods.is_empty() && !matches!(callee.method(), "clone" | "eq") {
                return self.provided_method(
                    of_trait,
                    &methods,
                    &callee,
                    &self_type,
                    arguments,
                    result_type,
                    depth,
                );
            }
        }
        if let Some(result) = self.collecting_call(&callee, &self_type, arguments, result_type) {
            return result;
        }
        if let Some(flows) = self
            .engine
            .model
            .flows(&name, types::peel_references(&self_type))
            .map(<[Flow]>::to_vec)
        {
            let result = self.flow(&flows, arguments, result_type, depth);
            self.threads_call(&name, arguments);
            return result;
        }
        self.unknown(&name, arguments, result_type, depth)
    }

    /// Calls of what gives out secrets.
    fn source_call(
        &mut self,
        name: &str,
        self_type: &str,
        arguments: &[Argument],
        result_type: &str,
        depth: usize,
    ) -> Option<Value> {
        let source = self.engine.model.source(name, self_type)?;
        let (label, when, number, kind) =
            (source.label.clone(), source.when, source.name, source.kind);
        match when {
            None => {
                if let Some(span) = self.here() {
                    let number = self.engine.origins.number(span, &label, kind);
                    let labels = BTreeSet::from([Label::Source(number)]);
                    return Some(self.found(labels, result_type));
                }
            }
            Some(When::SecretName) => {
                let labels = arguments
                    .get(number)
                    .map(|name| self.read_under(name, &label))
                    .unwrap_or_default();
                if !labels.is_empty() {
                    // What is removed is read, and no longer there.
                    let flows = self.engine.model.flows(name, self_type);
                    if let Some(flows) = flows.map(<[Flow]>::to_vec) {
                        self.flow(&flows, arguments, result_type, depth);
                    }
                    return Some(self.found(labels, result_type));
                }
            }
        }
        None
    }

    /// Calls that the model cannot describe.
    fn special_call(
        &mut self,
        callee: &CalleePath,
        self_type: &str,
        arguments: &[Argument],
        result_type: &str,
    ) -> Option<Value> {
        if callee.name == "std::mem::drop"
            && let Some(first) = arguments.first()
        {
            self.drop_value(&first.value, &first.ty, 0);
        }
        self.number_call(callee, arguments)
            .or_else(|| self.formatting_call(callee, self_type, arguments, result_type))
    }

    /// A method that a foreign trait provides on top of those that the workspace implements: iterator adaptors, `write_fmt`.
    #[allow(clippy::too_many_arguments, reason = "the call, taken apart")]
    pub(super) fn provided_method(
        &mut self,
        of_trait: &str,
        methods: &[Target],
        callee: &CalleePath,
        self_type: &str,
        arguments: &[Argument],
        result_type: &str,
        depth: usize,
    ) -> Value {
        if types::last_segment(of_trait) == "Iterator" {
            let mut elements = Value::default();
            for method in methods {
                let result = self.apply(method.clone(), &arguments[..1.min(arguments.len())]);
                elements.join(&self.state.select(&result, &[Arc::from("Some.0")]));
            }
            let mut iterator = Value::default();
            iterator.set(&[Arc::from("[]")], elements, true);
            let mut arguments = arguments.to_vec();
            if let Some(first) = arguments.first_mut() {
                first.value = iterator;
            }
            if let Some(result) = self.collecting_call(callee, self_type, &arguments, result_type) {
                return result;
            }
            if let Some(flows) = self
                .engine
                .model
                .flows(&callee.name, types::peel_references(self_type))
                .map(<[Flow]>::to_vec)
            {
                return self.flow(&flows, &arguments, result_type, depth);
            }
            return self.unknown(&callee.name, &arguments, result_type, depth);
        }
        let mut labels = BTreeSet::new();
        for argument in arguments.iter().skip(1) {
            labels.extend(self.text_of(argument));
        }
        let mut result = Value::default();
        for (index, bindings) in methods {
            let body = self.engine.program.bodies[*index];
            let mut all = arguments.first().cloned().into_iter().collect::<Vec<_>>();
            for number in all.len() + 1..=body.parameters {
                all.push(Argument {
                    value: Value::of(labels.clone()),
                    ty: body.locals[number].ty.to_string(),
                });
            }
            result.join(&self.apply((*index, bindings.clone()), &all));
        }
        result.join(&Value::of(labels));
        result
    }

    /// Whether a body's parameters have the arguments' types.
    pub(super) fn fits(&self, target: &Target, arguments: &[Argument]) -> bool {
        let body = self.engine.program.bodies[target.0];
        arguments
            .iter()
            .enumerate()
            .skip(usize::from(arguments.len() > 1))
            .all(|(number, argument)| {
                let Some(local) = body.locals.get(number + 1) else {
                    return true;
                };
                let (one, other) = (
                    types::peel_references(&local.ty),
                    types::peel_references(&argument.ty),
                );
                types::is_parameter(one)
                    || one.starts_with("impl ")
                    || types::last_segment(types::base(one))
                        == types::last_segment(types::base(other))
            })
    }

    pub(super) fn bind_generics(&self, body: usize, callee: &CalleePath, bindings: &mut Bindings) {
        if callee.generics.is_empty() {
            return;
        }
        for (name, ty) in self
            .engine
            .program
            .generics(body, self.engine.texts)
            .iter()
            .zip(&callee.generics)
        {
            if !name.is_empty() {
                bindings
                    .entry(name.clone())
                    .or_insert_with(|| ty.as_str().into());
            }
        }
    }

    /// The types behind a `dyn` or open `self`, if they are known.
    pub(super) fn dynamic_types(
        &self,
        self_type: &str,
        arguments: &[Argument],
    ) -> Option<Vec<String>> {
        let peeled = types::peel(self_type);
        if !(peeled.starts_with("dyn ")
            || peeled.starts_with("impl ")
            || types::is_parameter(peeled))
        {
            return None;
        }
        let first = arguments.first()?;
        let known = self.deep_types(&first.value);
        (!known.is_empty()).then_some(known)
    }

    pub(super) fn deep_types(&self, value: &Value) -> Vec<String> {
        let mut found = BTreeSet::new();
        let mut pending = vec![(value.clone(), 0)];
        while let Some((value, depth)) = pending.pop() {
            let value = self.state.follow(&value);
            found.extend(value.types.iter().map(ToString::to_string));
            if depth < 3 && found.is_empty() {
                pending.extend(value.fields.into_iter().map(|(_, part)| (part, depth + 1)));
            }
        }
        found.into_iter().collect()
    }

    pub(super) fn invoke_closure(
        &mut self,
        self_type: &str,
        arguments: &[Argument],
        result_type: &str,
        depth: usize,
    ) -> Value {
        let Some(closure) = arguments.first() else {
            return Value::default();
        };
        let packed = arguments.get(1).cloned().unwrap_or(Argument {
            value: Value::default(),
            ty: "()".to_owned(),
        });
        let parts = types::tuple(&packed.ty)
            .unwrap_or_default()
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>();
        let unpacked = parts
            .into_iter()
            .enumerate()
            .map(|(number, ty)| Argument {
                value: self
                    .state
                    .select(&packed.value, &[number.to_string().into()]),
                ty,
            })
            .collect::<Vec<_>>();
        let value = closure.value.clone();
        if self.state.follow(&value).functions.is_empty() {
            let target = self.engine.program.closure(self_type);
            if let Some(body) = target {
                let mut all = vec![Argument {
                    value,
                    ty: self_type.to_owned(),
                }];
                all.extend(unpacked);
                return self.apply((body, self.bindings.clone()), &all);
            }
            if self_type.contains("fn(")
                && self_type.ends_with('}')
                && let Some((_, path)) = self_type.rsplit_once(" {")
            {
                return self.invoke(
                    path.trim_end_matches('}'),
                    &unpacked,
                    result_type,
                    depth + 1,
                );
            }
            let mut labels = BTreeSet::new();
            for argument in &unpacked {
                labels.extend(self.state.labels(&argument.value));
            }
            return Value::of(labels);
        }
        self.invoke_value(&value, &unpacked, result_type, depth)
    }

    pub(super) fn poll(
        &mut self,
        callee: &CalleePath,
        self_type: &str,
        arguments: &[Argument],
    ) -> Option<Value> {
        let future = arguments.first()?;
        let followed = self.state.follow(&future.value);
        if !followed.functions.is_empty() {
            return Some(self.invoke_value(&future.value, &arguments[1..], "", 0));
        }
        if let Some(body) = self.engine.program.closure(self_type) {
            return Some(self.apply((body, self.bindings.clone()), arguments));
        }
        if !self.engine.program.resolve(callee, None).is_empty()
            && !types::peel(self_type).starts_with("dyn ")
        {
            return None;
        }
        let labels = self.state.labels(&future.value);
        let mut result = Value::default();
        let inner = followed
            .fields
            .get("0")
            .cloned()
            .unwrap_or_else(|| Value::of(labels));
        result.set(&[Arc::from("Ready.0")], inner, true);
        Some(result)
    }

    /// The user's span of the call that runs now.
    pub(super) fn here(&self) -> Option<Span> {
        let program = &self.engine.program;
        spans::of_tracing_macro(program, self.crate_number, self.body, self.block)
            .or_else(|| spans::of_call(self.engine.texts, self.body, self.block))
    }

    pub(super) fn site(&self, extra: u64) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.body.path, self.block, extra).hash(&mut hasher);
        hasher.finish()
    }
}

/// Whether a constant is a literal that is not followed, and no function, static or promoted value.
fn is_plain(constant: &str) -> bool {
    let text = constant.trim().trim_start_matches("const ");
    if let Some(content) = literals::content(text) {
        return !literals::is_followed(content) && !named::is_secret(content);
    }
    text.starts_with(['\'', '-', '('])
        || text.starts_with(|c: char| c.is_ascii_digit())
        || matches!(text, "true" | "false")
}
