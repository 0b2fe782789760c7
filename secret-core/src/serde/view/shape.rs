//! Placeholders in the shape of what they stand for.

use alloc::format;
use core::fmt::Debug;

use ::serde::ser::{SerializeMap, SerializeSeq};
use ::serde::{Serialize, Serializer};

use crate::__private::Shape;
use crate::placeholder::REDACTED;

impl Serialize for Shape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Hidden => serializer.serialize_str(REDACTED),
            Self::Option { is_some: true } => serializer.serialize_some(REDACTED),
            Self::Option { is_some: false } => serializer.serialize_none(),
            Self::List { length } => {
                let mut list = serializer.serialize_seq(Some(length))?;
                for _ in 0..length {
                    list.serialize_element(REDACTED)?;
                }
                list.end()
            }
            Self::Map { length } => entries(length, serializer),
        }
    }
}

/// A redacted field in a place that takes entries and no text: `flatten`, or the content of an internal tag.
pub struct Entries(pub Shape);

impl Serialize for Entries {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Shape::Hidden | Shape::Option { is_some: true } => entries(1, serializer),
            Shape::Option { is_some: false } => entries(0, serializer),
            Shape::List { length } | Shape::Map { length } => entries(length, serializer),
        }
    }
}

/// Keys are numbered from the second on, since most formats refuse or drop a key that is written twice.
fn entries<S: Serializer>(length: usize, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(length))?;
    for number in 1..=length {
        if number == 1 {
            map.serialize_entry(REDACTED, REDACTED)?;
        } else {
            map.serialize_entry(&format!("[REDACTED {number}]"), REDACTED)?;
        }
    }
    map.end()
}

/// What a user's own function writes, as text.
pub struct Text<D>(pub D);

impl<D: Debug> Serialize for Text<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:?}", self.0))
    }
}
