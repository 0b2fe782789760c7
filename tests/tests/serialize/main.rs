//! `#[redact(serialize)]`: the redacted view holds no secret, and what the revealed view writes reads back as it was.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod attributes;
mod enums;
mod hygiene;
mod marks;
mod nested;
mod structs;

use std::fmt;

use secret_core::SecretString;
use secret_core::serde::{RedactedView, RevealedView};
use serde::Serialize;
use serde::de::DeserializeOwned;

const CANARY: &str = "hunter2-correct-horse";

fn canary() -> String {
    String::from(CANARY)
}

fn secret() -> SecretString {
    canary().into()
}

/// The two views of a type under test.
trait Views: Sized {
    fn views(&self) -> (RedactedView<'_, Self>, RevealedView<'_, Self>);
}

/// Lets [`assert_json`] make the views, which are inherent methods.
macro_rules! views {
    ($($type:ty),* $(,)?) => { $(
        impl Views for $type {
            fn views(&self) -> (RedactedView<'_, Self>, RevealedView<'_, Self>) {
                (self.redacted(), self.revealed("the test reads it back"))
            }
        }
    )* };
}
use views;

/// Asserts both forms as JSON, that the revealed one reads back equal, and that the redacted one holds no canary.
#[track_caller]
fn assert_json<T>(value: &T, redacted: &str, revealed: &str)
where
    T: Views + DeserializeOwned + PartialEq + fmt::Debug,
    for<'a> RedactedView<'a, T>: Serialize,
    for<'a> RevealedView<'a, T>: Serialize,
{
    let (masked, real) = value.views();
    let shown = serde_json::to_string(&masked).unwrap();
    assert_eq!(shown, redacted);
    assert!(!shown.contains(CANARY));
    let written = serde_json::to_string(&real).unwrap();
    assert_eq!(written, revealed);
    assert!(serde_json::from_str::<T>(&written).unwrap() == *value);
}
