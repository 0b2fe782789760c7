//! Functions of other crates that the model knows the flows of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::mir::{Operand, Terminator};
use crate::model::{Base, Expression, Flow};

use super::calls::Argument;
use super::frame::Frame;
use super::values::{Cell, Field, Location, Path, Value};

/// What came of the functions among the arguments.
#[derive(Default)]
pub(super) struct Outcomes {
    results: BTreeMap<usize, Value>,
    panics: BTreeMap<usize, Value>,
}

impl<'a> Frame<'_, 'a> {
    #[allow(clippy::too_many_lines, reason = "one row a kind of flow")]
    pub(super) fn flow(
        &mut self,
        flows: &[Flow],
        arguments: &[Argument],
        result_type: &str,
        depth: usize,
    ) -> Value {
        let keyed = self.with_keys(flows, arguments.len(), depth);
        let flows = keyed.as_deref().unwrap_or(flows);
        let mut result = Value::default();
        let mut outcomes = Outcomes::default();
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
                    base: Base::Result(function) | Base::Panic(function),
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
                        let value = self.evaluate(from, arguments, &result, &outcomes);
                        parameters[number].value.join(&value);
                    }
                }
                let catches = flows.iter().any(|flow| {
                    flow.from.as_ref().map(|from| from.base) == Some(Base::Panic(function))
                });
                let before = catches.then(|| std::mem::take(&mut self.summary.panics));
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
                if let Some(before) = before {
                    let carried = std::mem::replace(&mut self.summary.panics, before);
                    let caught = outcomes.panics.entry(function).or_default();
                    caught.join(&Value::of(carried));
                }
                outcomes.results.entry(function).or_default().join(&value);
            }
        }
        for flow in flows {
            let value = match &flow.from {
                Some(from) => self.evaluate(from, arguments, &result, &outcomes),
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
                    self.check_written(&targets, &value);
                    self.write(&targets, &value, flow.replaces);
                }
                Base::Heap => {
                    let location = Location {
                        cell: Cell::Heap(self.site(0), 0),
                        path: fields(&flow.to.path).into_iter().collect(),
                    };
                    self.state.write(&BTreeSet::from([location]), &value, false);
                }
                Base::Parameter(..) | Base::Result(_) | Base::Panic(_) => {}
            }
        }
        result
    }

    /// The flows of the call that runs now with its keys in them: `{1}` is what a map holds under the key in argument 1, and
    /// `[1]` the elements where that is no literal.
    fn with_keys(&mut self, flows: &[Flow], count: usize, depth: usize) -> Option<Vec<Flow>> {
        let has_key = |expression: &Expression| {
            let mut path = expression.path.iter();
            path.any(|part| part.starts_with('{') || part.starts_with('[') && part != "[]")
        };
        let is_keyed = |flow: &Flow| has_key(&flow.to) || flow.from.as_ref().is_some_and(has_key);
        if !flows.iter().any(is_keyed) {
            return None;
        }
        let body = self.body;
        let operands = match &body.blocks[self.block].terminator {
            Terminator::Call(call) if depth == 0 && call.arguments.len() == count => {
                call.arguments.as_slice()
            }
            _ => &[],
        };
        let mut found = Vec::new();
        for flow in flows {
            let mut flow = flow.clone();
            let to = self.with_key(&mut flow.to, operands);
            if to
                && flow
                    .from
                    .as_mut()
                    .is_none_or(|from| self.with_key(from, operands))
            {
                found.push(flow);
            }
        }
        Some(found)
    }

    /// Puts the key into a place; says whether the place is meant.
    fn with_key(&mut self, expression: &mut Expression, operands: &'a [Operand]) -> bool {
        let mut path = Vec::new();
        for part in std::mem::take(&mut expression.path) {
            let number = part
                .strip_prefix(['{', '['])
                .and_then(|part| part.strip_suffix(['}', ']']))
                .and_then(|number| number.parse::<usize>().ok());
            let Some(number) = number else {
                path.push(part);
                continue;
            };
            let key = operands
                .get(number)
                .and_then(|operand| self.literal_key(operand));
            match key {
                Some(_) if part.starts_with('[') => return false,
                // `/auth/password`
                Some(key) if key.starts_with('/') => {
                    path.extend(key.split('/').skip(1).map(|key| format!("={key}")));
                }
                Some(key) => path.push(format!("={key}")),
                None if part.starts_with('[') => path.push("[]".to_owned()),
                None => path.push("value".to_owned()),
            }
        }
        expression.path = path;
        true
    }

    pub(super) fn evaluate(
        &self,
        from: &Expression,
        arguments: &[Argument],
        result: &Value,
        outcomes: &Outcomes,
    ) -> Value {
        let base = match from.base {
            Base::Argument(number) => arguments
                .get(number)
                .map(|argument| argument.value.clone())
                .unwrap_or_default(),
            Base::Result(function) => outcomes.results.get(&function).cloned().unwrap_or_default(),
            Base::Panic(function) => outcomes.panics.get(&function).cloned().unwrap_or_default(),
            Base::Return => result.clone(),
            Base::Heap => Value::pointer(Location {
                cell: Cell::Heap(self.site(0), 0),
                path: Path::default(),
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
                pointers: locations.into(),
                ..Value::default()
            };
        }
        let mut value = self.state.select(&base, &path);
        if from.is_followed {
            value = self.state.follow(&value);
        }
        if from.is_flat {
            let shape = self.state.shape(&value, 2);
            return Value {
                labels: self.state.labels(&value).into(),
                types: shape.types,
                functions: shape.functions,
                ..Value::default()
            };
        }
        value
    }
}

fn fields(path: &[String]) -> Vec<Field> {
    path.iter().map(|field| Arc::from(field.as_str())).collect()
}
