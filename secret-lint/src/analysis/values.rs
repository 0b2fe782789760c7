//! What a place may hold: which secrets, which functions, and what it points to, field by field.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) use super::paths::Path;
use super::shared::Shared;
use super::types::Bindings;

/// One step into a value: `0`, `Some.0`, `[]`, or a name that the model makes up.
pub(super) type Field = Arc<str>;

/// Longer paths stand for all that begins with them.
pub(super) const LONGEST_PATH: usize = 5;

/// The last step of a path that stands for all that lies below.
pub(super) const ANYTHING: &str = "*";

/// The part of a name, as a literal is one, that stands for what is read under it. Text that is made of the name has
/// none of it.
pub(super) const UNDER_NAME: &str = "under this name";
/// The elements of a list, whichever.
pub(super) const ELEMENTS: &str = "[]";
/// What was added behind the elements that are known one by one.
pub(super) const ADDED: &str = "[+]";

/// In a number: the text that its bytes are.
pub(super) const NUMBER: &str = "#number";
/// In a number: one byte or character of a text.
pub(super) const BYTE: &str = "#byte";
/// In a number: one that is shifted.
pub(super) const SHIFTED: &str = "#shifted";

/// What a map holds under keys that are not known.
const VALUE: &str = "value";

/// Whether a field is what a map holds under one literal key: `=user`.
fn is_keyed(field: &Field) -> bool {
    field.starts_with('=')
}

/// More paths than this into one parameter or cell are shortened.
const MOST_PATHS: usize = 8;

/// The elements of longer lists are not known one by one.
const MOST_ELEMENTS: usize = 8;

/// A value with more parts than this loses its deepest ones.
const MOST_PARTS: usize = 48;

thread_local! {
    static WORK: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How often values were joined on this thread, more for large ones: what the analysis spends its time on, and the same
/// each time.
pub(super) fn work() -> usize {
    WORK.get()
}

/// Something whose way is followed.
#[derive(Clone, Debug, Hash, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    /// A secret, by the number of its source.
    Source(u32),
    /// Whatever the caller passes in this part of a parameter.
    Parameter(usize, Path),
}

/// A function as a value, with what its type parameters stand for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Function {
    /// As printed.
    pub(super) path: Arc<str>,
    /// Of the function that made it.
    pub(super) bindings: Bindings,
    /// Whether it takes itself as the first parameter: a closure or coroutine.
    pub(super) is_closure: bool,
}

/// Something that can be pointed to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cell {
    /// A variable of the body.
    Local(usize),
    /// What a parameter holds or refers to.
    Parameter(usize),
    /// Made on the heap: where, and through how many calls.
    Heap(u64, u8),
    /// A static variable.
    Static(Arc<str>),
}

/// A part of a cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Location {
    /// Of what.
    pub(super) cell: Cell,
    /// Which part.
    pub(super) path: Path,
}

/// What a place may hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Value {
    /// In all parts that have no entry in `fields`.
    pub(super) labels: Shared<BTreeSet<Label>>,
    /// What it refers to.
    pub(super) pointers: Shared<BTreeSet<Location>>,
    /// The functions that it may be.
    pub(super) functions: Shared<BTreeSet<Function>>,
    /// The types that it may have behind `dyn`.
    pub(super) types: Shared<BTreeSet<Arc<str>>>,
    /// Its parts.
    pub(super) fields: Shared<BTreeMap<Field, Value>>,
}

impl Value {
    /// Something that carries these labels in every part.
    pub(super) fn of(mut labels: BTreeSet<Label>) -> Self {
        shorten_labels(&mut labels);
        Self {
            labels: labels.into(),
            ..Self::default()
        }
    }

    /// Something made of all of these: whatever parts they have, it has none of them.
    pub(super) fn made_of(labels: BTreeSet<Label>) -> Self {
        let labels = labels.into_iter().map(|label| match label {
            Label::Parameter(index, path) if !is_open(&path) => {
                Label::Parameter(index, path.child(&ANYTHING.into()))
            }
            other => other,
        });
        Self::of(labels.collect())
    }

    /// A reference.
    pub(super) fn pointer(location: Location) -> Self {
        Self {
            pointers: BTreeSet::from([location]).into(),
            ..Self::default()
        }
    }

    /// Whether nothing is known to be in it.
    pub(super) fn is_empty(&self) -> bool {
        self.labels.is_empty()
            && self.pointers.is_empty()
            && self.functions.is_empty()
            && self.types.is_empty()
            && self.fields.is_empty()
    }

    /// A part of it. The values of a map are those under all keys, and the one under a key may be any that has no key.
    pub(super) fn field(&self, field: &Field) -> Self {
        if &**field == VALUE && self.is_keyed() {
            let mut value = self.part(field);
            for (_, other) in self.fields.iter().filter(|(field, _)| is_keyed(field)) {
                value.join(other);
            }
            return value;
        }
        if is_keyed(field)
            && !self.fields.contains_key(field)
            && let Some(value) = self.fields.get(VALUE)
        {
            return value.clone();
        }
        self.part(field)
    }

    /// What a part begins with that gets a name of its own.
    fn inherited(&self, field: &Field) -> Self {
        if &**field == VALUE {
            self.part(field)
        } else {
            self.field(field)
        }
    }

    /// Whether parts of it have literal keys.
    pub(super) fn is_keyed(&self) -> bool {
        self.fields.keys().any(is_keyed)
    }

    /// A part of it by its own name alone.
    fn part(&self, field: &Field) -> Self {
        if let Some(value) = self.fields.get(field) {
            return value.clone();
        }
        if is_one_element(field)
            && let Some(elements) = self.fields.get(ELEMENTS)
        {
            return elements.clone();
        }
        if matches!(&**field, BYTE | SHIFTED) {
            return Self::default();
        }
        // A secret beside a number says nothing of the number; what the caller's number holds is not known here.
        if &**field == NUMBER {
            let labels = self.labels.iter().filter_map(|label| match label {
                Label::Parameter(index, path) if path.len() < LONGEST_PATH && !is_open(path) => {
                    Some(Label::Parameter(*index, path.child(field)))
                }
                _ => None,
            });
            return Self {
                labels: labels.collect(),
                ..Self::default()
            };
        }
        if &**field == ANYTHING {
            let mut value = self.clone();
            value.limit(0);
            return value;
        }
        let labels = self.labels.iter().filter_map(|label| match label {
            Label::Parameter(index, path) if path.len() < LONGEST_PATH && !is_open(path) => {
                Some(Label::Parameter(*index, path.child(field)))
            }
            other => (&**field != UNDER_NAME).then(|| other.clone()),
        });
        Self {
            labels: labels.collect(),
            functions: self
                .functions
                .iter()
                .filter(|function| !function.is_closure)
                .cloned()
                .collect(),
            types: self.types.clone(),
            ..Self::default()
        }
    }

    /// Puts a part into it, in place of what was there or beside it.
    ///
    /// Where elements of a list are known one by one, `[]` is what any of them holds.
    pub(super) fn set(&mut self, path: &[Field], value: Value, replaces: bool) {
        let replaces = replaces && !is_open(path);
        let Some((field, rest)) = path
            .split_first()
            .filter(|(field, _)| &***field != ANYTHING)
        else {
            if replaces {
                *self = value;
            } else {
                self.join(&value);
            }
            return;
        };
        let is_one = is_one_element(field);
        if is_one && !self.fields.contains_key(field) {
            if &**field == ADDED && self.is_ordered() {
                self.fields.insert(field.clone(), Self::default());
            } else {
                self.entry(&ELEMENTS.into()).set(rest, value, false);
                return;
            }
        }
        if &**field == ELEMENTS {
            for (_, element) in self
                .fields
                .iter_mut()
                .filter(|(name, _)| is_one_element(name))
            {
                element.set(rest, value.clone(), false);
            }
        }
        if &**field == VALUE {
            for (_, keyed) in self.fields.iter_mut().filter(|(name, _)| is_keyed(name)) {
                keyed.set(rest, value.clone(), false);
            }
        }
        self.entry(field).set(rest, value, replaces);
        if is_one {
            let mut all = Self::default();
            for (_, element) in self.fields.iter().filter(|(name, _)| is_one_element(name)) {
                all.join(element);
            }
            self.fields.insert(ELEMENTS.into(), all);
        }
    }

    fn entry(&mut self, field: &Field) -> &mut Self {
        if !self.fields.contains_key(field) {
            let inherited = self.inherited(field);
            self.fields.insert(field.clone(), inherited);
        }
        self.fields.entry(field.clone()).or_default()
    }

    /// Makes it a list of these.
    pub(super) fn list(&mut self, elements: Vec<Value>) {
        let mut all = Self::default();
        for element in &elements {
            all.join(element);
        }
        if (1..=MOST_ELEMENTS).contains(&elements.len()) {
            let numbered = elements.into_iter().enumerate();
            self.fields
                .extend(numbered.map(|(number, element)| (element_at(number), element)));
        }
        self.fields.insert(ELEMENTS.into(), all);
    }

    /// Forgets which element is which in a part of it.
    pub(super) fn forget_order(&mut self, path: &[Field]) {
        match path.split_first() {
            Some((field, rest)) => {
                if let Some(part) = self.fields.get_mut(field) {
                    part.forget_order(rest);
                }
            }
            None if self.is_ordered() => self.fields.retain(|name, _| !is_one_element(name)),
            None => {}
        }
    }

    /// Whether it is known which element is which.
    pub(super) fn is_ordered(&self) -> bool {
        self.fields.keys().any(|name| is_one_element(name))
    }

    /// Adds what another value may hold; says whether that is anything new.
    pub(super) fn join(&mut self, other: &Value) -> bool {
        WORK.set(WORK.get() + 1 + self.labels.len() + other.labels.len());
        if other.is_empty() && self.fields.is_empty() || self == other {
            return false;
        }
        let mut changed = false;
        let has_keys = other.fields.contains_key(VALUE) && self.is_keyed()
            || other.fields.contains_key(ELEMENTS) && self.is_ordered();
        if has_keys || !other.parts_without_entry().is_empty() {
            let missing = self
                .fields
                .keys()
                .filter(|field| !other.fields.contains_key(*field))
                .cloned()
                .collect::<Vec<_>>();
            for field in missing {
                changed |= self.join_part(&field, &other.inherited(&field));
            }
        }
        for (field, value) in &other.fields {
            changed |= self.join_part(field, value);
        }
        if self.labels.add(&other.labels) {
            shorten_labels(&mut self.labels);
            changed = true;
        }
        if self.pointers.add(&other.pointers) {
            shorten_pointers(&mut self.pointers);
            changed = true;
        }
        changed |= self.functions.add(&other.functions);
        changed | self.types.add(&other.types)
    }

    fn join_part(&mut self, field: &Field, value: &Value) -> bool {
        let is_known = self.fields.contains_key(field);
        let mut part = self.inherited(field);
        let changed = part.join(value);
        if changed || !is_known {
            self.fields.insert(field.clone(), part);
        }
        changed || !is_known
    }

    /// What of a value is in all parts that have no entry of their own.
    fn parts_without_entry(&self) -> Self {
        Self {
            labels: self.labels.clone(),
            functions: self.functions.clone(),
            types: self.types.clone(),
            ..Self::default()
        }
    }

    /// How deep its parts lie.
    fn depth(&self) -> usize {
        let deepest = self.fields.values().map(Self::depth).max();
        deepest.map_or(0, |depth| depth + 1)
    }

    /// How many parts it has, and they have.
    fn parts(&self) -> usize {
        1 + self.fields.values().map(Self::parts).sum::<usize>()
    }

    /// Merges the deepest parts of what has too many.
    pub(super) fn narrow(&mut self) {
        let mut depth = LONGEST_PATH + 2;
        if self.fields.is_empty() {
            return;
        }
        while depth > 0 && self.parts() > MOST_PARTS {
            depth -= 1;
            self.limit(depth);
        }
    }

    /// Merges the parts that lie deeper than `depth` into what holds them.
    pub(super) fn limit(&mut self, depth: usize) {
        if depth == 0 && !self.fields.is_empty() {
            let fields = std::mem::take(&mut self.fields);
            for (field, mut value) in fields {
                if &*field == UNDER_NAME {
                    continue;
                }
                value.limit(0);
                self.labels.extend(value.labels);
                self.pointers.extend(value.pointers);
                self.functions.extend(value.functions);
                self.types.extend(value.types);
            }
            shorten_labels(&mut self.labels);
            shorten_pointers(&mut self.pointers);
            return;
        }
        if self.depth() > depth {
            for value in self.fields.values_mut() {
                value.limit(depth.saturating_sub(1));
            }
        }
    }

    /// Without the secrets.
    pub(super) fn without_labels(&self) -> Self {
        let fields = self
            .fields
            .iter()
            .map(|(field, value)| {
                let part = if &**field == NUMBER {
                    value.clone()
                } else {
                    value.without_labels()
                };
                (field.clone(), part)
            })
            .filter(|(_, value)| !value.is_empty());
        Self {
            labels: Shared::default(),
            pointers: self.pointers.clone(),
            functions: self.functions.clone(),
            types: self.types.clone(),
            fields: fields.collect(),
        }
    }
}

/// The name of an element by its number.
pub(super) fn element_at(number: usize) -> Field {
    format!("[{number}]").into()
}

fn is_one_element(field: &str) -> bool {
    field.starts_with('[') && field != ELEMENTS
}

/// Whether a path stands for all that lies below where it leads.
pub(super) fn is_open(path: &[Field]) -> bool {
    path.last().is_some_and(|field| &**field == ANYTHING)
}

fn shortened(path: &Path, length: usize) -> Path {
    if path.len() <= length {
        return path.clone();
    }
    let beginning = path[..length].iter().cloned();
    beginning.chain([Arc::from(ANYTHING)]).collect()
}

/// Keeps sets of labels small: many paths into one parameter become a few shorter ones that stand for all below.
pub(super) fn shorten_labels(labels: &mut BTreeSet<Label>) {
    if labels.len() <= MOST_PATHS {
        return;
    }
    // They are sorted: those of one parameter follow each other.
    let mut counts = Vec::<(usize, usize)>::new();
    for label in &*labels {
        let Label::Parameter(index, _) = label else {
            continue;
        };
        match counts.last_mut() {
            Some((of, count)) if of == index => *count += 1,
            _ => counts.push((*index, 1)),
        }
    }
    counts.retain(|(_, count)| *count > MOST_PATHS);
    for (index, _) in counts {
        let mut length = LONGEST_PATH;
        // Numbers first: what they hold is seldom text.
        labels.retain(|label| match label {
            Label::Parameter(of, path) if *of == index => {
                path.last().is_none_or(|last| &**last != NUMBER)
            }
            _ => true,
        });
        let mut count = count_of(labels, index);
        while count > MOST_PATHS && length > 0 {
            length -= 1;
            *labels = std::mem::take(labels)
                .into_iter()
                .map(|label| match label {
                    Label::Parameter(of, path) if of == index => {
                        Label::Parameter(of, shortened(&path, length))
                    }
                    other => other,
                })
                .collect();
            count = count_of(labels, index);
        }
    }
}

fn count_of(labels: &BTreeSet<Label>, index: usize) -> usize {
    labels
        .iter()
        .filter(|label| matches!(label, Label::Parameter(of, _) if *of == index))
        .count()
}

/// The same for what a value refers to.
fn shorten_pointers(pointers: &mut BTreeSet<Location>) {
    if pointers.len() <= MOST_PATHS {
        return;
    }
    let mut counts = Vec::<(Cell, usize)>::new();
    for pointer in &*pointers {
        match counts.last_mut() {
            Some((of, count)) if *of == pointer.cell => *count += 1,
            _ => counts.push((pointer.cell.clone(), 1)),
        }
    }
    counts.retain(|(_, count)| *count > MOST_PATHS);
    for (cell, count) in counts {
        let mut length = LONGEST_PATH;
        let mut count = count;
        while count > MOST_PATHS && length > 0 {
            length -= 1;
            *pointers = std::mem::take(pointers)
                .into_iter()
                .map(|pointer| Location {
                    path: if pointer.cell == cell {
                        shortened(&pointer.path, length)
                    } else {
                        pointer.path
                    },
                    cell: pointer.cell,
                })
                .collect();
            count = pointers.iter().filter(|of| of.cell == cell).count();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(fields: &[&str]) -> Path {
        fields.iter().map(|field| Arc::from(*field)).collect()
    }

    #[test]
    fn many_paths_become_one_that_covers_them() {
        let labels = (0..20)
            .map(|number| Label::Parameter(1, path(&["a", &number.to_string()])))
            .chain([Label::Source(3), Label::Parameter(2, path(&["b"]))]);
        let value = Value::of(labels.collect());
        let expected = [
            Label::Source(3),
            Label::Parameter(1, path(&["a", ANYTHING])),
            Label::Parameter(2, path(&["b"])),
        ];
        assert_eq!(*value.labels, BTreeSet::from(expected));
        let part = value.field(&"x".into());
        assert!(
            part.labels
                .contains(&Label::Parameter(1, path(&["a", ANYTHING])))
        );
    }

    #[test]
    fn anything_in_a_value_is_all_that_is_below() {
        let mut value = Value::default();
        let secret = Value::of(BTreeSet::from([Label::Source(1)]));
        value.set(&path(&["a", "b"]), secret, true);
        let all = value.field(&ANYTHING.into());
        assert_eq!(*all.labels, BTreeSet::from([Label::Source(1)]));
        value.set(&path(&["a", ANYTHING]), Value::default(), true);
        let kept = value.field(&"a".into()).field(&"b".into());
        assert_eq!(*kept.labels, BTreeSet::from([Label::Source(1)]));
    }

    #[test]
    fn a_map_tells_its_literal_keys_apart() {
        let secret = |number| Value::of(BTreeSet::from([Label::Source(number)]));
        let mut map = Value::default();
        map.set(&path(&["=user"]), secret(1), true);
        map.set(&path(&["=code"]), secret(2), true);
        assert_eq!(map.field(&"=user".into()), secret(1));
        let all = map.field(&"value".into()).labels;
        assert_eq!(*all, BTreeSet::from([Label::Source(1), Label::Source(2)]));
        // What is stored under a key that is not known can be under each.
        map.set(&path(&["value"]), secret(3), false);
        for key in ["=user", "=code", "=other"] {
            let found = map.field(&key.into()).labels;
            assert!(found.contains(&Label::Source(3)), "{key}");
        }
        assert!(
            !map.field(&"=other".into())
                .labels
                .contains(&Label::Source(2))
        );
    }

    #[test]
    fn a_wide_tree_loses_depth_and_no_label() {
        let mut value = Value::default();
        for number in 0..400_u32 {
            let (one, other) = ((number / 40).to_string(), number.to_string());
            let secret = Value::of(BTreeSet::from([Label::Source(number)]));
            value.set(&path(&[&one, &other]), secret, true);
        }
        value.narrow();
        assert!(value.parts() <= MOST_PARTS);
        assert_eq!(value.field(&ANYTHING.into()).labels.len(), 400);
    }
}
