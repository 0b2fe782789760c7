//! `From`, `Into`, `TryFrom`, `FromStr` and `?`.

use std::sync::Arc;

use super::calls::Argument;
use super::frame::Frame;
use super::types::{self, CalleePath};
use super::values::Value;

impl Frame<'_, '_> {
    /// `From` and `Into` between types that are not the workspace's, `?` on errors.
    pub(super) fn conversion(
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
            return (!flows).then(|| {
                let value = self.convert(first, self_type);
                self.widened(value, types::peel_references(&first.ty), self_type)
            });
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
            let value = self.convert(first, result_type);
            return Some(self.widened(value, types::peel_references(&first.ty), result_type));
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

    pub(super) fn convert(&mut self, from: &Argument, to: &str) -> Value {
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
}
