//! Which types may be printed as a field, and that their views serialise.
#![allow(clippy::linkedlist, reason = "whoever has one may print it")]
#![cfg(all(feature = "derive", feature = "serde", feature = "fingerprint"))]

use std::cell::{Cell, OnceCell};
use std::collections::{BinaryHeap, LinkedList};
use std::num::Wrapping;
use std::ops::Bound;

use secret_core::{Fingerprint, FingerprintKey, Mask, Redact, SecretError, SecretString};

#[derive(Redact)]
#[allow(dead_code, reason = "only printed")]
struct Printed {
    heap: BinaryHeap<u32>,
    list: LinkedList<u32>,
    once: OnceCell<u32>,
    bound: Bound<u32>,
    mask: Mask,
    error: SecretError,
    fingerprint_of: &'static FingerprintKey,
}

#[test]
fn what_holds_no_secret_is_printed() {
    let printed = Printed {
        heap: BinaryHeap::from([1]),
        list: LinkedList::from([2]),
        once: OnceCell::from(3),
        bound: Bound::Included(4),
        mask: Mask::all(),
        error: SecretError::AlreadyRedacted,
        fingerprint_of: FingerprintKey::of_this_process(),
    };
    let text = format!("{printed:?}");
    assert!(text.starts_with(
        "Printed { heap: [1], list: [2], once: OnceCell(3), bound: Included(4), mask: Mask(All), error: AlreadyRedacted,"
    ), "{text}");
    assert!(text.contains("[REDACTED]"), "{text}");
}

#[derive(Redact)]
#[redact(serialize)]
struct Viewed {
    heap: BinaryHeap<u32>,
    list: LinkedList<u32>,
    wrapping: Wrapping<u32>,
    cell: Cell<u32>,
    fingerprint: Fingerprint,
}

#[test]
fn what_is_printed_serialises_in_a_view() {
    let fingerprint = SecretString::from(String::from("k-4711")).fingerprint();
    let viewed = Viewed {
        heap: BinaryHeap::from([1]),
        list: LinkedList::from([2]),
        wrapping: Wrapping(3),
        cell: Cell::new(4),
        fingerprint,
    };
    assert_eq!(
        serde_json::to_string(&viewed.redacted()).expect("JSON"),
        format!(r#"{{"heap":[1],"list":[2],"wrapping":3,"cell":4,"fingerprint":"{fingerprint}"}}"#)
    );
}
