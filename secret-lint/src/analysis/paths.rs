//! Steps into a value, each sequence of them stored once: comparing them is most of what sets of labels do.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::values::Field;

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

#[derive(Default)]
struct Known {
    /// By what comes before the last step, and that step.
    children: FxHashMap<(u32, Field), Path>,
    count: u32,
}

/// Steps into a value. Equal ones have one number; their order is that in which they came up.
#[derive(Clone)]
pub(super) struct Path {
    number: u32,
    fields: Rc<[Field]>,
}

impl Path {
    /// One step more.
    pub(super) fn child(&self, field: &Field) -> Self {
        KNOWN.with_borrow_mut(|known| {
            let key = (self.number, field.clone());
            if let Some(found) = known.children.get(&key) {
                return found.clone();
            }
            known.count += 1;
            let fields = self.fields.iter().chain([field]).cloned();
            let path = Self {
                number: known.count,
                fields: fields.collect(),
            };
            known.children.insert(key, path.clone());
            path
        })
    }
}

impl Default for Path {
    fn default() -> Self {
        thread_local! {
            static NONE: Rc<[Field]> = Rc::new([]);
        }
        Self {
            number: 0,
            fields: NONE.with(Rc::clone),
        }
    }
}

impl Deref for Path {
    type Target = [Field];

    fn deref(&self) -> &[Field] {
        &self.fields
    }
}

impl FromIterator<Field> for Path {
    fn from_iter<I: IntoIterator<Item = Field>>(fields: I) -> Self {
        fields
            .into_iter()
            .fold(Self::default(), |path, field| path.child(&field))
    }
}

impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for Path {}

impl PartialOrd for Path {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Path {
    fn cmp(&self, other: &Self) -> Ordering {
        self.number.cmp(&other.number)
    }
}

impl Hash for Path {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fields.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_steps_are_one_path() {
        let path = |fields: &[&str]| {
            fields
                .iter()
                .map(|field| Field::from(*field))
                .collect::<Path>()
        };
        assert_eq!(path(&["a", "b"]), path(&["a"]).child(&"b".into()));
        assert_ne!(path(&["a", "b"]), path(&["b", "a"]));
        assert_eq!(path(&[]), Path::default());
        assert_eq!(path(&["a", "b"]).len(), 2);
    }
}
