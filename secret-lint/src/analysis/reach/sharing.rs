//! Whether what is in something can be changed from elsewhere, by its type.

use rustc_hash::FxHashSet;

use super::super::types;
use super::facts::holds;

/// Words of types through which something can be changed by whoever has a reference, or behind which functions are.
pub(super) const CHANGING: [&str; 15] = [
    "*mut ", "*const ", "Mutex", "RwLock", "Cell", "Once", "Lazy", "LocalKey", "Sender",
    "Receiver", "Guard", "dyn ", "impl ", "fn(", "{",
];

/// Words of types through which something can be changed by whoever has them.
const SHARED: [&str; 7] = [
    "&mut ", "' mut ", "_ mut ", "Box<", "Unique<", "NonNull<", "Weak<",
];

/// Types of std that borrow something to change it, beside those that end in `Mut`.
const BORROWING_TO_CHANGE: [&str; 8] = [
    "DebugList",
    "DebugMap",
    "DebugStruct",
    "DebugTuple",
    "Drain",
    "Entry",
    "OccupiedEntry",
    "VacantEntry",
];

/// What is known of the workspace's types, by their last words.
pub(super) struct Sharing {
    /// Those whose fields are known.
    pub(super) owners: FxHashSet<String>,
    /// Those through which something can be changed by a reference to them.
    pub(super) changing: FxHashSet<String>,
    /// Those through which something can be changed.
    pub(super) known: FxHashSet<String>,
}

impl Sharing {
    /// Whether what is in something of a type can be changed from elsewhere, or functions can be in it. `known` are the
    /// types of which that is known already.
    pub(super) fn is_shared(&self, ty: &str, known: &FxHashSet<String>) -> bool {
        if types::is_mutable_reference(ty) {
            return true;
        }
        let ty = self.without_readers(ty);
        holds(&ty, &SHARED, known) || holds(&ty, &CHANGING, &self.changing) || self.borrows(&ty)
    }

    /// A type without its references, and other pointers, that allow reading alone.
    fn without_readers(&self, ty: &str) -> String {
        let mut kept = String::new();
        let mut rest = ty;
        while let Some((at, begins)) = ["&", "std::sync::Arc<", "std::rc::Rc<"]
            .iter()
            .filter_map(|word| Some((rest.find(word)?, word.len())))
            .min()
        {
            let (before, inner) = (&rest[..at], &rest[at + begins..]);
            kept.push_str(before);
            let length = extent(inner);
            let (inner, after) = inner.split_at(length);
            if inner.starts_with("mut ") || inner.contains(" mut ") {
                kept.push_str("&mut ");
            } else if holds(inner, &CHANGING, &self.changing) {
                kept.push_str(inner);
            }
            rest = after;
        }
        kept.push_str(rest);
        kept
    }

    /// Whether a type of others borrows something that it may change.
    fn borrows(&self, ty: &str) -> bool {
        ty.match_indices("<'").any(|(at, _)| {
            let mut words =
                ty[..at].rsplit(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':'));
            let path = words.next().unwrap_or_default();
            let word = types::last_segment(path);
            if types::is_of_std(path) {
                word.ends_with("Mut") || BORROWING_TO_CHANGE.contains(&word)
            } else {
                !self.owners.contains(word)
            }
        })
    }
}

/// How long the type is that a text begins with.
fn extent(text: &str) -> usize {
    let mut depth = 0_i32;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '<' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '>' if before != '-' => depth -= 1,
            _ => {}
        }
        if depth < 0 || depth == 0 && matches!(c, ',' | ';') {
            return at;
        }
        before = c;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashSet;

    use super::Sharing;

    #[track_caller]
    fn check(ty: &str, expected: bool) {
        let of = |word: &str| FxHashSet::from_iter([word.to_owned()]);
        let sharing = Sharing {
            owners: of("Borrowing"),
            changing: of("Counter"),
            known: of("Holder"),
        };
        assert_eq!(sharing.is_shared(ty, &sharing.known), expected, "{ty}");
    }

    #[test]
    fn a_reference_that_reads_changes_nothing() {
        check("&own::Holder", false);
        check("std::option::Option<&own::Holder>", false);
        check("std::sync::Arc<own::Holder>", false);
        check("std::slice::Iter<'_, own::Plain>", false);
        check("own::Borrowing<'_>", false);
    }

    #[test]
    fn what_can_be_written_through_is_shared() {
        check("&mut own::Plain", true);
        check("&std::cell::RefCell<u8>", true);
        check("std::sync::Arc<own::Counter>", true);
        check("own::Holder", true);
        check("std::slice::IterMut<'_, own::Plain>", true);
        check("other::Writer<'_>", true);
    }

    #[test]
    fn a_damaged_type_is_read_to_its_end() {
        check("std::fmt::Argu\u{fffd}ents<'_>", false);
    }
}
