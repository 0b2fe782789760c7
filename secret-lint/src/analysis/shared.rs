//! Sets and maps that are copied when they change, and not before: most copies of a value never do.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

/// A collection that there is an empty one of.
pub(super) trait Collection: Clone + Default + 'static {
    /// Without elements.
    fn empty() -> &'static Self;
}

impl<K: Clone + 'static, V: Clone + 'static> Collection for BTreeMap<K, V> {
    fn empty() -> &'static Self {
        const { &Self::new() }
    }
}

impl<T: Clone + 'static> Collection for BTreeSet<T> {
    fn empty() -> &'static Self {
        const { &Self::new() }
    }
}

/// A collection that its copies share until one of them changes.
#[derive(Clone)]
pub(super) struct Shared<T>(Option<Rc<T>>);

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Collection> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.0 {
            Some(inner) => inner,
            None => T::empty(),
        }
    }
}

impl<T: Collection> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        Rc::make_mut(self.0.get_or_insert_default())
    }
}

impl<T> Shared<T> {
    /// Whether both are copies of one.
    fn is_same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Rc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        }
    }
}

impl<T: Ord + Clone + 'static> Shared<BTreeSet<T>> {
    /// Adds the elements of another set; says whether there were any new ones.
    pub(super) fn add(&mut self, other: &Self) -> bool {
        if self.is_same(other) || other.is_subset(self) {
            return false;
        }
        if self.is_empty() {
            self.clone_from(other);
        } else {
            self.extend(other.iter().cloned());
        }
        true
    }
}

impl<T: Collection + PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || **self == **other
    }
}

impl<T: Collection + Eq> Eq for Shared<T> {}

impl<T: Collection + fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T> From<T> for Shared<T> {
    fn from(inner: T) -> Self {
        Self(Some(Rc::new(inner)))
    }
}

impl<T: Collection + FromIterator<A>, A> FromIterator<A> for Shared<T> {
    fn from_iter<I: IntoIterator<Item = A>>(elements: I) -> Self {
        let mut elements = elements.into_iter().peekable();
        if elements.peek().is_none() {
            return Self(None);
        }
        elements.collect::<T>().into()
    }
}

impl<T: Collection + IntoIterator> IntoIterator for Shared<T> {
    type Item = T::Item;
    type IntoIter = T::IntoIter;

    fn into_iter(self) -> T::IntoIter {
        self.0
            .map(Rc::unwrap_or_clone)
            .unwrap_or_default()
            .into_iter()
    }
}

impl<'s, T: Collection> IntoIterator for &'s Shared<T>
where
    &'s T: IntoIterator,
{
    type Item = <&'s T as IntoIterator>::Item;
    type IntoIter = <&'s T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (**self).into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_to_one_copy_leaves_the_other() {
        let mut one = Shared::from(BTreeSet::from([1]));
        let other = one.clone();
        assert!(one.is_same(&other));
        one.insert(2);
        assert_eq!(*one, BTreeSet::from([1, 2]));
        assert_eq!(*other, BTreeSet::from([1]));
    }

    #[test]
    fn nothing_is_empty_and_equal_to_what_became_empty() {
        let mut one = Shared::from(BTreeSet::from([1]));
        one.clear();
        assert_eq!(one, Shared::default());
        assert!(Shared::<BTreeSet<u8>>::default().is_empty());
    }
}
