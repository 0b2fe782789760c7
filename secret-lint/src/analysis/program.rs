//! Which body a call runs: free functions, inherent methods, implementations of traits, closures and coroutines.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::mir::{
    Aggregate, Body, BodyKind, Constant, Crate, Operand, Place, Projection, Rvalue, Span,
    StatementKind, Type,
};
use crate::model::Model;

use super::SourceText;
use super::marked::Marks;
use super::source::{self, Header};
use super::spans;
use super::types::{self, Bindings, CalleePath};
use super::values::Field;
use super::visible::Visible;

/// All bodies, and how to find them.
pub(super) struct Program<'c> {
    /// In the order of the crates.
    pub(super) bodies: Vec<&'c Body>,
    /// The crate of each body.
    pub(super) crate_of: Vec<usize>,
    /// Bodies by their path.
    by_path: HashMap<String, Vec<usize>>,
    /// Inherent methods by name.
    inherent: HashMap<String, Vec<(usize, usize)>>,
    /// Methods of trait implementations by the trait's last word and the method.
    of_traits: FxHashMap<String, FxHashMap<String, Methods>>,
    /// The `impl` blocks by the trait's last word.
    by_trait: FxHashMap<String, Vec<usize>>,
    /// The paths of the methods in derived implementations.
    derived: FxHashSet<&'c str>,
    /// Of these, those of `#[derive(Redact)]`.
    redacting: FxHashSet<usize>,
    /// The `impl` blocks.
    pub(super) implementations: Vec<Implementation>,
    crate_names: Vec<&'c str>,
    /// The crate whose code is looked at: a path without a crate's name is its own.
    here: Cell<usize>,
    pub(super) visible: Visible,
    /// Closure bodies by the type that they have.
    closures: HashMap<String, Vec<usize>>,
    /// The static behind an allocation, by crate, body and number.
    statics: HashMap<(usize, u64), Vec<(String, String)>>,
    /// The fields that `#[redact]` marks.
    pub(super) marks: Marks,
    /// Where an event or span of tracing stands, by crate and the number of the static that it has.
    events: HashMap<(usize, u64), Span>,
    /// The types of the fields of structs and variants, as far as the bodies that make them tell; only where something
    /// is done when values are dropped.
    fields: HashMap<String, BTreeMap<Field, Type>>,
    /// The last words of the types that the sources say are unions.
    unions: BTreeSet<String>,
    /// The names of the traits that the sources define.
    traits: BTreeSet<String>,
}

/// An `impl` block.
#[derive(Clone, Debug)]
pub(super) struct Implementation {
    /// What the source says.
    pub(super) header: Header,
    /// The type with its full path, as far as the bodies tell.
    pub(super) self_type: String,
    /// Method name to body.
    pub(super) methods: BTreeMap<String, usize>,
    /// Whether the source makes the type an error beside it.
    is_error: bool,
}

/// The methods of one name in the implementations of one trait, each with the number of its `impl` block.
#[derive(Default)]
struct Methods {
    all: Vec<(usize, usize)>,
    /// By the last word of the type; those of types without one, and of all types, are in `others`.
    by_word: FxHashMap<String, Vec<(usize, usize)>>,
    others: Vec<(usize, usize)>,
}

impl Methods {
    fn add(&mut self, self_type: &str, number: usize, index: usize) {
        self.all.push((number, index));
        let word = types::last_segment(types::base(self_type));
        let is_path = !self_type.contains("::<impl ")
            && self_type.contains("::")
            && types::pointee(self_type).is_none()
            && types::tuple(self_type).is_none();
        if is_path {
            self.by_word
                .entry(word.to_owned())
                .or_default()
                .push((number, index));
        } else {
            self.others.push((number, index));
        }
    }

    /// Those for a type, and maybe more; all where it is not known.
    fn that_may_fit(&self, self_type: Option<&str>) -> impl Iterator<Item = &(usize, usize)> {
        let (known, others) = match self_type {
            Some(ty) => (
                self.by_word
                    .get(types::last_segment(types::base(ty)))
                    .map_or(&[][..], Vec::as_slice),
                &self.others,
            ),
            None => (&[][..], &self.all),
        };
        let mut found = known.iter().chain(others).collect::<Vec<_>>();
        found.sort_unstable();
        found.into_iter()
    }
}

/// A body to run, and what its type parameters stand for.
pub(super) type Target = (usize, Bindings);

/// The static of an event and where the event stands, from what tracing notes about it.
fn event(body: &Body, sources: &dyn SourceText) -> Option<(u64, Span)> {
    let constants = || {
        body.blocks
            .iter()
            .flat_map(|block| &block.statements)
            .filter_map(|statement| match &statement.kind {
                StatementKind::Assign(_, Rvalue::Use(Operand::Constant(constant))) => {
                    Some(constant)
                }
                _ => None,
            })
    };
    let span = constants().find_map(|constant| {
        let span = constant.span.as_ref()?;
        let is_file = constant.text.trim_matches('"') == &*span.file;
        (is_file && spans::is_users(sources, span)).then(|| span.clone())
    })?;
    Some((constants().find_map(callsite)?, span))
}

/// The number of `{alloc1: &tracing::callsite::DefaultCallsite}`.
fn callsite(constant: &Constant) -> Option<u64> {
    let ty = constant.ty.as_ref()?;
    if !ty.ends_with("::DefaultCallsite") {
        return None;
    }
    let (number, _) = constant.text.strip_prefix("{alloc")?.split_once(':')?;
    number.parse().ok()
}

impl<'c> Program<'c> {
    /// Indexes the crates.
    pub(super) fn new(crates: &'c [Crate], model: &Model, sources: &dyn SourceText) -> Self {
        let mut program = Self {
            bodies: Vec::new(),
            crate_of: Vec::new(),
            by_path: HashMap::new(),
            inherent: HashMap::new(),
            of_traits: FxHashMap::default(),
            by_trait: FxHashMap::default(),
            derived: FxHashSet::default(),
            redacting: FxHashSet::default(),
            implementations: Vec::new(),
            crate_names: crates.iter().map(|of| of.name.as_str()).collect(),
            here: Cell::new(0),
            visible: Visible::of(crates),
            closures: HashMap::new(),
            statics: HashMap::new(),
            marks: Marks::new(crates, &model.secret_fields),
            events: HashMap::new(),
            fields: HashMap::new(),
            unions: names_after("union ", crates, sources),
            traits: names_after("trait ", crates, sources),
        };
        let mut blocks: BTreeMap<(usize, String), Vec<(String, usize)>> = BTreeMap::new();
        for (number, of) in crates.iter().enumerate() {
            for body in &of.bodies {
                let index = program.bodies.len();
                program.bodies.push(body);
                program.crate_of.push(number);
                program
                    .by_path
                    .entry(body.path.clone())
                    .or_default()
                    .push(index);
                if body.path.ends_with('}')
                    && body.parameters > 0
                    && let Some(local) = body.locals.get(1)
                {
                    program
                        .closures
                        .entry(types::peel_references(&local.ty).to_owned())
                        .or_default()
                        .push(index);
                }
                if body.path.ends_with("__CALLSITE::META")
                    && let Some((allocation, span)) = event(body, sources)
                {
                    program.events.insert((number, allocation), span);
                }
                if let Some(start) = body.path.rfind("<impl at ")
                    && let Some(close) = types::closing(&body.path[start..])
                {
                    let method = body.path[start + close + 1..].trim_start_matches("::");
                    if !method.is_empty() && !method.contains("::") {
                        blocks
                            .entry((number, body.path[..=(start + close)].to_owned()))
                            .or_default()
                            .push((method.to_owned(), index));
                    }
                }
            }
            for allocation in &of.allocations {
                if let Some(path) = &allocation.of_static {
                    program
                        .statics
                        .entry((number, allocation.id))
                        .or_default()
                        .push((allocation.body.clone(), path.clone()));
                }
            }
        }
        for ((_, path), methods) in blocks {
            program.add_implementation(&path, methods, sources);
        }
        if program.has_drops() {
            program.fields = fields(&program.bodies);
        }
        program
    }

    /// Whether a type of the workspace does something when it is dropped.
    pub(super) fn has_drops(&self) -> bool {
        self.of_traits
            .get("Drop")
            .is_some_and(|methods| methods.contains_key("drop"))
    }

    /// The fields of a struct or an enum and their types.
    pub(super) fn fields_of(&self, base: &str) -> impl Iterator<Item = (&Field, &Type)> {
        self.fields.get(base).into_iter().flatten()
    }

    /// Whether a type is a union.
    pub(super) fn is_union(&self, base: &str) -> bool {
        !self.unions.is_empty() && self.unions.contains(types::last_segment(base))
    }

    /// How many crates there are.
    pub(super) fn crate_count(&self) -> usize {
        self.crate_names.len()
    }

    /// The names of the crates.
    pub(super) fn crate_names(&self) -> impl Iterator<Item = &'c str> {
        self.crate_names.iter().copied()
    }

    /// Whether others than the workspace can know a trait by which a method is called.
    pub(super) fn is_foreign(&self, implementation: &Implementation) -> bool {
        // A derive that is named like a trait of the workspace implements those of std.
        implementation.header.self_type.is_none()
            || implementation
                .header
                .of_trait
                .as_ref()
                .is_some_and(|of| !self.traits.contains(of))
    }

    fn add_implementation(
        &mut self,
        path: &str,
        methods: Vec<(String, usize)>,
        sources: &dyn SourceText,
    ) {
        let start = path.rfind("<impl at ").unwrap_or(0);
        let mut header = path
            .get(start + 9..path.len() - 1)
            .and_then(source::parse_span)
            .map(|span| source::header(sources, &span))
            .unwrap_or_default();
        let module = &path[..start];
        let written = header.self_type.clone();
        let mut self_type = None;
        for (_, index) in &methods {
            let body = self.bodies[*index];
            let candidates = body
                .locals
                .iter()
                .take(body.parameters + 1)
                .map(|local| types::peel_references(&local.ty));
            for candidate in candidates.skip(1).chain(
                body.locals
                    .first()
                    .map(|local| types::peel_references(&local.ty)),
            ) {
                let fits = match &written {
                    Some(written) => {
                        types::last_segment(types::base(types::peel_references(written)))
                            == types::last_segment(types::base(candidate))
                    }
                    None => {
                        !types::is_number(candidate)
                            && !candidate.starts_with("std::fmt::Formatter")
                            && candidate != "Self"
                    }
                };
                if fits && self_type.is_none() {
                    self_type = Some(candidate.to_owned());
                }
            }
        }
        let self_type = self_type.unwrap_or_else(|| match &written {
            Some(written)
                if types::is_parameter(written) && !header.parameters.contains(written) =>
            {
                format!("{module}{written}")
            }
            Some(written) => written.clone(),
            None => String::new(),
        });
        if written.is_none() && header.parameters.is_empty() {
            header.parameters = parameters_of(&self_type);
        }
        let number = self.implementations.len();
        for (method, index) in &methods {
            // Derives that implement traits of other names.
            let of_traits = match (header.of_trait.as_deref(), method.as_str()) {
                (Some("Error"), "fmt") if header.self_type.is_none() => vec!["Display"],
                (Some("Error"), "from") if header.self_type.is_none() => vec!["From"],
                (Some("Redact"), "fmt") if header.self_type.is_none() => vec!["Debug", "Display"],
                (of, _) => of.into_iter().collect(),
            };
            for of in &of_traits {
                let methods = self.of_traits.entry((*of).to_owned()).or_default();
                let methods = methods.entry(method.clone()).or_default();
                methods.add(&self_type, number, *index);
            }
            if of_traits.is_empty() {
                self.inherent
                    .entry(method.clone())
                    .or_default()
                    .push((number, *index));
            }
        }
        if header.self_type.is_none() {
            let derived = methods
                .iter()
                .map(|(_, index)| self.bodies[*index].path.as_str());
            self.derived.extend(derived);
            if header.of_trait.as_deref() == Some("Redact") {
                self.redacting
                    .extend(methods.iter().map(|(_, index)| *index));
            }
        }
        if let Some(of) = &header.of_trait {
            self.by_trait.entry(of.clone()).or_default().push(number);
        }
        let word = types::last_segment(types::base(&self_type)).to_owned();
        let is_error = header.of_trait.as_deref() == Some("Error")
            || header.of_trait.as_deref() == Some("Display")
                && path
                    .get(start + 9..path.len() - 1)
                    .and_then(source::parse_span)
                    .and_then(|span| sources.text(&span.file))
                    .is_some_and(|text| text.contains(&format!("Error for {word}")));
        self.implementations.push(Implementation {
            header,
            self_type,
            methods: methods.into_iter().collect(),
            is_error,
        });
    }

    /// The last words of all paths that are called or named.
    pub(super) fn called_names(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for body in &self.bodies {
            for block in &body.blocks {
                let crate::mir::Terminator::Call(call) = &block.terminator else {
                    continue;
                };
                if let crate::mir::Callee::Path(path) = &call.callee {
                    names.insert(CalleePath::parse(path).method().to_owned());
                }
                for argument in &call.arguments {
                    if let Operand::Constant(constant) = argument
                        && constant.text.contains("::")
                        && !constant.text.starts_with('"')
                    {
                        names.insert(CalleePath::parse(&constant.text).method().to_owned());
                    }
                }
            }
        }
        names
    }

    /// The bodies that `#[derive(Redact)]` makes.
    pub(super) fn redacting(&self) -> impl Iterator<Item = usize> {
        self.redacting.iter().copied()
    }

    /// Whether a body belongs to a derived implementation.
    pub(super) fn is_derived(&self, path: &str) -> bool {
        self.derived.contains(path)
    }

    /// The names of a function's own type parameters, from the source.
    pub(super) fn generics(&self, body: usize, sources: &dyn SourceText) -> Vec<String> {
        let body = self.bodies[body];
        let Some(span) = body.locals.first().and_then(|local| local.span.as_ref()) else {
            return Vec::new();
        };
        let Some(text) = sources.text(&span.file) else {
            return Vec::new();
        };
        let name = types::last_segment(&body.path);
        source::generics_before(&text, span.start, name)
    }

    /// The body with a path.
    pub(super) fn body_named(&self, path: &str) -> Option<usize> {
        let here = self.here.get();
        if let Some(found) = self.by_path.get(path) {
            // A function that is a value may come from elsewhere.
            let own = found.iter().find(|body| self.crate_of[**body] == here);
            return own.or(found.first()).copied();
        }
        // Another crate names it with the crate's name before it.
        let (root, rest) = path.split_once("::")?;
        let found = self.by_path.get(rest)?;
        let there = found
            .iter()
            .find(|body| self.crate_names[self.crate_of[**body]] == root);
        there.or(found.first()).copied()
    }

    /// The crate whose code is looked at.
    pub(super) fn here(&self) -> usize {
        self.here.get()
    }

    /// From here on, paths are those that the code of a body has.
    pub(super) fn look_from(&self, body: usize) {
        self.here.set(self.crate_of[body]);
    }

    /// The body that computes a constant which the body `of` uses. Those of methods are named by the type where they are
    /// used, and by the `impl` where they stand.
    pub(super) fn constant_body(&self, of: &str, text: &str) -> Option<usize> {
        let is_constant = |body: &usize| self.bodies[*body].kind != BodyKind::Function;
        let name = types::last_segment(text);
        if name.starts_with("promoted[") {
            // A body uses no promoted constants but its own.
            let own = self.body_named(&format!("{of}::{name}"));
            return own.or_else(|| self.body_named(text)).filter(is_constant);
        }
        let found = self.body_named(text);
        if found.is_some() || name.contains(|character: char| character.is_lowercase()) {
            return found.filter(is_constant);
        }
        let found = self.resolve(&CalleePath::parse(text), None);
        found.first().map(|(body, _)| *body).filter(is_constant)
    }

    /// Where the event or span of tracing stands that has this static.
    pub(super) fn event(&self, crate_number: usize, constant: &Constant) -> Option<&Span> {
        self.events.get(&(crate_number, callsite(constant)?))
    }

    /// The body of a closure or coroutine by its type.
    pub(super) fn closure(&self, ty: &str) -> Option<usize> {
        let ty = types::peel_references(ty);
        if let Some(found) = self.closures.get(ty) {
            return (found.len() == 1).then(|| found[0]);
        }
        // `{async fn body of f()}`.
        let of = ty.strip_prefix("{async fn body of ")?.strip_suffix('}')?;
        let of = of.rsplit_once('(').map_or(of, |(of, _)| of);
        let parsed = CalleePath::parse(of);
        let outer = self.resolve(&parsed, None);
        let (outer, _) = outer.first()?;
        self.body_named(&format!("{}::{{closure#0}}", self.bodies[*outer].path))
    }

    /// Those of some bodies that are of the crate at hand; all if none is.
    pub(super) fn own_first(&self, bodies: &[usize]) -> Vec<usize> {
        let own = bodies.iter().copied();
        let own = own.filter(|body| self.crate_of[*body] == self.here.get());
        let own = own.collect::<Vec<_>>();
        if own.is_empty() { bodies.to_vec() } else { own }
    }

    /// All closures and coroutines of a type: those of one macro of std have the same, in whichever crate, and the code at
    /// hand means its own.
    pub(super) fn closures_of(&self, ty: &str) -> Vec<usize> {
        let ty = types::peel_references(ty);
        match self.closures.get(ty) {
            Some(found) => self.own_first(found),
            None => self.closure(ty).into_iter().collect(),
        }
    }

    /// The static that a constant refers to.
    pub(super) fn static_of(
        &self,
        crate_number: usize,
        body: &str,
        allocation: u64,
    ) -> Option<&str> {
        let found = self.statics.get(&(crate_number, allocation))?;
        found
            .iter()
            .find(|(of, _)| of == body)
            .or(found.first())
            .map(|(_, path)| path.as_str())
    }

    /// The implementations of a trait's method for a type; all of them where the type is not known.
    pub(super) fn implementations_of(
        &self,
        of_trait: &str,
        method: &str,
        self_type: Option<&str>,
    ) -> Vec<Target> {
        let methods = self.of_traits.get(types::last_segment(of_trait));
        let Some(found) = methods.and_then(|methods| methods.get(method)) else {
            return Vec::new();
        };
        let mut exact = Vec::new();
        let mut blanket = Vec::new();
        for (number, index) in found.that_may_fit(self_type) {
            let implementation = &self.implementations[*number];
            let Some(self_type) = self_type else {
                exact.push((*index, Bindings::new()));
                continue;
            };
            let pattern = implementation.self_type.as_str();
            let mut bindings = Bindings::new();
            let is_blanket = implementation
                .header
                .self_type
                .as_ref()
                .is_some_and(|written| implementation.header.parameters.contains(written));
            if is_blanket {
                bindings.insert(
                    implementation.header.self_type.clone().unwrap_or_default(),
                    self_type.into(),
                );
                blanket.push((*index, bindings));
            } else if same_type(
                pattern,
                self_type,
                &implementation.header.parameters,
                &mut bindings,
            ) {
                exact.push((*index, bindings));
            }
        }
        if exact.is_empty() { blanket } else { exact }
    }

    /// All methods that the workspace defines for a foreign trait on a type.
    pub(super) fn methods_for(&self, of_trait: &str, self_type: &str) -> Vec<Target> {
        let mut found = BTreeSet::new();
        let of = self.by_trait.get(types::last_segment(of_trait));
        for number in of.into_iter().flatten() {
            let implementation = &self.implementations[*number];
            let mut bindings = Bindings::new();
            let fits = same_type(
                &implementation.self_type,
                self_type,
                &implementation.header.parameters,
                &mut bindings,
            );
            if fits {
                found.extend(
                    implementation
                        .methods
                        .values()
                        .map(|index| (*index, bindings.clone())),
                );
            }
        }
        found.into_iter().collect()
    }

    /// Whether a type of the workspace is an error that can be shown.
    pub(super) fn is_error(&self, ty: &str) -> bool {
        self.implementations.iter().any(|implementation| {
            implementation.is_error
                && same_type(
                    &implementation.self_type,
                    ty,
                    &implementation.header.parameters,
                    &mut Bindings::new(),
                )
        }) && !self
            .implementations_of("Display", "fmt", Some(ty))
            .is_empty()
    }

    /// The bodies that a call of a path may run. `dynamic` are the types behind `dyn`, if they are known.
    pub(super) fn resolve(&self, callee: &CalleePath, dynamic: Option<&[String]>) -> Vec<Target> {
        if let Some(of_trait) = &callee.trait_path {
            let self_type = callee.self_type.as_deref().unwrap_or_default();
            let method = callee.method();
            // A box of something dynamic is cloned as a box.
            let is_dynamic = types::peel(self_type).starts_with("dyn ")
                && !matches!(types::last_segment(of_trait), "Clone" | "Default" | "From");
            let is_open = is_dynamic || self_type.starts_with("impl ") || self_type == "Self";
            let mut found = if is_open
                || (types::is_parameter(self_type)
                    && self
                        .implementations_of(of_trait, method, Some(self_type))
                        .is_empty())
            {
                if let Some(known) = dynamic {
                    known
                        .iter()
                        .flat_map(|ty| self.implementation_or_default(of_trait, method, ty))
                        .collect()
                } else {
                    let mut all = self.implementations_of(of_trait, method, None);
                    if !types::peel(self_type).starts_with("dyn ") {
                        let here = self.here.get();
                        all.retain(|(body, _)| self.visible.may_see(here, self.crate_of[*body]));
                    }
                    all.extend(self.default_method(of_trait, method, self_type));
                    all
                }
            } else {
                self.implementation_or_default(of_trait, method, self_type)
            };
            found.sort();
            found.dedup();
            return found;
        }
        if let Some(index) = self.body_named(&callee.name) {
            return vec![(index, Bindings::new())];
        }
        let Some(self_type) = &callee.self_type else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (number, index) in self.inherent.get(callee.method()).into_iter().flatten() {
            let implementation = &self.implementations[*number];
            let mut bindings = Bindings::new();
            if same_type(
                &implementation.self_type,
                self_type,
                &implementation.header.parameters,
                &mut bindings,
            ) {
                found.push((*index, bindings));
            }
        }
        found.truncate(1);
        found
    }

    fn implementation_or_default(
        &self,
        of_trait: &str,
        method: &str,
        self_type: &str,
    ) -> Vec<Target> {
        let found = self.implementations_of(of_trait, method, Some(self_type));
        if !found.is_empty() {
            return found;
        }
        if let Some(inner) = types::pointee(self_type)
            .or_else(|| (types::peel(self_type) != self_type).then(|| types::peel(self_type)))
        {
            let found = self.implementations_of(of_trait, method, Some(inner));
            if !found.is_empty() {
                return found;
            }
        }
        self.default_method(of_trait, method, self_type)
    }

    fn default_method(&self, of_trait: &str, method: &str, self_type: &str) -> Vec<Target> {
        let Some(index) = self.body_named(&format!("{of_trait}::{method}")) else {
            return Vec::new();
        };
        if self.bodies[index].kind != BodyKind::Function {
            return Vec::new();
        }
        let mut bindings = Bindings::new();
        if self_type != "Self" {
            bindings.insert("Self".to_owned(), self_type.into());
        }
        vec![(index, bindings)]
    }
}

/// The type parameters of a derive, which has no header: what the type is made of stands in the type.
fn parameters_of(ty: &str) -> Vec<String> {
    types::arguments(ty)
        .into_iter()
        .filter(|argument| types::is_parameter(argument))
        .map(str::to_owned)
        .collect()
}

/// Whether an `impl`'s type covers a type: by full path, or by the last word where one side lacks the crate's name.
fn same_type(pattern: &str, actual: &str, parameters: &[String], bindings: &mut Bindings) -> bool {
    // A type inside of a method, such as serde derives make: its arguments are lifetimes.
    if pattern.contains("::<impl ") {
        let of = |ty: &str| ty.rsplit_once('<').map(|(of, _)| of.to_owned());
        return of(pattern) == of(actual);
    }
    let (base_pattern, base_actual) = (types::base(pattern), types::base(actual));
    let is_end_of = |end: &str, whole: &str| {
        whole
            .strip_suffix(end)
            .is_some_and(|before| before.is_empty() || before.ends_with("::"))
    };
    let same_path = is_end_of(base_actual, base_pattern) || is_end_of(base_pattern, base_actual);
    if !same_path && types::pointee(pattern).is_none() {
        let both_tuples = types::tuple(pattern).is_some() && types::tuple(actual).is_some();
        if !both_tuples {
            return false;
        }
    }
    if !types::unify(pattern, actual, bindings) {
        return false;
    }
    // What is bound and no parameter is a type at the root of a crate that differs: `Wrap<A>` is not `Wrap<B>`.
    let differs = bindings.iter().any(|(name, ty)| {
        !parameters.contains(name)
            && !name.starts_with("impl ")
            && types::is_parameter(name)
            && types::last_segment(ty) != name.as_str()
    });
    bindings.retain(|name, _| parameters.contains(name));
    !differs && concrete_arguments_match(pattern, actual, parameters)
}

fn concrete_arguments_match(pattern: &str, actual: &str, parameters: &[String]) -> bool {
    types::arguments(pattern)
        .into_iter()
        .zip(types::arguments(actual))
        .all(|(one, other)| {
            parameters.iter().any(|name| name == one)
                || one.contains('<')
                || one.contains('\'')
                || other.contains('\'')
                || types::is_parameter(other)
                || types::last_segment(one) == types::last_segment(other)
        })
}

/// The fields that values are made of, and the types of what is put there.
fn fields(bodies: &[&Body]) -> HashMap<String, BTreeMap<Field, Type>> {
    let mut found: HashMap<String, BTreeMap<Field, Type>> = HashMap::new();
    for body in bodies {
        let statements = body.blocks.iter().flat_map(|block| &block.statements);
        for statement in statements {
            let StatementKind::Assign(
                place,
                Rvalue::Aggregate {
                    kind: Aggregate::Named(name),
                    operands,
                },
            ) = &statement.kind
            else {
                continue;
            };
            let Some(ty) = type_of(body, place) else {
                continue;
            };
            let (base, name) = (types::base(&ty), types::without_arguments(name));
            let is_variant = types::last_segment(&name) != types::last_segment(base);
            for (number, (_, operand)) in operands.iter().enumerate() {
                let ty = match operand {
                    Operand::Copy(place) | Operand::Move(place) => type_of(body, place),
                    Operand::Constant(constant) => constant.ty.clone(),
                };
                let field = if is_variant {
                    format!("{}.{number}", types::last_segment(&name))
                } else {
                    number.to_string()
                };
                if let Some(ty) = ty {
                    let fields = found.entry(base.to_owned()).or_default();
                    fields.entry(field.into()).or_insert(ty);
                }
            }
        }
    }
    found
}

/// The type of a variable, or of the field that a place ends in.
fn type_of(body: &Body, place: &Place) -> Option<Type> {
    match place.projections.last() {
        None => body.locals.get(place.local).map(|local| local.ty.clone()),
        Some(Projection::Field(_, ty)) => Some(ty.clone()),
        Some(_) => None,
    }
}

/// The names after a keyword in the sources of the bodies.
fn names_after(keyword: &str, crates: &[Crate], sources: &dyn SourceText) -> BTreeSet<String> {
    let files = crates
        .iter()
        .flat_map(|of| &of.bodies)
        .filter_map(|body| Some(&body.locals.first()?.span.as_ref()?.file))
        .collect::<BTreeSet<_>>();
    let mut found = BTreeSet::new();
    for file in files {
        let Some(text) = sources.text(file) else {
            continue;
        };
        for (at, word) in text.match_indices(keyword) {
            let begins = text[..at].ends_with(|c: char| c.is_whitespace()) || at == 0;
            let name = text[at + word.len()..]
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default();
            if begins && name.starts_with(char::is_uppercase) {
                found.insert(name.to_owned());
            }
        }
    }
    found
}
