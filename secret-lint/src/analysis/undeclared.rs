//! Plain text that is named like a secret and gets out: what code without secret types leaks.
//!
//! A name is evidence for one body only, so this looks at each body by itself, from what it prints back to what that is
//! made of. It takes no part in the flows of secrets that have a type.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::mir::{Body, Call, Callee, Crate, Operand, Span, Terminator};
use crate::model::{Model, Sink};
use crate::report::{Finding, Lint};
use crate::source::test_code;

use super::origins::Origins;
use super::reach::Reach;
use super::types::CalleePath;
use super::{SourceText, source, spans};

mod declaration;
mod names;
mod suggestions;
mod trace;

use trace::{Kind, Named, Trace};

/// What of the formatters and serializers shows a field: its arguments but the first.
const SHOWS: &[&str] = &[
    "field",
    "entry",
    "key",
    "value",
    "write_fmt",
    "write_str",
    "pad",
    "serialize_field",
    "serialize_entry",
    "serialize_value",
    "serialize_str",
];

/// Finds plain text that is named like a secret where it is printed, logged or shown.
///
/// Nothing in test code, nothing where `others` has a report already, and in a file that has secrets of a type nothing that
/// one of them may get to: of those, the flow check knows more than the name does.
pub(super) fn find(
    crates: &[Crate],
    model: &Model,
    texts: &dyn SourceText,
    reach: &Reach,
    origins: &Origins,
    others: &[Finding],
) -> Vec<Finding> {
    let mut search = Search {
        model,
        texts,
        reach,
        declared: origins.files(),
        sinks: HashMap::new(),
        test_code: HashMap::new(),
        found: BTreeMap::new(),
    };
    for (number, body) in crates.iter().flat_map(|of| &of.bodies).enumerate() {
        search.look_at(number, body);
    }
    let found = search.found.into_values();
    found
        .filter(|finding| {
            !others
                .iter()
                .any(|other| overlap(&other.sink, &finding.sink))
        })
        .collect()
}

struct Search<'a> {
    model: &'a Model,
    texts: &'a dyn SourceText,
    reach: &'a Reach,
    /// The files that have secrets of a type.
    declared: BTreeSet<Arc<str>>,
    /// By the path of the function: the arguments that get out, and what is said there.
    sinks: HashMap<&'a str, Arc<[(usize, String)]>>,
    /// By file: all of it, or these bytes.
    test_code: HashMap<Arc<str>, Vec<Range<u32>>>,
    found: BTreeMap<(Span, String), Finding>,
}

impl<'a> Search<'a> {
    fn look_at(&mut self, number: usize, body: &'a Body) {
        let shower = self.shower(body);
        let place = match &shower {
            Some((span, _)) => Some(span),
            None => body.locals.first().and_then(|local| local.span.as_ref()),
        };
        let is_declared = place.is_some_and(|span| self.declared.contains(&span.file));
        let reach = self.reach;
        let is_followed = |local| is_declared && reach.touches(number, local);
        if shower.is_some() && body.parameters > 0 && is_followed(1) {
            return;
        }
        let mut trace = None;
        for (index, block) in body.blocks.iter().enumerate() {
            let Terminator::Call(call) = &block.terminator else {
                continue;
            };
            let Callee::Path(path) = &call.callee else {
                continue;
            };
            if block.is_cleanup {
                continue;
            }
            let mut arguments = self.sinks(path).to_vec();
            if shower.is_some() && arguments.is_empty() {
                arguments = shown(path, call);
            }
            for (position, label) in arguments {
                let Some(argument) = call.arguments.get(position) else {
                    continue;
                };
                if shower.is_none()
                    && let Operand::Copy(place) | Operand::Move(place) = argument
                    && is_followed(place.local)
                {
                    continue;
                }
                let trace = trace.get_or_insert_with(|| {
                    Trace::new(body, self.texts, self.model, shower.is_some())
                });
                for named in trace.named(argument, block.terminator_span.as_ref()) {
                    self.report(body, index, &named, &label, shower.as_ref());
                }
            }
        }
    }

    /// What goes out through a function of this path.
    fn sinks(&mut self, path: &'a str) -> Arc<[(usize, String)]> {
        if let Some(known) = self.sinks.get(path) {
            return Arc::clone(known);
        }
        let callee = CalleePath::parse(path);
        let self_type = callee.self_type.as_deref().unwrap_or_default();
        let mut found = Vec::new();
        // The values of an event or a span are made where the names are; what takes them may be a closure of the macro.
        if callee.name.contains("FieldSet::value_set") {
            found.push((1, "this logs it".to_owned()));
        }
        let is_log = |sink: &&Sink| {
            Lint::from(sink.lint) == Lint::SecretInLog && sink.part.is_none() && !sink.is_called
        };
        for sink in self
            .model
            .sinks(&callee.name, self_type)
            .into_iter()
            .filter(is_log)
        {
            let label = sink.label.replace("the secret", "it");
            found.extend(sink.arguments.iter().map(|number| (*number, label.clone())));
        }
        let found: Arc<[(usize, String)]> = found.into();
        self.sinks.insert(path, Arc::clone(&found));
        found
    }

    /// The header of the implementation of `Debug` or `Serialize` that a body is, and its name.
    fn shower(&self, body: &Body) -> Option<(Span, &'static str)> {
        let (of, method) = body.path.rsplit_once(">::")?;
        let name = match method {
            "fmt" => "Debug",
            "serialize" => "Serialize",
            _ => return None,
        };
        let span = source::parse_span(of.rsplit_once("<impl at ")?.1)?;
        let header = source::header(self.texts, &span);
        (header.of_trait.as_deref() == Some(name)).then_some((span, name))
    }

    fn report(
        &mut self,
        body: &Body,
        block: usize,
        named: &Named,
        label: &str,
        shower: Option<&(Span, &'static str)>,
    ) {
        let name = &named.name;
        let finding = if let (Kind::Derived, Some((derive, of_trait)), Some(field)) =
            (named.kind, shower, &named.span)
        {
            let suggestions = suggestions::of_field(self.texts, field, derive, of_trait);
            let help = [
                "make the field a `SecretString`",
                "derive `Redact` in place of `Debug`",
            ];
            let is_left = |text: &&str| {
                !suggestions
                    .iter()
                    .any(|suggestion| suggestion.message == **text)
            };
            let help = help
                .into_iter()
                .filter(is_left)
                .map(str::to_owned)
                .collect();
            Finding {
                lint: Lint::UndeclaredSecret,
                message: format!(
                    "field `{name}` is plain text that its type shows, and named like a secret"
                ),
                sink: field.clone(),
                sink_label: format!("`{of_trait}` shows this"),
                source: None,
                path: vec![(derive.clone(), format!("shown by this `{of_trait}`"))],
                suggestions,
                help,
            }
        } else {
            let Some(sink) = spans::of_call(self.texts, body, block) else {
                return;
            };
            let declared = named.span.clone().filter(|span| !overlap(span, &sink));
            Finding {
                lint: Lint::UndeclaredSecret,
                message: format!("`{name}` is plain text that gets out, and named like a secret"),
                sink,
                sink_label: label.to_owned(),
                source: declared.map(|span| (span, "named like a secret".to_owned())),
                path: Vec::new(),
                suggestions: Vec::new(),
                help: vec![format!(
                    "make {} a `SecretString`",
                    match named.kind {
                        Kind::Variable => format!("`{name}`"),
                        Kind::Field | Kind::Derived => format!("the field `{name}`"),
                    }
                )],
            }
        };
        if !spans::is_users(self.texts, &finding.sink) || self.is_test(&finding.sink) {
            return;
        }
        let key = (finding.sink.clone(), name.clone());
        self.found.entry(key).or_insert(finding);
    }

    fn is_test(&mut self, span: &Span) -> bool {
        let texts = self.texts;
        let lines = self.test_code.entry(span.file.clone()).or_insert_with(|| {
            if !span.file.starts_with('/') && test_code::is_test_file(&span.file) {
                return vec![0..u32::MAX; 1];
            }
            let Some(text) = texts.text(&span.file) else {
                return Vec::new();
            };
            let line = |offset| source::position_of(&text, offset).line;
            let ranges = test_code::test_ranges(&text).into_iter();
            ranges
                .map(|range| line(range.start)..line(range.end) + 1)
                .collect()
        });
        lines.iter().any(|range| range.contains(&span.start.line))
    }
}

/// What a call in an implementation of `Debug` or `Serialize` shows.
fn shown(path: &str, call: &Call) -> Vec<(usize, String)> {
    let callee = CalleePath::parse(path);
    let method = callee.method();
    let is_derived =
        method.starts_with("debug_struct_field") || method.starts_with("debug_tuple_field");
    let from = if is_derived || SHOWS.contains(&method) {
        1
    } else if matches!(method, "fmt" | "serialize") && callee.trait_path.is_some() {
        0
    } else {
        return Vec::new();
    };
    (from..call.arguments.len())
        .map(|number| (number, "this shows it".to_owned()))
        .collect()
}

fn overlap(one: &Span, other: &Span) -> bool {
    one.file == other.file && one.start < other.end && other.start < one.end
}
