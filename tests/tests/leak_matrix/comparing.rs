//! Comparing, ordering and looking up, which ask for forms that show or tell the value.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Debug;

use crate::canary::{plain, secret};
use crate::channel::{Theme, does_not_compile, redacted};

const HASHED: &str = "a secret cannot be hashed, so it cannot be a key of a map or in a set";
const ORDERED: &str = "secrets have no order";

pub(crate) const THEME: Theme = Theme {
    name: "comparing",
    channels: &[
        does_not_compile!(
            "key of a HashMap",
            ["secret/hash_map_key"],
            HASHED,
            |key| format!("{:?}", HashMap::from([(key, "ada")]))
        ),
        does_not_compile!(
            "element of a HashSet",
            ["secret/hash", "secret/derive_hash"],
            HASHED,
            |key| format!("{:?}", HashSet::from([key]))
        ),
        does_not_compile!(
            "element of a BTreeSet",
            ["secret/btree_set", "secret/derive_ord"],
            ORDERED,
            |key| format!("{:?}", BTreeSet::from([key]))
        ),
        does_not_compile!("sorted list", ["secret/sort"], ORDERED, |key| {
            let mut keys = [key, String::from("other")];
            keys.sort();
            format!("{keys:?}")
        }),
        redacted!("assert_eq! of structs with a secret", |key| failed(|| {
            differing(key);
        })),
        redacted!(
            "fingerprint as the key of a map",
            "{#",
            format!("{:?}", BTreeMap::from([(plain(), "ada")])),
            format!("{:?}", BTreeMap::from([(secret().fingerprint(), "ada")]))
        ),
    ],
};

/// The text of a panic that is caught.
fn failed(test: impl FnOnce()) -> String {
    std::panic::set_hook(Box::new(|_| {}));
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(test));
    drop(std::panic::take_hook());
    *caught.unwrap_err().downcast::<String>().unwrap()
}

#[derive(Debug, PartialEq)]
struct Login<T> {
    user: &'static str,
    key: T,
}

fn differing<T: Debug + PartialEq + From<String>>(key: T) {
    let [left, right] = [key, String::from("another").into()].map(|key| Login { user: "ada", key });
    assert_eq!(left, right);
}
