//! What `Display`, `Debug` and `Serialize` show of a value: by the implementation, where the workspace has it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::Kind;

use super::calls::Argument;
use super::frame::Frame;
use super::types::{self, CalleePath};
use super::values::{Cell, Field, Label, Location, NUMBER, Path, Value};

/// Values in values in values: deeper ones are taken whole.
const DEEPEST: usize = 8;

impl Frame<'_, '_> {
    /// Calls that format their argument, or pass on what is formatted.
    #[allow(clippy::too_many_lines, reason = "one row a kind of call")]
    pub(super) fn formatting_call(
        &mut self,
        callee: &CalleePath,
        self_type: &str,
        arguments: &[Argument],
        result_type: &str,
    ) -> Option<Value> {
        let name = callee.name.as_str();
        let method = callee.method();
        let generic = callee.generics.first().cloned();
        let first = arguments.first();
        if name.starts_with("core::fmt::rt::Argument") && method.starts_with("new_") {
            let how = if method.contains("debug") {
                "Debug"
            } else {
                "Display"
            };
            let ty =
                generic.unwrap_or_else(|| first.map(|first| first.ty.clone()).unwrap_or_default());
            return Some(Value::of(self.format(&first?.value, &ty, how, 0)));
        }
        if name.ends_with("ToString::to_string") || name.ends_with("SpecToString::spec_to_string") {
            let found = self.engine.program.resolve(callee, None);
            if found.is_empty() {
                return Some(Value::of(self.format(
                    &first?.value,
                    self_type,
                    "Display",
                    0,
                )));
            }
        }
        let crate_name = name.split("::").next().unwrap_or_default();
        if matches!(crate_name, "tracing" | "log") {
            let how = match method {
                "debug" | "capture_debug" | "from_debug" | "from_dyn_debug" => Some("Debug"),
                "display" | "capture_display" | "capture_to_value" | "capture_error"
                | "from_display" => Some("Display"),
                "capture_serde" | "capture_sval" => Some("Serialize"),
                _ => None,
            };
            if let Some(how) = how.filter(|_| {
                name.contains("field") || name.contains("__private_api") || name.contains("Value")
            }) {
                let ty = first?.ty.clone();
                return Some(Value::of(self.format(&first?.value, &ty, how, 0)));
            }
        }
        if crate_name == "anyhow"
            && (name.ends_with("anyhow::Error::msg") || name.ends_with("format_err"))
        {
            let ty = first?.ty.clone();
            let labels = self.format(&first?.value, &ty, "Display", 0);
            return Some(Value::of(labels));
        }
        if matches!(name, "std::io::Error::new" | "std::io::Error::other") {
            let payload = arguments.last()?;
            let ty = payload.ty.clone();
            return Some(Value::of(self.format(&payload.value, &ty, "Display", 0)));
        }
        if crate_name == "serde_json"
            && (method.starts_with("to_string")
                || method.starts_with("to_vec")
                || method.starts_with("to_value"))
        {
            let ty = first?.ty.clone();
            let is_json = types::base(types::peel(&ty)) == "serde_json::Value";
            let shown = if is_json && method == "to_value" {
                self.state.follow(&first?.value)
            } else {
                Value::of(self.format(&first?.value, &ty, "Serialize", 0))
            };
            let mut result = Value::default();
            result.set(&[Arc::from("Ok.0")], shown, true);
            return Some(result);
        }
        if crate_name == "serde_json" && matches!(method, "from_str" | "from_slice" | "from_value")
        {
            return Some(self.parse_json(first?, callee, result_type));
        }
        if crate_name == "serde_json" && method.starts_with("to_writer") {
            let ty = arguments.get(1)?.ty.clone();
            let labels = self.format(&arguments[1].value, &ty, "Serialize", 0);
            return Some(self.write_out(&arguments[0], labels, result_type));
        }
        if name == "std::io::copy" {
            let labels = self.text_of(first?);
            return Some(self.write_out(arguments.get(1)?, labels, result_type));
        }
        if name.contains("serde")
            && (method.starts_with("serialize_")
                || matches!(
                    method,
                    "serialize" | "collect_str" | "collect_seq" | "collect_map"
                ))
        {
            return self.serializer_call(name, method, self_type, arguments);
        }
        if let Some(how) = ["Display", "Debug", "LowerHex", "UpperHex", "Pointer"]
            .iter()
            .find(|how| {
                callee.trait_path.as_deref().is_some_and(|of| {
                    of.starts_with("std::fmt::") && types::last_segment(of) == **how
                })
            })
            && method == "fmt"
        {
            let how = if *how == "Debug" { "Debug" } else { "Display" };
            let labels = self.format(&first?.value, self_type, how, 0);
            self.write_to(arguments.get(1)?, labels);
            return Some(Value::default());
        }
        let owner = name.rsplit_once("::").map_or("", |(owner, _)| owner);
        if matches!(owner, "std::fmt::Formatter" | "core::fmt::Formatter")
            || owner.contains("fmt::Debug")
            || self_type.starts_with("std::fmt::Formatter")
        {
            let mut labels = BTreeSet::new();
            for argument in arguments.iter().skip(1) {
                if self.engine.carries(&argument.ty, false) {
                    labels.extend(self.text_of(argument));
                }
            }
            self.write_to(first?, labels);
            let is_builder = result_type.contains("fmt::Debug");
            return Some(if is_builder {
                first?.value.clone()
            } else {
                Value::default()
            });
        }
        None
    }

    /// The error of `serde_json` repeats what it found where another type was asked for. Any text is a `String` or a `Value`.
    fn parse_json(&mut self, text: &Argument, callee: &CalleePath, result_type: &str) -> Value {
        let labels = self.text_of(text);
        let mut result = self.spread(labels, result_type, 0);
        let is_any = callee.generics.last().is_some_and(|ty| {
            matches!(
                types::last_segment(types::base(types::peel(ty))),
                "Value" | "String" | "str" | "IgnoredAny" | "RawValue"
            )
        });
        if is_any {
            result.fields.remove("Err.0");
        }
        result
    }

    /// `writer.write_all(text)`, for what is done so inside of another crate.
    fn write_out(
        &mut self,
        writer: &Argument,
        labels: BTreeSet<Label>,
        result_type: &str,
    ) -> Value {
        let ty = types::pointee(&writer.ty).unwrap_or(&writer.ty);
        let path = format!("<{ty} as std::io::Write>::write_all");
        let written = Argument {
            value: Value::of(labels),
            ty: "&[u8]".to_owned(),
        };
        self.invoke(&path, &[writer.clone(), written], result_type, 1)
    }

    fn serializer_call(
        &mut self,
        name: &str,
        method: &str,
        self_type: &str,
        arguments: &[Argument],
    ) -> Option<Value> {
        if method == "serialize" && name.ends_with("Serialize::serialize") {
            let first = arguments.first()?;
            let labels = self.format(&first.value, self_type, "Serialize", 0);
            return Some(Value::of(self.check_serialized(labels)));
        }
        let mut labels = BTreeSet::new();
        for argument in arguments.iter().skip(1) {
            let ty = argument.ty.clone();
            labels.extend(self.format(&argument.value, &ty, "Serialize", 0));
        }
        let labels = self.check_serialized(labels);
        self.write_to(arguments.first()?, labels.clone());
        let mut result = Value::of(labels);
        if let Some(first) = arguments.first() {
            result.join(&Value::of(self.state.labels(&first.value)));
        }
        Some(result)
    }

    fn write_to(&mut self, argument: &Argument, labels: BTreeSet<Label>) {
        if !labels.is_empty() {
            let targets = self.state.through(&argument.value.pointers);
            self.write(&targets, &Value::of(labels), false);
        }
    }

    /// The labels that are shown of a value of a type.
    #[allow(clippy::too_many_lines, reason = "one row a kind of type")]
    pub(super) fn format(
        &mut self,
        value: &Value,
        ty: &str,
        how: &str,
        depth: usize,
    ) -> BTreeSet<Label> {
        let ty = types::peel(ty).to_owned();
        let value = self.state.follow(value);
        let base = types::base(&ty).to_owned();
        if types::is_integer(&ty) {
            return self.state.labels(&value.field(&NUMBER.into()));
        }
        if types::is_number(&ty)
            || self.engine.model.is_clean_type(&base)
            || ty.starts_with("{closure")
            // `Any { .. }`
            || ty.starts_with("dyn std::any::Any")
        {
            return BTreeSet::new();
        }
        if self.engine.model.is_redacted_type(&base) {
            return self.placeholder(how);
        }
        if depth > DEEPEST || self.engine.is_exhausted() {
            return self.state.labels(&value);
        }
        if ty.starts_with("dyn ")
            || ty.starts_with("impl ")
            || base == "anyhow::Error"
            || types::is_parameter(&ty) && !value.types.is_empty()
        {
            if value.types.is_empty() {
                return self.state.labels(&value);
            }
            let how = if base == "anyhow::Error" {
                "Display"
            } else {
                how
            };
            let mut labels = value
                .fields
                .get("context")
                .map(|context| self.state.labels(context))
                .unwrap_or_default();
            // What is behind a `dyn` inside of it is said by its fields. With these types at each level again, the ways
            // through them would multiply.
            let mut value = value;
            for known in std::mem::take(&mut value.types) {
                labels.extend(self.format(&value, &known, how, depth + 1));
            }
            return labels;
        }
        if let Some(parts) = types::tuple(&ty) {
            let parts = parts.into_iter().map(str::to_owned).collect::<Vec<_>>();
            return parts
                .iter()
                .enumerate()
                .flat_map(|(number, part)| {
                    self.format_part(&value, &number.to_string(), part, how, depth)
                })
                .collect();
        }
        if let Some(element) = types::slice_element(&ty).map(str::to_owned) {
            return self.format_part(&value, "[]", &element, how, depth);
        }
        let arguments = types::arguments(&ty)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>();
        if base.starts_with("std::") {
            match (types::last_segment(&base), arguments.as_slice()) {
                ("Option", [some]) => return self.format_part(&value, "Some.0", some, how, depth),
                ("Poll", [ready]) => return self.format_part(&value, "Ready.0", ready, how, depth),
                ("Result", [ok, error]) => {
                    let mut labels = self.format_part(&value, "Ok.0", ok, how, depth);
                    labels.extend(self.format_part(&value, "Err.0", error, how, depth));
                    return labels;
                }
                (
                    "Vec" | "VecDeque" | "HashSet" | "BTreeSet" | "BinaryHeap" | "LinkedList"
                    | "Iter" | "IntoIter",
                    [element, ..],
                ) => return self.format_part(&value, "[]", element, how, depth),
                ("HashMap" | "BTreeMap", [key, content, ..]) => {
                    let mut labels = self.format_part(&value, "key", key, how, depth);
                    labels.extend(self.format_part(&value, "value", content, how, depth));
                    return labels;
                }
                (
                    "Mutex" | "RwLock" | "RefCell" | "Cell" | "OnceLock" | "OnceCell" | "LazyLock"
                    | "LazyCell" | "Wrapping" | "Saturating",
                    [inner, ..],
                ) => return self.format(&value, inner, how, depth + 1),
                (
                    "Sender" | "Receiver" | "SyncSender" | "JoinHandle" | "ScopedJoinHandle"
                    | "PhantomData" | "Weak" | "SendError" | "PoisonError" | "TryLockError",
                    _,
                ) => return BTreeSet::new(),
                _ => {}
            }
        }
        if let Some(labels) = self.format_http(&value, &base, &arguments, how, depth) {
            return labels;
        }
        let method = if how == "Serialize" {
            "serialize"
        } else {
            "fmt"
        };
        let found = self
            .engine
            .program
            .implementations_of(how, method, Some(&ty));
        if found.is_empty() {
            return self.state.labels(&value);
        }
        let subject = scratch(depth * 2);
        let output = scratch(depth * 2 + 1);
        let mut labels = BTreeSet::new();
        for target in found {
            self.state
                .cells
                .insert(subject.clone(), std::rc::Rc::new(value.clone()));
            self.state
                .cells
                .insert(output.clone(), std::rc::Rc::default());
            let written = Argument {
                value: Value::pointer(Location {
                    cell: output.clone(),
                    path: Path::default(),
                }),
                ty: "&mut std::fmt::Formatter<'_>".to_owned(),
            };
            let shown = Argument {
                value: Value::pointer(Location {
                    cell: subject.clone(),
                    path: Path::default(),
                }),
                ty: format!("&{ty}"),
            };
            let written = if how == "Serialize" {
                Argument {
                    ty: "_".to_owned(),
                    ..written
                }
            } else {
                written
            };
            let result = self.apply(target, &[shown, written]);
            if how == "Serialize" {
                labels.extend(self.state.labels(&result));
            }
            let content = self.state.read(&Location {
                cell: output.clone(),
                path: Path::default(),
            });
            labels.extend(self.state.labels(&content));
        }
        self.state.cells.remove(&subject);
        self.state.cells.remove(&output);
        labels
    }

    /// What a redacting type shows. None of them serialises without being told how.
    fn placeholder(&mut self, how: &str) -> BTreeSet<Label> {
        let span = self.here().filter(|_| how != "Serialize");
        let label = span.map(|span| {
            let label = "shown as `[REDACTED]` here";
            let number = self.engine.origins.number(span, label, Kind::Placeholder);
            Label::Source(number)
        });
        label.into_iter().collect()
    }

    /// What `http` shows of its types.
    fn format_http(
        &mut self,
        value: &Value,
        base: &str,
        arguments: &[String],
        how: &str,
        depth: usize,
    ) -> Option<BTreeSet<Label>> {
        let (of, name) = base
            .strip_prefix("http::")?
            .rsplit_once("::")
            .unwrap_or(("", &base[6..]));
        let body = arguments.first().map_or("_", String::as_str);
        let parts: &[(&str, &str)] = match (of, name) {
            (_, "HeaderValue") => {
                let mut shown = value.clone();
                shown.fields.remove("sensitive");
                return Some(self.state.labels(&shown));
            }
            (_, "HeaderMap") => &[("key", "_"), ("value", "http::HeaderValue")],
            (_, "Request" | "Response") => {
                &[("uri", "_"), ("headers", "http::HeaderMap"), ("body", body)]
            }
            (_, "Builder") if of != "uri" => &[("uri", "_"), ("headers", "http::HeaderMap")],
            ("request", "Parts") => &[("1", "_"), ("3", "http::HeaderMap")],
            ("response", "Parts") => &[("2", "http::HeaderMap")],
            _ => return None,
        };
        let labels = parts
            .iter()
            .flat_map(|(part, ty)| self.format_part(value, part, ty, how, depth));
        Some(labels.collect())
    }

    fn format_part(
        &mut self,
        value: &Value,
        field: &str,
        ty: &str,
        how: &str,
        depth: usize,
    ) -> BTreeSet<Label> {
        let field: Field = field.into();
        let part = self.state.select(value, &[field]);
        if part.is_empty() && !self.engine.model.names_redacted_type(ty) {
            return BTreeSet::new();
        }
        self.format(&part, ty, how, depth + 1)
    }
}

/// A cell that no local of the body has.
fn scratch(number: usize) -> Cell {
    Cell::Local(usize::MAX - number)
}
