//! Functions of the workspace, by their summaries.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use crate::mir::Body;

use super::Summary;
use super::calls::Argument;
use super::frame::{Frame, Renaming};
use super::program::Target;
use super::types;
use super::values::{Cell, ELEMENTS, Label, Location, Path, Value};

impl Frame<'_, '_> {
    /// Applies the summary of a body.
    pub(super) fn apply(&mut self, target: Target, arguments: &[Argument]) -> Value {
        let (body_index, mut bindings) = target;
        let body = self.engine.program.bodies[body_index];
        if !self.engine.reach.body(body_index) && !self.behaves(body) {
            return Value::default();
        }
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
            // It may move the elements about.
            if types::is_mutable_reference(&argument.ty)
                && (argument.ty.contains("std::vec::Vec<") || argument.ty.contains('['))
            {
                let places = self.state.through(&argument.value.pointers);
                self.state.forget_order(&places);
            }
            shapes.push(self.state.shape(&argument.value, 3));
        }
        bindings.retain(|name, ty| name.as_str() != &**ty);
        let instance = self.engine.instance(body_index, bindings, shapes);
        self.engine.instances[instance]
            .callers
            .insert(self.instance);
        self.is_provisional |= self.engine.instances[instance].runs == 0;
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

    /// Whether functions or types that no type names may come out of a body.
    fn behaves(&self, body: &Body) -> bool {
        let may_change =
            |ty: &str| types::is_mutable_reference(ty) && self.engine.reach.behaves(ty);
        self.engine.reach.behaves(&body.locals[0].ty)
            || body.locals[1..=body.parameters]
                .iter()
                .any(|local| may_change(&local.ty))
    }

    pub(super) fn apply_summary(
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
            } else if let Some(here) = here.filter(|here| {
                // A closure of the macro that stands there is no step of the user's.
                path.len() < 8 && (point.span.as_ref() != Some(here) || !name.starts_with('{'))
            }) {
                path.insert(0, (here, format!("passed to {name}() here")));
            }
            self.sink(point, labels, path);
        }
        if !summary.panics.is_empty() {
            let carried = self.substitute(&Value::of(summary.panics.clone()), &context);
            self.summary.panics.extend(self.state.labels(&carried));
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
                        Destination::Locations((*argument.value.pointers).clone())
                    };
                    self.collect_writes(
                        *number,
                        &Path::default(),
                        value,
                        base,
                        &context,
                        &mut writes,
                    );
                }
                Cell::Heap(..) => {
                    let to = renaming.get(cell).unwrap_or(cell).clone();
                    let value = self.substitute(value, &context);
                    writes.push((
                        BTreeSet::from([Location {
                            cell: to,
                            path: Path::default(),
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
                                path: Path::default(),
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
        for (locations, value, replaces) in &writes {
            self.write(locations, value, *replaces);
        }
        let sent = writes.iter().flat_map(|(locations, ..)| locations);
        self.wake_waiting(&sent.cloned().collect());
        self.load_statics(&result);
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
            let is_ordered = out.is_ordered();
            // `[]` is what any of them holds.
            let changed = out
                .fields
                .iter()
                .filter(|(field, _)| !is_ordered || &***field != ELEMENTS);
            for (field, part) in changed {
                let path = path.child(field);
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
                            Destination::Locations((*part.pointers).clone())
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
            Some(result) => {
                result.join(&part);
            }
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
                        let mut locations = (*argument.value.pointers).clone();
                        for field in pointer.path.iter() {
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
            result.set(std::slice::from_ref(field), part, true);
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
