//! The labels of the corpus in `tests/flow`, and the score of a checker's reports against them.
//!
//! `tests/labels.rs` runs every function of the corpus to prove the labels; `tests/score.rs` runs the flow check.

pub mod label;

pub mod score;

/// Printed when an entry function has ended.
pub const FINISHED: &str = "== the function has ended";

/// Printed for a secret whose value stands in the source.
pub const HARDCODED: &str = "== the secret stands in the source";

/// Printed for a placeholder that would be sent.
pub const REDACTED_SENT: &str = "== the placeholder would be sent";
