//! Functions that nothing is known about.

use std::collections::BTreeSet;

use super::calls::Argument;
use super::frame::Frame;
use super::literals;
use super::types;
use super::values::{Label, Value};

impl Frame<'_, '_> {
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
            return Value::made_of(labels);
        }
        let mut value = Value::default();
        for (field, ty) in parts {
            let part = self.spread(labels.clone(), &ty, depth + 1);
            value.fields.insert(field.as_str().into(), part);
        }
        value
    }

    /// A function that nothing is known about.
    pub(super) fn unknown(
        &mut self,
        name: &str,
        arguments: &[Argument],
        result_type: &str,
        depth: usize,
    ) -> Value {
        let passes_literals = literals::pass_through(name);
        let mut labels = BTreeSet::new();
        let mut passed = Value::default();
        for argument in arguments {
            if self.engine.carries(&argument.ty, false) {
                labels.extend(self.text_of(argument));
            }
            let shape = self.state.shape(&argument.value, 2);
            passed.types.extend(shape.types);
        }
        if !passes_literals {
            self.retain_no_literals(&mut labels);
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
                    if !passes_literals {
                        self.retain_no_literals(&mut others);
                    }
                    let targets = self.state.through(&argument.value.pointers);
                    if !others.is_empty() {
                        let others = Value::of(others);
                        self.check_written(&targets, &others);
                        self.write(&targets, &others, false);
                    }
                }
            }
        }
        let mut result = self.spread(labels, result_type, 0);
        result.types.extend(passed.types);
        result
    }
}
