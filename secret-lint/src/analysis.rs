//! Follows secrets from where they are exposed to where they get out.
//!
//! A body is run once for every way in which its type parameters, closures and `dyn` types are filled in. What its
//! parameters hold stays symbolic, so that one summary serves all callers: which part of which parameter reaches the
//! result, what the references among the parameters lead to, statics, and what gets out. Callers are run again when a
//! summary has grown, until nothing changes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use crate::mir::{Crate, Span};
use crate::model::{Kind, Model};
use crate::report::{Finding, Lint};

mod apply;
mod calls;
mod collecting;
mod conversions;
mod definitions;
mod drops;
mod environment;
mod error_texts;
mod flows;
mod formatting;
mod frame;
mod indexing;
pub mod inventory;
mod literals;
mod lookups;
mod marked;
mod named;
mod numbers;
mod origins;
mod paths;
mod places;
mod plain;
mod program;
mod reach;
mod rvalues;
mod shared;
mod sharing;
mod shown;
mod sinks;
mod source;
mod spans;
mod state;
mod types;
mod undeclared;
mod unknown;
mod url_text;
mod values;
mod visible;
mod workers;

use origins::Origins;
use program::Program;
use reach::Reach;
use types::Bindings;
use values::{Cell, Label, Value};

/// Where the analysis reads source files.
pub trait SourceText {
    /// The text of a file as rustc names it.
    fn text(&self, file: &str) -> Option<Arc<str>>;
}

/// Reads each file once.
struct Remembered<'s> {
    inner: &'s dyn SourceText,
    texts: RefCell<HashMap<String, Option<Arc<str>>>>,
}

impl SourceText for Remembered<'_> {
    fn text(&self, file: &str) -> Option<Arc<str>> {
        self.texts
            .borrow_mut()
            .entry(file.to_owned())
            .or_insert_with(|| self.inner.text(file))
            .clone()
    }
}

/// A body with more fillings than this is run once for all further ones.
const MOST_INSTANCES: usize = 8;
/// Ends what would not settle.
const MOST_RUNS: u32 = 400;
/// What the longest bindings of type parameters may need as text; longer ones come from types that contain themselves.
const LONGEST_BINDINGS: usize = 4000;
/// How much work a program is worth, as `values::work` counts it: this for each block of its functions.
const WORK_PER_BLOCK: usize = 300;
/// For small programs.
const LEAST_WORK: usize = 10_000_000;
/// What one function may take of it at most.
const MOST_SHARE: usize = 400_000;
/// And of what is left: those after it get their turn.
const LEAST_TURNS: usize = 16;

/// Something that gives out what it gets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct SinkPoint {
    lint: Lint,
    /// What must not get there.
    takes: Kind,
    /// Nothing where the code is a macro's or a derive's: it is where the caller is.
    span: Option<Span>,
    label: Arc<str>,
    /// Whether it counts only where the function gives out the error that it is in.
    is_returned: bool,
}

/// What a body does, as its callers see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Summary {
    result: Value,
    cells: BTreeMap<Cell, Value>,
    sinks: BTreeMap<SinkPoint, Reached>,
    /// What its panics carry.
    panics: BTreeSet<Label>,
}

/// What reaches a sink, and on which way.
type Reached = (BTreeSet<Label>, Vec<(Span, String)>);

/// A body with what its type parameters and function parameters are.
struct Instance {
    body: usize,
    bindings: Bindings,
    parameters: Vec<Value>,
    summary: Rc<Summary>,
    callers: BTreeSet<usize>,
    runs: u32,
    /// Whether it ran to the end, with all that it calls.
    is_known: bool,
}

struct Engine<'a> {
    program: Program<'a>,
    reach: Reach,
    model: &'a Model,
    texts: &'a dyn SourceText,
    instances: Vec<Instance>,
    by_key: HashMap<(usize, String), usize>,
    of_body: HashMap<usize, usize>,
    /// The instance of a body for all fillings beyond the first ones.
    joined: HashMap<usize, usize>,
    /// Where `values::work` ends for the program.
    most_work: usize,
    /// And for the function that runs.
    most_work_here: usize,
    spent: HashMap<usize, usize>,
    /// The bodies whose summaries are not complete.
    unfinished: BTreeSet<usize>,
    /// The newest first: callees settle before their callers go on.
    waiting: BTreeSet<usize>,
    statics: BTreeMap<Arc<str>, Value>,
    readers: BTreeMap<Arc<str>, BTreeSet<usize>>,
    origins: Origins,
    findings: BTreeMap<(Span, Lint, u32), Finding>,
    error_texts: Vec<error_texts::ErrorText>,
    carries: HashMap<String, bool>,
    showing: HashMap<String, bool>,
}

/// What the analysis found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// In the order of the places where the secrets get out.
    pub findings: Vec<Finding>,
    /// The paths of the functions that took more work than they are worth: flows through them may be missing.
    pub unfinished: Vec<String>,
}

/// Finds the flows in these crates.
///
/// The same input gives the same reports in the same order.
pub fn analyse(crates: &[Crate], model: &Model, sources: &dyn SourceText) -> Flows {
    find(crates, model, sources, false)
}

/// As [`analyse`], and follows everything, also where by a rough look no secret can get to. The findings are the same but for
/// mistakes of that look; it takes several times as long, and is there for comparing.
pub fn analyse_whole(crates: &[Crate], model: &Model, sources: &dyn SourceText) -> Flows {
    find(crates, model, sources, true)
}

fn find(crates: &[Crate], model: &Model, sources: &dyn SourceText, is_whole: bool) -> Flows {
    let sources = &Remembered {
        inner: sources,
        texts: RefCell::default(),
    };
    let program = Program::new(crates, model, sources);
    let mut reach = Reach::of(&program, model);
    if is_whole {
        reach.follow_all();
    }
    let mut engine = Engine::new(program, reach, model, sources);
    engine.run();
    engine.keep_unprinted();
    engine.report_error_texts();
    let unfinished = engine
        .unfinished
        .iter()
        .map(|body| engine.program.bodies[*body].path.clone())
        .collect::<BTreeSet<_>>();
    let mut seen = BTreeSet::new();
    let findings = engine.findings.into_values().filter(|finding| {
        let source = finding.source.as_ref().map(|(span, _)| span.clone());
        // A literal has to be mended once, wherever it is used.
        let is_once = finding.lint == Lint::HardcodedSecret && source.is_some();
        seen.insert((
            finding.lint,
            (!is_once).then(|| finding.sink.clone()),
            source,
        ))
    });
    let mut findings = findings.collect::<Vec<_>>();
    findings.extend(undeclared::find(
        crates,
        model,
        sources,
        &engine.reach,
        &engine.origins,
        &findings,
    ));
    findings.sort_by(|one, other| (&one.sink, one.lint).cmp(&(&other.sink, other.lint)));
    Flows {
        findings,
        unfinished: unfinished.into_iter().collect(),
    }
}

impl<'a> Engine<'a> {
    fn new(
        program: Program<'a>,
        reach: Reach,
        model: &'a Model,
        texts: &'a dyn SourceText,
    ) -> Self {
        let blocks = program.bodies.iter().map(|body| body.blocks.len());
        let most_work = LEAST_WORK.max(blocks.sum::<usize>() * WORK_PER_BLOCK);
        Self {
            reach,
            program,
            model,
            texts,
            instances: Vec::new(),
            by_key: HashMap::new(),
            of_body: HashMap::new(),
            joined: HashMap::new(),
            most_work: values::work() + most_work,
            most_work_here: usize::MAX,
            spent: HashMap::new(),
            unfinished: BTreeSet::new(),
            waiting: BTreeSet::new(),
            statics: BTreeMap::new(),
            readers: BTreeMap::new(),
            origins: Origins::default(),
            findings: BTreeMap::new(),
            error_texts: Vec::new(),
            carries: HashMap::new(),
            showing: HashMap::new(),
        }
    }

    fn run(&mut self) {
        let called = self.program.called_names();
        let is_root =
            |path: &str| !path.ends_with('}') && !called.contains(types::last_segment(path));
        let order = (0..self.program.bodies.len())
            .filter(|index| is_root(&self.program.bodies[*index].path))
            .collect::<Vec<_>>();
        let closed = |engine: &Self, index: usize| {
            let body = engine.program.bodies[index];
            (1..=body.parameters).all(|number| {
                body.locals
                    .get(number)
                    .is_some_and(|local| !is_open(&local.ty))
            })
        };
        let mut order = order;
        order.extend((0..self.program.bodies.len()).filter(|index| {
            closed(self, *index) && !self.program.bodies[*index].path.ends_with('}')
        }));
        order.extend(0..self.program.bodies.len());
        for index in order
            .into_iter()
            .filter(|index| self.reach.body(*index))
            .collect::<Vec<_>>()
        {
            if !self.of_body.contains_key(&index) {
                let shapes = vec![Value::default(); self.program.bodies[index].parameters];
                self.instance(index, Bindings::new(), shapes);
                self.settle();
            }
        }
    }

    fn settle(&mut self) {
        while let Some(index) = self.waiting.pop_last() {
            self.instances[index].runs += 1;
            let body = self.instances[index].body;
            let before = values::work();
            let spent = self.spent.get(&body).copied().unwrap_or(0);
            let share = MOST_SHARE.min(self.most_work.saturating_sub(before) / LEAST_TURNS);
            self.most_work_here = before + share.saturating_sub(spent);
            if self.instances[index].runs > MOST_RUNS || spent > share || self.is_exhausted() {
                self.unfinished.insert(body);
                // Once, for those that wait for it: two that call each other would wake each other for ever.
                if !std::mem::replace(&mut self.instances[index].is_known, true) {
                    self.wake_callers(index);
                }
                continue;
            }
            let found = frame::run(self, index);
            *self.spent.entry(body).or_default() += values::work() - before;
            let Some(mut summary) = found else {
                continue;
            };
            let is_first = !std::mem::replace(&mut self.instances[index].is_known, true);
            let old = Rc::clone(&self.instances[index].summary);
            summary.result.join(&old.result);
            summary.result.narrow();
            for (cell, value) in &old.cells {
                let entry = summary.cells.entry(cell.clone()).or_default();
                entry.join(value);
                entry.narrow();
            }
            for (point, (labels, path)) in &old.sinks {
                let entry = summary
                    .sinks
                    .entry(point.clone())
                    .or_insert_with(|| (BTreeSet::new(), path.clone()));
                entry.0.extend(labels.iter().cloned());
                values::shorten_labels(&mut entry.0);
                entry.1.clone_from(path);
            }
            summary.panics.extend(old.panics.iter().cloned());
            values::shorten_labels(&mut summary.panics);
            if summary != *old {
                self.instances[index].summary = Rc::new(summary);
                self.wake_callers(index);
            } else if is_first {
                self.wake_callers(index);
            }
        }
    }

    fn wake_callers(&mut self, index: usize) {
        self.waiting.extend(&self.instances[index].callers);
    }

    /// Whether the program took more work than it is worth.
    fn is_exhausted(&self) -> bool {
        values::work() > self.most_work.min(self.most_work_here)
    }

    fn wake(&mut self, index: usize) {
        self.waiting.insert(index);
    }

    /// The run of a body with these fillings.
    fn instance(&mut self, body: usize, mut bindings: Bindings, parameters: Vec<Value>) -> usize {
        if bindings.values().map(|ty| ty.len()).sum::<usize>() > LONGEST_BINDINGS {
            bindings.clear();
        }
        let key = (body, format!("{bindings:?}{parameters:?}"));
        if let Some(found) = self.by_key.get(&key) {
            return *found;
        }
        let count = self.of_body.entry(body).or_insert(0);
        *count += 1;
        let is_further = *count > MOST_INSTANCES;
        if is_further && let Some(joined) = self.joined.get(&body).copied() {
            self.by_key.insert(key, joined);
            self.widen(joined, &bindings, &parameters);
            return joined;
        }
        let index = self.instances.len();
        self.instances.push(Instance {
            body,
            bindings,
            parameters,
            summary: Rc::default(),
            callers: BTreeSet::new(),
            runs: 0,
            is_known: false,
        });
        self.by_key.insert(key, index);
        if is_further {
            self.joined.insert(body, index);
        }
        self.wake(index);
        index
    }

    /// Lets an instance stand for these fillings too. Type parameters that differ stay open.
    fn widen(&mut self, index: usize, bindings: &Bindings, parameters: &[Value]) {
        let instance = &mut self.instances[index];
        let count = instance.bindings.len();
        instance
            .bindings
            .retain(|name, ty| bindings.get(name) == Some(ty));
        let mut is_wider = instance.bindings.len() != count;
        for (mine, other) in instance.parameters.iter_mut().zip(parameters) {
            let before = mine.clone();
            mine.join(other);
            mine.narrow();
            is_wider |= *mine != before;
        }
        if is_wider {
            self.wake(index);
        }
    }

    /// Adds to what a static may hold.
    fn add_to_static(&mut self, path: &Arc<str>, value: &Value) {
        let concrete = only_sources(value);
        if concrete.is_empty() {
            return;
        }
        let entry = self.statics.entry(path.clone()).or_default();
        let before = entry.clone();
        entry.join(&concrete);
        entry.limit(values::LONGEST_PATH);
        if *entry != before {
            let readers = self.readers.get(path).cloned().unwrap_or_default();
            for reader in readers {
                self.wake(reader);
            }
        }
    }

    /// Whether text can be in a type. Numbers can hold a character on its way; what comes out of foreign code is then a count.
    fn carries(&mut self, ty: &str, is_result: bool) -> bool {
        let key = format!("{is_result}{ty}");
        if let Some(known) = self.carries.get(&key) {
            return *known;
        }
        let answer = self.carries_uncached(ty, is_result);
        self.carries.insert(key, answer);
        answer
    }

    fn carries_uncached(&mut self, ty: &str, is_result: bool) -> bool {
        let ty = types::peel_references(ty);
        if types::is_number(ty) {
            return ty == "u32" && !is_result;
        }
        if let Some(parts) = types::tuple(ty) {
            return parts.into_iter().any(|part| self.carries(part, is_result));
        }
        if let Some(element) = types::slice_element(ty) {
            return self.carries(element, is_result);
        }
        let base = types::base(ty);
        if self.model.is_clean_type(base) || self.model.is_redacted_type(base) {
            return false;
        }
        if is_result && matches!(base, "std::io::Error" | "std::fmt::Error") {
            return false;
        }
        if types::is_join_handle(base) {
            return true;
        }
        let arguments = types::arguments(ty);
        if base.starts_with("std::") && !arguments.is_empty() {
            return arguments
                .into_iter()
                .any(|argument| self.carries(argument, is_result));
        }
        true
    }

    fn report(&mut self, point: &SinkPoint, source: u32, path: &[(Span, String)]) {
        let Some(span) = &point.span else { return };
        let key = (span.clone(), point.lint, source);
        if self.findings.contains_key(&key) {
            return;
        }
        let (from, label) = self.origins.place(source);
        if point.lint == Lint::SecretInUrl && label == marked::URL_LABEL {
            return;
        }
        let (message, help) = words(point.lint);
        self.findings.insert(
            key,
            Finding {
                lint: point.lint,
                message: message.to_owned(),
                sink: span.clone(),
                sink_label: point.label.to_string(),
                source: (from != *span).then_some((from, label)),
                path: path.to_vec(),
                help: vec![help.to_owned()],
                suggestions: Vec::new(),
            },
        );
    }
}

/// Whether what a type does depends on who uses it.
fn is_open(ty: &str) -> bool {
    let peeled = types::peel(ty);
    peeled.contains("dyn ")
        || peeled.contains("impl ")
        || peeled.starts_with("fn(")
        || peeled.starts_with("for<")
        || types::is_parameter(peeled) && peeled.len() <= 2
        || peeled == "Self"
}

fn only_sources(value: &Value) -> Value {
    let fields = value
        .fields
        .iter()
        .map(|(field, value)| (field.clone(), only_sources(value)));
    Value {
        labels: value
            .labels
            .iter()
            .filter(|label| matches!(label, Label::Source(_)))
            .cloned()
            .collect(),
        pointers: value
            .pointers
            .iter()
            .filter(|location| matches!(location.cell, Cell::Static(_)))
            .cloned()
            .collect(),
        functions: value.functions.clone(),
        types: value.types.clone(),
        fields: fields.collect(),
    }
}

fn words(lint: Lint) -> (&'static str, &'static str) {
    match lint {
        Lint::SecretInError => (
            "exposed secret is stored in an error",
            "say in the error what was tried, not with which secret",
        ),
        Lint::SecretInUrl => (
            "exposed secret is part of a URL",
            "send it in a header or in the body: URLs are logged on the way",
        ),
        Lint::SecretInArgs => (
            "exposed secret is an argument of a process",
            "pass it on standard input or in the environment",
        ),
        Lint::SecretToPlain => (
            "exposed secret is stored in plain",
            "make the field a `Secret`",
        ),
        Lint::HardcodedSecret => (
            "a secret is written in the source",
            "load it when the program runs, from the environment, a mounted file or a secret manager, and replace it: it is \
             known to everybody who has the code",
        ),
        Lint::RedactedOnTheWire => (
            "the placeholder is sent in place of the secret",
            "expose the secret where it is sent",
        ),
        _ => (
            "exposed secret is printed",
            "print the `Secret` itself, which shows `[REDACTED]`, or leave it out",
        ),
    }
}
