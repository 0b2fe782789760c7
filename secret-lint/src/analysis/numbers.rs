//! Numbers that are made of the bytes of a text: they are that text, while lengths, counts and sums are not.

use std::sync::Arc;

use super::calls::Argument;
use super::frame::Frame;
use super::types::{self, CalleePath};
use super::values::{BYTE, NUMBER, SHIFTED, Value};

impl Frame<'_, '_> {
    /// `from_be_bytes` and its like, and what leaves such a number whole.
    pub(super) fn number_call(
        &mut self,
        callee: &CalleePath,
        arguments: &[Argument],
    ) -> Option<Value> {
        let (owner, method) = callee.name.rsplit_once("::")?;
        if !types::is_integer(owner) {
            return None;
        }
        let first = &arguments.first()?.value;
        match method {
            "from_be_bytes" | "from_le_bytes" | "from_ne_bytes" => Some(self.number_of(first)),
            "to_be_bytes" | "to_le_bytes" | "to_ne_bytes" => {
                let labels = self.state.labels(&first.field(&Arc::from(NUMBER)));
                let mut result = Value::default();
                result.set(&[Arc::from("[]")], Value::of(labels), true);
                Some(result)
            }
            "swap_bytes" | "rotate_left" | "rotate_right" | "reverse_bits" | "to_be" | "to_le"
            | "from_be" | "from_le" => Some(first.clone()),
            _ => None,
        }
    }

    /// A number that is all that a value holds.
    pub(super) fn number_of(&self, value: &Value) -> Value {
        let labels = self.state.labels(value);
        let mut result = Value::default();
        if !labels.is_empty() {
            result.set(&[Arc::from(NUMBER)], Value::of(labels), true);
        }
        result
    }

    /// A byte or a character as a number.
    pub(super) fn widened(&self, value: Value, from: &str, to: &str) -> Value {
        if !types::is_integer(to) || types::is_integer(from) {
            return value;
        }
        let labels = self.state.labels(&value);
        let mut result = value;
        if !labels.is_empty() {
            result.set(&[Arc::from(BYTE)], Value::of(labels), true);
        }
        result
    }

    /// What an operation on numbers makes: bytes that are shifted and put together are a text again.
    pub(super) fn combined(&self, operation: &str, left: Value, right: &Value) -> Value {
        let has = |value: &Value, names: &[&str]| {
            names.iter().any(|name| {
                !self
                    .state
                    .labels(&value.field(&Arc::from(*name)))
                    .is_empty()
            })
        };
        let mut value = left;
        let operation = operation
            .trim_end_matches("Unchecked")
            .trim_end_matches("WithOverflow");
        match operation {
            "BitOr" => {
                let parts = |value: &Value| has(value, &[NUMBER, SHIFTED]);
                let any = |value: &Value| has(value, &[NUMBER, SHIFTED, BYTE]);
                if parts(&value) && any(right) || any(&value) && parts(right) {
                    value.join(right);
                    let number = self.number_of(&value);
                    value.join(&number);
                    return value;
                }
                value.join(right);
            }
            "Shl" => {
                if let Some(byte) = value.fields.remove(BYTE) {
                    value.set(&[Arc::from(SHIFTED)], byte, true);
                }
            }
            "Shr" | "Offset" => {}
            "BitAnd" => {
                value.join(right);
            }
            "Add" | "Sub" | "BitXor" => {
                value.join(right);
                value.fields.remove(BYTE);
                value.fields.remove(SHIFTED);
            }
            _ => {
                value.join(right);
                value
                    .fields
                    .retain(|name, _| !matches!(&**name, NUMBER | BYTE | SHIFTED));
            }
        }
        value
    }
}

/// What of a value can be in a type of numbers that is no text.
pub(super) fn kept(value: &Value) -> Value {
    let mut result = Value::default();
    for name in [NUMBER, BYTE, SHIFTED] {
        let part = value.field(&Arc::from(name));
        if !part.is_empty() {
            result.fields.insert(Arc::from(name), part);
        }
    }
    result
}
