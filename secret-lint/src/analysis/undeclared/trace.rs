//! Goes back inside one body from what gets out to what it is made of, until a name says that it is a secret.
//!
//! Functions of the workspace and of crates other than std end the way: what they return has no name of its own.

use std::collections::{BTreeSet, HashMap};

use crate::mir::{
    Aggregate, Body, Call, Callee, Operand, Place, Projection, Rvalue, Span, StatementKind,
    Terminator,
};
use crate::model::Model;

use super::super::SourceText;
use super::super::types::{self, CalleePath};
use super::names::{self, Verdict};

/// Something with a name that says secret.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    pub(super) name: String,
    /// Where the name stands: its declaration, or where the field is read.
    pub(super) span: Option<Span>,
    pub(super) kind: Kind,
}

/// What has the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A variable, a parameter, or what a closure captured of one.
    Variable,
    /// A field that is read there.
    Field,
    /// A field where it is declared: the body is a derive's.
    Derived,
}

/// The fields on the way from a variable to a part of it, each with its variant.
type Path<'b> = Vec<(&'b str, usize)>;

/// A name of a part of a variable, and where it stands.
type NameOf<'b> = (Path<'b>, &'b str, Option<&'b Span>);

/// What is put into a variable.
struct Definition<'b> {
    path: Path<'b>,
    from: From<'b>,
    span: Option<&'b Span>,
}

enum From<'b> {
    Value(&'b Rvalue),
    Call(&'b Call),
    /// Added to the text that is there.
    Added(&'b Operand),
}

/// What of std gives back its first argument, as a whole or a part of it, as text.
const TEXT: &[&str] = &[
    "as_str",
    "as_ref",
    "as_deref",
    "as_deref_mut",
    "as_mut",
    "as_bytes",
    "as_mut_str",
    "as_slice",
    "deref",
    "deref_mut",
    "borrow",
    "borrow_mut",
    "clone",
    "cloned",
    "copied",
    "to_owned",
    "to_string",
    "into_owned",
    "into",
    "from",
    "into_string",
    "into_boxed_str",
    "into_bytes",
    "to_vec",
    "from_utf8",
    "from_utf8_lossy",
    "from_utf8_unchecked",
    "to_string_lossy",
    "to_str",
    "unwrap",
    "expect",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
    "ok",
    "branch",
    "trim",
    "trim_start",
    "trim_end",
    "trim_matches",
    "trim_start_matches",
    "trim_end_matches",
    "to_uppercase",
    "to_lowercase",
    "to_ascii_uppercase",
    "to_ascii_lowercase",
    "escape_debug",
    "escape_default",
    "format",
    "must_use",
    "join",
    "concat",
    "new_display",
    "new_debug",
    "new_lower_exp",
    "display",
    "debug",
    "leak",
    "take",
    "as_display",
    "as_debug",
    "into_inner",
    "value_set",
    "value_set_all",
    "new",
];

/// What of std gives back the value that it gets: which part was asked for stays known.
const SAME: &[&str] = &[
    "clone",
    "deref",
    "deref_mut",
    "as_ref",
    "borrow",
    "to_owned",
];

/// What of std adds its second argument to the first.
const ADDS: &[&str] = &[
    "push_str",
    "write_str",
    "write_fmt",
    "insert_str",
    "extend_from_slice",
    "extend",
    "push",
    "add_assign",
    "push_back",
];

/// Ends what would go in circles through ever deeper parts.
const MOST_STEPS: usize = 2000;
/// How far back a constant is looked for.
const DEEPEST: usize = 12;

/// A body, by what is put into its variables.
pub(super) struct Trace<'b> {
    body: &'b Body,
    texts: &'b dyn SourceText,
    model: &'b Model,
    /// Whether the body shows the fields of its type. Its variables are then what it makes of them, and no evidence.
    shows_fields: bool,
    definitions: HashMap<usize, Vec<Definition<'b>>>,
    /// Only names that have to do with secrets, of text.
    names: HashMap<usize, Vec<NameOf<'b>>>,
}

impl<'b> Trace<'b> {
    pub(super) fn new(
        body: &'b Body,
        texts: &'b dyn SourceText,
        model: &'b Model,
        shows_fields: bool,
    ) -> Self {
        let mut trace = Self {
            body,
            texts,
            model,
            shows_fields,
            definitions: HashMap::new(),
            names: HashMap::new(),
        };
        for name in body.names.iter().filter(|_| !shows_fields) {
            if let Some(place) = &name.place
                && names::verdict(&name.name) != Verdict::Silent
                && names::is_text(&trace.type_of(place))
            {
                let entry = (path(place), name.name.as_str(), name.span.as_ref());
                trace.names.entry(place.local).or_default().push(entry);
            }
        }
        for block in body.blocks.iter().filter(|block| !block.is_cleanup) {
            for statement in &block.statements {
                if let StatementKind::Assign(place, value) = &statement.kind {
                    trace.define(place, From::Value(value), statement.span.as_ref());
                }
            }
            if let Terminator::Call(call) = &block.terminator {
                trace.define(
                    &call.destination,
                    From::Call(call),
                    block.terminator_span.as_ref(),
                );
            }
        }
        trace.add_additions();
        trace
    }

    fn define(&mut self, place: &'b Place, from: From<'b>, span: Option<&'b Span>) {
        let path = path(place);
        let definition = Definition { path, from, span };
        self.definitions
            .entry(place.local)
            .or_default()
            .push(definition);
    }

    /// What `push_str` and its like add is put into the variable behind the reference.
    fn add_additions(&mut self) {
        for block in self.body.blocks.iter().filter(|block| !block.is_cleanup) {
            if let Terminator::Call(call) = &block.terminator
                && let Callee::Path(callee) = &call.callee
                && let [Operand::Copy(to) | Operand::Move(to), added, ..] =
                    call.arguments.as_slice()
                && ADDS.contains(&types::last_segment(&types::without_arguments(callee)))
                && is_of_std(&CalleePath::parse(callee).name)
                && let Some(target) = self.behind(to)
            {
                self.define(target, From::Added(added), block.terminator_span.as_ref());
            }
        }
    }

    /// The place that a temporary reference leads to.
    fn behind(&self, reference: &Place) -> Option<&'b Place> {
        let [only] = self.definitions.get(&reference.local)?.as_slice() else {
            return None;
        };
        match only.from {
            From::Value(Rvalue::Reference { place, .. }) if reference.projections.is_empty() => {
                Some(place)
            }
            _ => None,
        }
    }

    /// What has a name that says secret among what an operand is made of.
    pub(super) fn named(&self, operand: &'b Operand, span: Option<&'b Span>) -> BTreeSet<Named> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut pending = Vec::new();
        self.enter(operand, &[], span, &mut pending, &mut found);
        while let Some((local, at)) = pending.pop() {
            if seen.len() > MOST_STEPS || !seen.insert((local, at.clone())) {
                continue;
            }
            for definition in self.definitions.get(&local).into_iter().flatten() {
                let Some(rest) = at.strip_prefix(definition.path.as_slice()) else {
                    continue;
                };
                match definition.from {
                    From::Value(value) => {
                        self.enter_value(value, rest, definition.span, &mut pending, &mut found);
                    }
                    From::Call(call) => {
                        self.enter_call(call, rest, definition.span, &mut pending, &mut found);
                    }
                    From::Added(added) => {
                        self.enter(added, &[], definition.span, &mut pending, &mut found);
                    }
                }
            }
        }
        found
    }

    fn enter_value(
        &self,
        value: &'b Rvalue,
        rest: &[(&'b str, usize)],
        span: Option<&'b Span>,
        pending: &mut Vec<(usize, Path<'b>)>,
        found: &mut BTreeSet<Named>,
    ) {
        match value {
            Rvalue::Use(operand) | Rvalue::Repeat(operand) | Rvalue::Cast { operand, .. } => {
                self.enter(operand, rest, span, pending, found);
            }
            Rvalue::Reference { place, .. } => self.enter_place(place, rest, span, pending, found),
            Rvalue::Aggregate { kind, operands } => match (kind, rest.split_first()) {
                (Aggregate::Tuple | Aggregate::Named(_), Some(((_, number), rest))) => {
                    if let Some((_, operand)) = operands.get(*number) {
                        self.enter(operand, rest, span, pending, found);
                    }
                }
                (Aggregate::Array, _) => {
                    for (_, operand) in operands {
                        self.enter(operand, rest, span, pending, found);
                    }
                }
                // How a type of the workspace shows its fields is looked at in its own body.
                (Aggregate::Named(of), None) if !is_of_std(of) => {}
                (Aggregate::Tuple | Aggregate::Named(_), None) => {
                    for (_, operand) in operands {
                        self.enter(operand, &[], span, pending, found);
                    }
                }
                (Aggregate::Closure { .. }, _) => {}
            },
            _ => {}
        }
    }

    fn enter_call(
        &self,
        call: &'b Call,
        rest: &[(&'b str, usize)],
        span: Option<&'b Span>,
        pending: &mut Vec<(usize, Path<'b>)>,
        found: &mut BTreeSet<Named>,
    ) {
        let Callee::Path(callee) = &call.callee else {
            return;
        };
        let callee = CalleePath::parse(callee);
        if !is_of_std(&callee.name) {
            return;
        }
        let method = callee.method();
        if callee.name.ends_with("::Arguments::new")
            || method == "add"
            || method.starts_with("value_set")
        {
            for argument in &call.arguments {
                self.enter(argument, &[], span, pending, found);
            }
        } else if TEXT.contains(&method)
            && let Some(first) = call.arguments.first()
        {
            let rest = if SAME.contains(&method) { rest } else { &[] };
            self.enter(first, rest, span, pending, found);
        }
    }

    fn enter(
        &self,
        operand: &'b Operand,
        rest: &[(&'b str, usize)],
        span: Option<&'b Span>,
        pending: &mut Vec<(usize, Path<'b>)>,
        found: &mut BTreeSet<Named>,
    ) {
        if let Operand::Copy(place) | Operand::Move(place) = operand {
            self.enter_place(place, rest, span, pending, found);
        }
    }

    /// Looks at the names of a place; goes on behind it where they say nothing.
    fn enter_place(
        &self,
        place: &'b Place,
        rest: &[(&'b str, usize)],
        span: Option<&'b Span>,
        pending: &mut Vec<(usize, Path<'b>)>,
        found: &mut BTreeSet<Named>,
    ) {
        let mut at = path(place);
        if rest.is_empty()
            && let Some(named) = self.field(place, span)
        {
            match names::verdict(&named.name) {
                Verdict::Secret => {
                    found.insert(named);
                    return;
                }
                Verdict::Harmless => return,
                Verdict::Silent => {}
            }
        }
        at.extend(rest);
        let names = self.names.get(&place.local).into_iter().flatten();
        let of_place = names.filter(|(of, ..)| at.starts_with(of));
        if let Some((of, name, span)) = of_place.max_by_key(|(of, ..)| of.len()) {
            if names::verdict(name) == Verdict::Secret && !self.is_plain(place.local, of, DEEPEST) {
                found.insert(Named {
                    name: (*name).to_owned(),
                    span: span.cloned(),
                    kind: Kind::Variable,
                });
            }
            return;
        }
        pending.push((place.local, at));
    }

    /// The field that a place is, by the source: `self.password` where it is read, its declaration in a derive of `Debug`.
    fn field(&self, place: &Place, span: Option<&Span>) -> Option<Named> {
        let fields = place.projections.iter().rev();
        let mut fields = fields.skip_while(|projection| matches!(projection, Projection::Deref));
        let Some(Projection::Field(number, ty)) = fields.next() else {
            return None;
        };
        if !names::is_text(ty) {
            return None;
        }
        let span = span?;
        let text = super::super::source::text_at(&self.texts.text(&span.file)?, span);
        if let Some(name) = super::declaration::name(&text) {
            return names::is_shown_as_text(ty).then(|| Named {
                name: name.to_owned(),
                span: Some(span.clone()),
                kind: Kind::Derived,
            });
        }
        if names::is_shown_as_text(ty) && types::last_segment(&text) == "Serialize" {
            let variant = match fields.next() {
                Some(Projection::Downcast(variant)) => variant.clone(),
                _ => String::new(),
            };
            let text = self.texts.text(&span.file)?;
            let (name, declared) = super::declaration::field(&text, span, &variant, *number)?;
            return Some(Named {
                name,
                span: Some(declared),
                kind: Kind::Derived,
            });
        }
        let name = match text.rsplit_once('.') {
            Some((_, name)) => name,
            // `let Self { password, .. } = self`.
            None if self.shows_fields && place.local == 1 => &text,
            None => return None,
        };
        let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
        is_name.then(|| Named {
            name: name.to_owned(),
            span: Some(span.clone()),
            kind: Kind::Field,
        })
    }

    /// Whether all that is put into a variable is a constant, or what a sanitizer leaves, or the next piece of a text that
    /// is taken apart: that is a token of another kind.
    fn is_plain(&self, local: usize, at: &[(&'b str, usize)], depth: usize) -> bool {
        if depth == 0 || local >= 1 && local <= self.body.parameters {
            return false;
        }
        let mut is_set = false;
        for definition in self.definitions.get(&local).into_iter().flatten() {
            let Some(rest) = at.strip_prefix(definition.path.as_slice()) else {
                continue;
            };
            is_set = true;
            let place_is_plain = |place: &Place| {
                let mut at = path(place);
                at.extend(rest.iter().copied());
                self.is_plain(place.local, &at, depth - 1)
            };
            let operand_is_plain = |operand: &Operand| match operand {
                Operand::Constant(_) => true,
                Operand::Copy(place) | Operand::Move(place) => place_is_plain(place),
            };
            let is_plain = match definition.from {
                From::Value(Rvalue::Use(operand) | Rvalue::Cast { operand, .. }) => {
                    operand_is_plain(operand)
                }
                From::Value(Rvalue::Reference { place, .. }) => place_is_plain(place),
                From::Value(Rvalue::Aggregate { operands, .. }) if rest.is_empty() => operands
                    .iter()
                    .all(|(_, operand)| operand_is_plain(operand)),
                From::Value(Rvalue::Aggregate { operands, .. }) => operands
                    .get(rest[0].1)
                    .is_some_and(|(_, operand)| operand_is_plain(operand)),
                From::Value(_) => false,
                From::Added(operand) => operand_is_plain(operand),
                From::Call(call) => self.call_is_plain(call, &operand_is_plain),
            };
            if !is_plain {
                return false;
            }
        }
        is_set
    }

    fn call_is_plain(&self, call: &Call, operand_is_plain: &dyn Fn(&Operand) -> bool) -> bool {
        let Callee::Path(callee) = &call.callee else {
            return false;
        };
        let callee = CalleePath::parse(callee);
        if self.model.sanitizer(&callee.name).is_some() {
            return true;
        }
        let self_type = callee.self_type.as_deref().unwrap_or_default();
        let base = types::base(types::peel_references(self_type));
        if callee.method() == "next" && base.starts_with("std::str::") {
            return true;
        }
        is_of_std(&callee.name)
            && TEXT.contains(&callee.method())
            && call.arguments.first().is_some_and(operand_is_plain)
    }

    fn type_of(&self, place: &Place) -> String {
        let mut ty = self
            .body
            .locals
            .get(place.local)
            .map_or("", |local| &*local.ty);
        for projection in &place.projections {
            ty = match projection {
                Projection::Deref => types::pointee(ty).unwrap_or(ty),
                Projection::Field(_, ty) => ty,
                Projection::Downcast(_) | Projection::Slice => ty,
                Projection::Element(_) | Projection::ElementAt(_) => {
                    types::slice_element(ty).unwrap_or_default()
                }
            };
        }
        ty.to_owned()
    }
}

/// References and elements are left out: what is behind and inside them has the same name.
fn path(place: &Place) -> Path<'_> {
    let mut path = Vec::new();
    let mut variant = "";
    for projection in &place.projections {
        match projection {
            Projection::Downcast(name) => variant = name,
            // The pointer inside a box.
            Projection::Field(_, ty)
                if ty.starts_with("std::ptr::") || ty.starts_with("*const ") => {}
            Projection::Field(number, _) => path.push((std::mem::take(&mut variant), *number)),
            Projection::Deref
            | Projection::Element(_)
            | Projection::ElementAt(_)
            | Projection::Slice => {}
        }
    }
    path
}

/// Whether a path is of std, or of a logging crate's wrapping of values.
fn is_of_std(path: &str) -> bool {
    const CRATES: [&str; 10] = [
        "std",
        "core",
        "alloc",
        "str",
        "slice",
        "tracing",
        "tracing_core",
        "log",
        "<str>",
        "[T]",
    ];
    let root = path.split("::").next().unwrap_or(path);
    CRATES.contains(&root)
}
