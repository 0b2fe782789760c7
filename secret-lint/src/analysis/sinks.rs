//! What gets out by a call: the sinks of the model.

use std::collections::BTreeSet;

use crate::report::Lint;

use super::SinkPoint;
use super::calls::Argument;
use super::frame::Frame;
use super::types::{self, CalleePath};
use super::values::Value;

impl Frame<'_, '_> {
    #[allow(clippy::too_many_lines, reason = "what a sink says, point by point")]
    pub(super) fn check_sinks(
        &mut self,
        callee: &CalleePath,
        self_type: &str,
        arguments: &[Argument],
    ) {
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
            if sink
                .header
                .is_some_and(|number| !self.is_authorizing(arguments.get(number)))
            {
                continue;
            }
            let mut labels = BTreeSet::new();
            for number in &sink.arguments {
                let Some(argument) = arguments.get(*number) else {
                    continue;
                };
                if sink.except.iter().any(|part| argument.ty.contains(part)) {
                    continue;
                }
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
            if sink.is_panic {
                self.summary.panics.extend(labels.iter().cloned());
            }
            let span = self.here();
            self.sink(
                SinkPoint {
                    lint: Lint::from(sink.lint),
                    takes: sink.kind,
                    span,
                    label: sink.label.as_str().into(),
                    is_returned: false,
                },
                labels,
                Vec::new(),
            );
        }
    }
}
