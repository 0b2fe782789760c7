//! What a call does: of the workspace's functions by their summaries, of others by the model, else by caution.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;
use std::sync::Arc;

use crate::mir::{Call, Callee, Span};
use crate::model::{Base, Expression, Flow, When};
use crate::report::Lint;

use super::frame::{Frame, Renaming};
use super::program::Target;
use super::types::{self, Bindings, CalleePath};
use super::values::{Cell, Field, Function, Label, Location, Path, Value};
use super::{SinkPoint, Summary, spans};

/// An argument: what it is and its type.
#[derive(Clone, Debug)]
pub(super) struct Argument {
    pub(super) value: Value,
    pub(super) ty: String,
}

/// Functions that call functions that call functions: deeper ones are not followed.
const DEEPEST: usize = 6;

impl Frame<'_, '_> {
    /// Runs a call.
    pub(super) fn call(&mut self, call: &Call) {
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
                self.invoke(&path, &arguments, &result_type, 0)
            }
            Callee::Value(operand) => {
                let value = self.operand(operand);
                self.invoke_value(&value, &arguments, &result_type, 0)
            }
        };
        self.assign(&call.destination, result);
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

    fn invoke_function(
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
        if let Some(source) = self.engine.model.source(&name, &self_type) {
            let (label, when) = (source.label.clone(), source.when);
            if when != Some(When::SecretName) {
                let span = self.here();
                if let Some(span) = span {
                    let number = self.engine.origin(span, &label);
                    return Value::of(BTreeSet::from([Label::Source(number)]));
                }
            }
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
        if let Some(result) = self.formatting_call(&callee, &self_type, arguments, result_type) {
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
        if let Some(flows) = self
            .engine
            .model
            .flows(&name, types::peel_references(&self_type))
            .map(<[Flow]>::to_vec)
        {
            return self.flow(&flows, arguments, result_type, depth);
        }
        self.unknown(arguments, result_type, depth)
    }

    /// A method that a foreign trait provides on top of those that the workspace implements: iterator adaptors, `write_fmt`.
    #[allow(clippy::too_many_arguments, reason = "the call, taken apart")]
    fn provided_method(
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
            if let Some(flows) = self
                .engine
                .model
                .flows(&callee.name, types::peel_references(self_type))
                .map(<[Flow]>::to_vec)
            {
                return self.flow(&flows, &arguments, result_type, depth);
            }
            return self.unknown(&arguments, result_type, depth);
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
    fn fits(&self, target: &Target, arguments: &[Argument]) -> bool {
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

    fn bind_generics(&self, body: usize, callee: &CalleePath, bindings: &mut Bindings) {
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
    fn dynamic_types(&self, self_type: &str, arguments: &[Argument]) -> Option<Vec<String>> {
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

    fn deep_types(&self, value: &Value) -> Vec<String> {
        let mut found = BTreeSet::new();
        let mut pending = vec![(value.clone(), 0)];
        while let Some((value, depth)) = pending.pop() {
            let value = self.state.follow(&value);
            found.extend(value.types.iter().map(ToString::to_string));
            if depth < 3 && found.is_empty() {
                pending.extend(value.fields.into_values().map(|part| (part, depth + 1)));
            }
        }
        found.into_iter().collect()
    }

    fn invoke_closure(
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

    fn poll(
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
        spans::of_call(self.engine.texts, self.body, self.block)
    }

    fn site(&self, extra: u64) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.body.path, self.block, extra).hash(&mut hasher);
        hasher.finish()
    }

    fn check_sinks(&mut self, callee: &CalleePath, self_type: &str, arguments: &[Argument]) {
        let peeled = types::peel(self_type);
        let mut sinks = self
            .engine
            .model
            .sinks(&callee.name, self_type)
            .into_iter()
            .cloned()
            .collect::<Vec<_>>();
        if sinks.is_empty() && self.engine.model.sinks_for_any(&callee.name).is_empty() {
            return;
        }
        if sinks.is_empty()
            && (peeled.contains("dyn ")
                || types::is_parameter(peeled)
                || peeled.starts_with("impl "))
            && let Some(first) = arguments.first()
        {
            for ty in self.deep_types(&first.value) {
                sinks.extend(
                    self.engine
                        .model
                        .sinks(&callee.name, &ty)
                        .into_iter()
                        .cloned(),
                );
            }
        }
        for sink in sinks {
            let mut labels = BTreeSet::new();
            for number in &sink.arguments {
                let Some(argument) = arguments.get(*number) else {
                    continue;
                };
                let mut argument = argument.clone();
                if sink.is_called {
                    let unit = Argument {
                        value: Value::default(),
                        ty: "()".to_owned(),
                    };
                    argument = Argument {
                        value: self.invoke_closure(
                            &argument.ty.clone(),
                            &[argument.clone(), unit],
                            "_",
                            1,
                        ),
                        ty: "_".to_owned(),
                    };
                }
                if let Some(part) = &sink.part {
                    let path = part.clone();
                    argument.value = self.state.select(&argument.value, &[path.as_str().into()]);
                    argument.ty = match (
                        path.as_str(),
                        types::arguments(types::peel_references(&argument.ty)).as_slice(),
                    ) {
                        ("Err.0", [_, error]) => (*error).to_owned(),
                        (_, [value, ..]) => (*value).to_owned(),
                        _ => String::new(),
                    };
                }
                match &sink.by {
                    Some(how) => labels.extend(self.format(&argument.value, &argument.ty, how, 0)),
                    None if self.engine.carries(&argument.ty, false) => {
                        labels.extend(self.text_of(&argument));
                    }
                    None => {}
                }
            }
            let is_error_type = sink.label.contains("into an error")
                && arguments.first().is_some_and(|argument| {
                    self.engine.program.is_error(types::peel(&argument.ty))
                });
            if labels.is_empty() || is_error_type && callee.method() == "from" {
                continue;
            }
            let span = self.here();
            self.sink(
                SinkPoint {
                    lint: Lint::from(sink.lint),
                    span,
                    label: sink.label.as_str().into(),
                },
                labels,
                Vec::new(),
            );
        }
    }

    /// `From` and `Into` between types that are not the workspace's, `?` on errors.
    fn conversion(
        &mut self,
        callee: &CalleePath,
        self_type: &str,
        arguments: &[Argument],
        result_type: &str,
    ) -> Option<Value> {
        let first = arguments.first()?;
        if callee.name.ends_with("FromResidual::from_residual") {
            let error = self.state.select(&first.value, &[Arc::from("Err.0")]);
            let from = types::arguments(&first.ty)
                .get(1)
                .map(|ty| (*ty).to_owned())
                .unwrap_or_default();
            let to = types::arguments(self_type)
                .get(1)
                .map(|ty| (*ty).to_owned())
                .unwrap_or_default();
            let mut result = Value::default();
            if types::base(self_type).ends_with("Result") {
                let converted = self.convert(
                    &Argument {
                        value: error,
                        ty: from,
                    },
                    &to,
                );
                result.set(&[Arc::from("Err.0")], converted, true);
            }
            return Some(result);
        }
        if callee.name.ends_with("From::from") {
            let flows = self.engine.model.flows(&callee.name, self_type).is_some();
            return (!flows).then(|| self.convert(first, self_type));
        }
        if callee.name.ends_with("Into::into") {
            let name = "std::convert::From::from".to_owned();
            let target = CalleePath {
                self_type: Some(result_type.to_owned()),
                trait_path: Some("std::convert::From".to_owned()),
                name,
                generics: Vec::new(),
            };
            self.check_sinks(&target, result_type, arguments);
            return Some(self.convert(first, result_type));
        }
        if callee.name.ends_with("TryFrom::try_from")
            || callee.name.ends_with("TryInto::try_into")
            || callee.name == "str::parse"
            || callee.name.ends_with("FromStr::from_str")
        {
            let to = types::arguments(result_type)
                .first()
                .map(|ty| (*ty).to_owned())
                .unwrap_or_default();
            let of_trait = if callee.name.contains("Try") {
                "std::convert::TryFrom"
            } else {
                "std::str::FromStr"
            };
            let name = format!(
                "{of_trait}::{}",
                if callee.name.contains("Try") {
                    "try_from"
                } else {
                    "from_str"
                }
            );
            let target = CalleePath {
                self_type: Some(to.clone()),
                trait_path: Some(of_trait.to_owned()),
                name,
                generics: Vec::new(),
            };
            if callee.name != target.name {
                self.check_sinks(&target, &to, arguments);
                let found = self.engine.program.resolve(&target, None);
                if !found.is_empty() {
                    let mut result = Value::default();
                    for target in found {
                        result.join(&self.apply(target, arguments));
                    }
                    return Some(result);
                }
            }
            let labels = self.text_of(first);
            return Some(self.spread(labels, result_type, 0));
        }
        None
    }

    fn convert(&mut self, from: &Argument, to: &str) -> Value {
        let (source, target) = (types::peel(&from.ty).to_owned(), to.to_owned());
        if from.ty != target {
            let mut found = self
                .engine
                .program
                .implementations_of("From", "from", Some(&target));
            found.retain(|candidate| self.fits(candidate, std::slice::from_ref(from)));
            if !found.is_empty() {
                let mut result = Value::default();
                for candidate in found {
                    result.join(&self.apply(candidate, std::slice::from_ref(from)));
                }
                return result;
            }
        }
        let mut value = from.value.clone();
        if (target.contains("dyn ")
            || types::base(&target) == "anyhow::Error"
            || types::base(&target).ends_with("eyre::Report"))
            && !source.starts_with("dyn ")
            && types::base(&source) != "anyhow::Error"
        {
            value.types.insert(source.as_str().into());
        }
        if types::base(&target).starts_with("std::sync::Arc")
            || types::base(&target).starts_with("std::rc::Rc")
        {
            return value;
        }
        value
    }

    /// The labels of an argument, through the types behind `dyn`.
    pub(super) fn text_of(&mut self, argument: &Argument) -> BTreeSet<Label> {
        let ty = &argument.ty;
        if ty.contains("dyn ")
            && let Some(how) = ["Display", "Error", "Debug", "Value", "Serialize"]
                .iter()
                .find(|name| ty.contains(&format!("::{name}")))
        {
            let how = match *how {
                "Error" | "Value" => "Display",
                how => how,
            };
            return self.format(&argument.value, ty, how, 0);
        }
        let base = types::base(types::peel_references(ty));
        if self.engine.model.is_redacted_type(base) {
            return BTreeSet::new();
        }
        self.state.labels(&argument.value)
    }

    /// Labels in every part of a type that can hold text.
    pub(super) fn spread(&mut self, labels: BTreeSet<Label>, ty: &str, depth: usize) -> Value {
        if labels.is_empty() || !self.engine.carries(ty, true) {
            return Value::default();
        }
        let base = types::base(ty);
        let parts: Vec<(String, String)> =
            match (types::last_segment(base), types::arguments(ty).as_slice()) {
                ("Result", [ok, error]) => vec![
                    ("Ok.0".to_owned(), (*ok).to_owned()),
                    ("Err.0".to_owned(), (*error).to_owned()),
                ],
                ("Option", [some]) => vec![("Some.0".to_owned(), (*some).to_owned())],
                ("Poll", [ready]) => vec![("Ready.0".to_owned(), (*ready).to_owned())],
                _ => match types::tuple(ty) {
                    Some(parts) => parts
                        .into_iter()
                        .enumerate()
                        .map(|(number, part)| (number.to_string(), part.to_owned()))
                        .collect(),
                    None => Vec::new(),
                },
            };
        if parts.is_empty() || depth > 3 {
            return Value::of(labels);
        }
        let mut value = Value::default();
        for (field, ty) in parts {
            let part = self.spread(labels.clone(), &ty, depth + 1);
            value.fields.insert(field.as_str().into(), part);
        }
        value
    }

    /// A function that nothing is known about.
    fn unknown(&mut self, arguments: &[Argument], result_type: &str, depth: usize) -> Value {
        let mut labels = BTreeSet::new();
        let mut passed = Value::default();
        for argument in arguments {
            if self.engine.carries(&argument.ty, false) {
                labels.extend(self.text_of(argument));
            }
            let shape = self.state.shape(&argument.value, 2);
            passed.types.extend(shape.types);
        }
        for argument in arguments {
            let functions = self.state.follow(&argument.value).functions;
            for function in &functions {
                if !function.is_closure && self.engine.program.body_named(&function.path).is_none()
                {
                    continue;
                }
                let count = self
                    .engine
                    .program
                    .body_named(&function.path)
                    .map_or(1, |body| self.engine.program.bodies[body].parameters);
                let parameters = vec![
                    Argument {
                        value: Value::of(labels.clone()),
                        ty: "_".to_owned()
                    };
                    count.saturating_sub(usize::from(function.is_closure))
                ];
                let result =
                    self.invoke_function(function, &argument.value, &parameters, "", depth + 1);
                labels.extend(self.state.labels(&result));
            }
        }
        if !labels.is_empty() {
            for (number, argument) in arguments.iter().enumerate() {
                let inner = types::peel_references(&argument.ty);
                if types::is_mutable_reference(&argument.ty) && self.engine.carries(inner, true) {
                    let mut others = BTreeSet::new();
                    for (_, other) in arguments
                        .iter()
                        .enumerate()
                        .filter(|(other, _)| *other != number)
                    {
                        if self.engine.carries(&other.ty, false) {
                            others.extend(self.text_of(other));
                        }
                    }
                    let targets = self.state.through(&argument.value.pointers);
                    if !others.is_empty() {
                        self.write(&targets, &Value::of(others), false);
                    }
                }
            }
        }
        let mut result = self.spread(labels, result_type, 0);
        result.types.extend(passed.types);
        result
    }

    #[allow(clippy::too_many_lines, reason = "one row a kind of flow")]
    fn flow(
        &mut self,
        flows: &[Flow],
        arguments: &[Argument],
        result_type: &str,
        depth: usize,
    ) -> Value {
        let mut result = Value::default();
        let mut results: BTreeMap<usize, Value> = BTreeMap::new();
        // Twice where a function's result is its own next argument.
        let rounds = 1 + usize::from(flows.iter().any(|flow| {
            matches!(
                (flow.from.as_ref().map(|from| from.base), flow.to.base),
                (Some(Base::Result(_)), Base::Parameter(..))
            )
        }));
        for _ in 0..rounds {
            let mut called = BTreeSet::new();
            for flow in flows {
                if let Base::Parameter(function, _) | Base::Result(function) = flow.to.base {
                    called.insert(function);
                }
                if let Some(Expression {
                    base: Base::Result(function),
                    ..
                }) = &flow.from
                {
                    called.insert(*function);
                }
            }
            for function in called {
                let Some(callable) = arguments.get(function).cloned() else {
                    continue;
                };
                let mut parameters: Vec<Argument> = Vec::new();
                for flow in flows {
                    let Base::Parameter(of, number) = flow.to.base else {
                        continue;
                    };
                    if of != function {
                        continue;
                    }
                    while parameters.len() <= number {
                        parameters.push(Argument {
                            value: Value::default(),
                            ty: "_".to_owned(),
                        });
                    }
                    if let Some(from) = &flow.from {
                        let value = self.evaluate(from, arguments, &result, &results);
                        parameters[number].value.join(&value);
                    }
                }
                let value = if self.state.follow(&callable.value).functions.is_empty()
                    && self.engine.program.closure(&callable.ty).is_none()
                {
                    let mut labels = BTreeSet::new();
                    for parameter in &parameters {
                        labels.extend(self.state.labels(&parameter.value));
                    }
                    if callable.ty.contains("fn(") || callable.ty.contains("impl ") {
                        self.spread(labels, result_type, 0)
                    } else {
                        Value::default()
                    }
                } else {
                    let mut all = vec![callable.clone()];
                    let tuple = format!("({},)", vec!["_"; parameters.len()].join(", "));
                    let mut packed = Value::default();
                    for (number, parameter) in parameters.iter().enumerate() {
                        packed.set(&[number.to_string().into()], parameter.value.clone(), true);
                    }
                    all.push(Argument {
                        value: packed,
                        ty: if parameters.is_empty() {
                            "()".to_owned()
                        } else {
                            tuple
                        },
                    });
                    self.invoke_closure(&callable.ty, &all, "_", depth + 1)
                };
                results.entry(function).or_default().join(&value);
            }
        }
        for flow in flows {
            let value = match &flow.from {
                Some(from) => self.evaluate(from, arguments, &result, &results),
                None => Value::default(),
            };
            match flow.to.base {
                Base::Return => {
                    let path = fields(&flow.to.path);
                    if flow.replaces && path.is_empty() {
                        result = value;
                    } else {
                        result.set(&path, value, false);
                    }
                }
                Base::Argument(number) => {
                    let Some(argument) = arguments.get(number) else {
                        continue;
                    };
                    let mut targets = self.state.through(&argument.value.pointers);
                    for field in fields(&flow.to.path) {
                        targets = self.state.step(&targets, &field);
                    }
                    let value = if value.pointers.is_empty() {
                        value
                    } else if flow.to.path.is_empty() {
                        self.state.follow(&value)
                    } else {
                        value
                    };
                    self.write(&targets, &value, flow.replaces);
                }
                Base::Heap => {
                    let location = Location {
                        cell: Cell::Heap(self.site(0), 0),
                        path: fields(&flow.to.path),
                    };
                    self.state.write(&BTreeSet::from([location]), &value, false);
                }
                Base::Parameter(..) | Base::Result(_) => {}
            }
        }
        result
    }

    fn evaluate(
        &self,
        from: &Expression,
        arguments: &[Argument],
        result: &Value,
        results: &BTreeMap<usize, Value>,
    ) -> Value {
        let base = match from.base {
            Base::Argument(number) => arguments
                .get(number)
                .map(|argument| argument.value.clone())
                .unwrap_or_default(),
            Base::Result(function) => results.get(&function).cloned().unwrap_or_default(),
            Base::Return => result.clone(),
            Base::Heap => Value::pointer(Location {
                cell: Cell::Heap(self.site(0), 0),
                path: Vec::new(),
            }),
            Base::Parameter(..) => Value::default(),
        };
        if from.base == Base::Heap {
            return base;
        }
        let path = fields(&from.path);
        if from.is_reference {
            if base.pointers.is_empty() {
                return self.state.select(&base, &path);
            }
            let mut locations = self.state.through(&base.pointers);
            for field in &path {
                locations = self.state.step(&locations, field);
            }
            return Value {
                pointers: locations,
                ..Value::default()
            };
        }
        let value = self.state.select(&base, &path);
        if from.is_flat {
            let shape = self.state.shape(&value, 2);
            return Value {
                labels: self.state.labels(&value),
                types: shape.types,
                functions: shape.functions,
                ..Value::default()
            };
        }
        value
    }

    /// Applies the summary of a body.
    pub(super) fn apply(&mut self, target: Target, arguments: &[Argument]) -> Value {
        let (body_index, mut bindings) = target;
        let body = self.engine.program.bodies[body_index];
        let mut shapes = Vec::new();
        for number in 0..body.parameters {
            let Some(argument) = arguments.get(number) else {
                shapes.push(Value::default());
                continue;
            };
            if let Some(local) = body.locals.get(number + 1)
                && argument.ty != "_"
                && !argument.ty.is_empty()
            {
                types::unify(&local.ty, &argument.ty, &mut bindings);
            }
            shapes.push(self.state.shape(&argument.value, 3));
        }
        bindings.retain(|name, ty| name.as_str() != &**ty);
        let instance = self.engine.instance(body_index, bindings, shapes);
        self.engine.instances[instance]
            .callers
            .insert(self.instance);
        let summary = Rc::clone(&self.engine.instances[instance].summary);
        let references = (1..=body.parameters)
            .map(|number| {
                body.locals
                    .get(number)
                    .is_some_and(|local| types::is_reference(&local.ty))
            })
            .collect::<Vec<_>>();
        self.apply_summary(
            &summary,
            arguments,
            &references,
            types::last_segment(&body.path),
        )
    }

    fn apply_summary(
        &mut self,
        summary: &Summary,
        arguments: &[Argument],
        references: &[bool],
        name: &str,
    ) -> Value {
        let site = self.site(1);
        let renaming = summary
            .cells
            .keys()
            .filter_map(|cell| match cell {
                Cell::Heap(number, depth) if *depth < 3 => {
                    let mut hasher = DefaultHasher::new();
                    (site, number).hash(&mut hasher);
                    Some((cell.clone(), Cell::Heap(hasher.finish(), depth + 1)))
                }
                _ => None,
            })
            .collect::<Renaming>();
        let context = Context {
            arguments,
            references,
            renaming: &renaming,
        };
        for (point, (labels, path)) in &summary.sinks {
            let value = self.substitute(&Value::of(labels.clone()), &context);
            let labels = self.state.labels(&value);
            if labels.is_empty() {
                continue;
            }
            let mut point = point.clone();
            let mut path = path.clone();
            let here = self.here();
            if point.span.is_none() {
                point.span = here;
            } else if let Some(here) = here.filter(|_| path.len() < 8) {
                path.insert(0, (here, format!("passed to {name}() here")));
            }
            self.sink(point, labels, path);
        }
        let mut writes = Vec::new();
        for (cell, value) in &summary.cells {
            match cell {
                Cell::Parameter(number) => {
                    let Some(argument) = arguments.get(number - 1) else {
                        continue;
                    };
                    let base = if argument.value.pointers.is_empty() {
                        Destination::Value(argument.value.clone())
                    } else {
                        Destination::Locations(argument.value.pointers.clone())
                    };
                    self.collect_writes(*number, &Vec::new(), value, base, &context, &mut writes);
                }
                Cell::Heap(..) => {
                    let to = renaming.get(cell).unwrap_or(cell).clone();
                    let value = self.substitute(value, &context);
                    writes.push((
                        BTreeSet::from([Location {
                            cell: to,
                            path: Vec::new(),
                        }]),
                        value,
                        false,
                    ));
                }
                Cell::Static(_) => {
                    let value = self.substitute(value, &context);
                    if !self.state.labels(&value).is_empty() || !value.is_empty() {
                        writes.push((
                            BTreeSet::from([Location {
                                cell: cell.clone(),
                                path: Vec::new(),
                            }]),
                            value,
                            false,
                        ));
                    }
                }
                Cell::Local(_) => {}
            }
        }
        let result = self.substitute(&summary.result, &context);
        for (locations, value, replaces) in writes {
            self.write(&locations, &value, replaces);
        }
        result
    }

    fn collect_writes(
        &self,
        number: usize,
        path: &Path,
        out: &Value,
        base: Destination,
        context: &Context<'_>,
        writes: &mut Vec<(BTreeSet<Location>, Value, bool)>,
    ) {
        let mine = Label::Parameter(number, path.clone());
        let is_unchanged =
            out.labels.len() == 1 && out.labels.contains(&mine) && out.pointers.is_empty();
        if is_unchanged {
            for (field, part) in &out.fields {
                let mut path = path.clone();
                path.push(field.clone());
                let base = match &base {
                    Destination::Locations(locations) => {
                        Destination::Locations(self.state.step(locations, field))
                    }
                    Destination::Value(value) if !value.pointers.is_empty() => {
                        Destination::Locations(self.state.step(&value.pointers, field))
                    }
                    Destination::Value(value) => {
                        let part = value.field(field);
                        if part.pointers.is_empty() {
                            Destination::Value(part)
                        } else {
                            Destination::Locations(part.pointers)
                        }
                    }
                };
                self.collect_writes(number, &path, part, base, context, writes);
            }
            return;
        }
        let Destination::Locations(locations) = base else {
            return;
        };
        let locations = self.state.through(&locations);
        let keeps = out.labels.contains(&mine);
        let mut out = out.clone();
        out.labels.remove(&mine);
        if out.is_empty() && keeps {
            return;
        }
        let value = self.substitute(&out, context);
        writes.push((locations, value, !keeps));
    }

    /// A value of a callee in the caller's terms.
    fn substitute(&self, value: &Value, context: &Context<'_>) -> Value {
        let mut result: Option<Value> = None;
        let mut add = |part: Value| match &mut result {
            Some(result) => result.join(&part),
            None => result = Some(part),
        };
        let mut rest = Value {
            functions: value.functions.clone(),
            types: value.types.clone(),
            ..Value::default()
        };
        for label in &value.labels {
            match label {
                Label::Source(_) => {
                    rest.labels.insert(label.clone());
                }
                Label::Parameter(number, path) => {
                    let Some(argument) = context.arguments.get(number - 1) else {
                        continue;
                    };
                    let base = if context.references.get(number - 1) == Some(&true) {
                        self.state.follow(&argument.value)
                    } else {
                        argument.value.clone()
                    };
                    add(self.state.select(&base, path));
                }
            }
        }
        for pointer in &value.pointers {
            match &pointer.cell {
                Cell::Parameter(number) => {
                    let Some(argument) = context.arguments.get(number - 1) else {
                        continue;
                    };
                    if argument.value.pointers.is_empty() {
                        add(self.state.select(&argument.value, &pointer.path));
                    } else {
                        let mut locations = argument.value.pointers.clone();
                        for field in &pointer.path {
                            locations = self.state.step(&locations, field);
                        }
                        rest.pointers.extend(locations);
                    }
                }
                cell => {
                    rest.pointers.insert(Location {
                        cell: context.renaming.get(cell).unwrap_or(cell).clone(),
                        path: pointer.path.clone(),
                    });
                }
            }
        }
        if !rest.is_empty() || value.labels.is_empty() {
            add(rest);
        }
        let mut result = result.unwrap_or_default();
        if !value.fields.is_empty() && !result.pointers.is_empty() {
            result = self.state.follow(&result);
        }
        for (field, part) in &value.fields {
            let part = self.substitute(part, context);
            result.fields.insert(field.clone(), part);
        }
        result.narrow();
        result
    }
}

/// What a summary is applied to.
struct Context<'c> {
    arguments: &'c [Argument],
    references: &'c [bool],
    renaming: &'c Renaming,
}

/// Where a callee's change of a parameter goes.
enum Destination {
    Locations(BTreeSet<Location>),
    Value(Value),
}

fn fields(path: &[String]) -> Vec<Field> {
    path.iter().map(|field| Arc::from(field.as_str())).collect()
}
