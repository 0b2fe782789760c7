//! The variables of the process: what is set under a name is read under it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::mir::Call;

use super::calls::Argument;
use super::frame::Frame;
use super::types::CalleePath;
use super::values::{Cell, Location, Path, Value};

/// Variables whose names are not known.
const UNNAMED: &str = "?";
/// All of them.
const ALL: &str = "*";

impl Frame<'_, '_> {
    /// `set_var` and what reads variables; the names are literals or constants.
    pub(super) fn environment_call(
        &mut self,
        path: &str,
        call: &Call,
        arguments: &[Argument],
    ) -> Option<Value> {
        let callee = CalleePath::parse(path);
        let method = callee.name.strip_prefix("std::env::")?;
        let name = |this: &Self| {
            call.arguments
                .first()
                .and_then(|operand| this.constant_text(operand))
        };
        match method {
            "set_var" => {
                let labels = self.text_of(arguments.get(1)?);
                let name = name(self).unwrap_or_else(|| UNNAMED.to_owned());
                for name in [name.as_str(), ALL] {
                    let variable = BTreeSet::from([variable(name)]);
                    self.write(&variable, &Value::of(labels.clone()), false);
                }
                Some(Value::default())
            }
            "var" | "var_os" => {
                let mut value = self.variable_content(UNNAMED);
                if let Some(name) = name(self) {
                    value.join(&self.variable_content(&name));
                }
                let field = if method == "var" { "Ok.0" } else { "Some.0" };
                let mut result = Value::default();
                result.set(&[Arc::from(field)], value, true);
                Some(result)
            }
            "vars" | "vars_os" => {
                let value = self.variable_content(ALL);
                let mut result = Value::default();
                result.set(&[Arc::from("[]"), Arc::from("1")], value, true);
                Some(result)
            }
            _ => None,
        }
    }

    fn variable_content(&mut self, name: &str) -> Value {
        let location = variable(name);
        if let Cell::Static(path) = &location.cell {
            self.load_static(path);
        }
        Value::of(self.state.labels(&self.read(&location)))
    }
}

fn variable(name: &str) -> Location {
    Location {
        cell: Cell::Static(format!("environment variable {name}").into()),
        path: Path::default(),
    }
}
