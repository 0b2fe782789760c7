//! The serde deserializer: a node is a variable, or the group of variables that begin with its name.
//!
//! Serde stops at the first error, and a person wants to see all of them. So a node whose variable is missing or
//! malformed notes the problem and hands a stand-in to the visitor; the result is thrown away at the end. What a
//! visitor itself refuses, and which fields it misses, comes back as an [`Error`]; the loader learns from it and starts
//! over ([`crate::passes`]).
//!
//! Values are lent to visitors, never copied, and so each secret is copied once, by the secret itself.

mod access;
mod error;
mod key;
mod list;
mod node;
mod reading;
mod session;
mod tagged;

use secret_core::REDACTED;
use secret_core::serde::SECRET_NEWTYPE;
use serde::de::{Deserializer, Visitor};

pub(crate) use error::{Error, ErrorKind, Evidence, placeholder_was_refused};
pub(crate) use node::Node;
pub(crate) use reading::Reading;
pub(crate) use session::{Findings, Lesson, STAND_INS, Session};

use node::{Asked, Input};

/// Types that are read with `FromStr`, by what to say was expected and what stands in. The stand-in is 1 rather than
/// 0, which many a type refuses.
macro_rules! deserialize_parsed {
    ($asked:ident: $($method:ident => $visit:ident, $type:ty, $expected:expr, $stand_in:expr;)*) => { $(
        fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
            let value: Option<$type> = self.parsed($expected, Asked::$asked);
            self.visit(visitor.$visit(value.unwrap_or($stand_in)))
        }
    )* };
}

impl<'a> Deserializer<'a> for Node<'a> {
    type Error = Error;

    deserialize_parsed! { Choice:
        deserialize_bool => visit_bool, bool, "`true` or `false`", true;
    }

    deserialize_parsed! { Text:
        deserialize_char => visit_char, char, "one character", 'x';
    }

    deserialize_parsed! { Number:
        deserialize_i8 => visit_i8, i8, "a whole number from -128 to 127", 1;
        deserialize_i16 => visit_i16, i16, "a whole number from -32768 to 32767", 1;
        deserialize_i32 => visit_i32, i32, "a whole number of 32 bits", 1;
        deserialize_i64 => visit_i64, i64, "a whole number of 64 bits", 1;
        deserialize_i128 => visit_i128, i128, "a whole number of 128 bits", 1;
        deserialize_u8 => visit_u8, u8, "a whole number from 0 to 255", 1;
        deserialize_u16 => visit_u16, u16, "a whole number from 0 to 65535", 1;
        deserialize_u32 => visit_u32, u32, "a whole number from 0 to 4294967295", 1;
        deserialize_u64 => visit_u64, u64, "a whole number, not negative, of 64 bits", 1;
        deserialize_u128 => visit_u128, u128, "a whole number, not negative, of 128 bits", 1;
        deserialize_f32 => visit_f32, f32, "a number", 1.0;
        deserialize_f64 => visit_f64, f64, "a number", 1.0;
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        let text = self.text("text", Asked::Text);
        let text = text.unwrap_or_else(|| self.stand_in_text());
        self.visit(visitor.visit_borrowed_str(text))
    }

    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        let bytes = match self.input("text", Asked::Text) {
            Input::Value(bytes) => bytes,
            Input::StandIn => self.stand_in_text().as_bytes(),
        };
        self.visit(visitor.visit_borrowed_bytes(bytes))
    }

    fn deserialize_byte_buf<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        let is_there = self.element.is_some() || self.is_set();
        if self.is_stand_in || !is_there {
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        mut self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.is_secret |= name == SECRET_NEWTYPE;
        let node = self.clone();
        node.visit(visitor.visit_newtype_struct(self))
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        self.check_depth()?;
        self.visit(visitor.visit_seq(list::Elements::of(&self, 0)))
    }

    fn deserialize_tuple<V: Visitor<'a>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.check_depth()?;
        self.visit(visitor.visit_seq(list::Elements::of(&self, length)))
    }

    fn deserialize_tuple_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        self.check_depth()?;
        if !self.is_root() && !self.is_stand_in && !self.is_set() {
            let prefix = self.prefix();
            self.note_missing(&format!("at least one variable that begins with {prefix}"));
        }
        self.visit(visitor.visit_map(access::Fields::present(&self)))
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.check_depth()?;
        self.visit(visitor.visit_map(access::Fields::known(&self, fields)))
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.check_depth()?;
        self.visit(visitor.visit_enum(tagged::Variant::of(&self, variants)))
    }

    /// Serde buffers a value of any type for `flatten`, `untagged` and `tag`, and looks at its type later.
    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_root() || self.is_group() {
            return self.deserialize_map(visitor);
        }
        self.session
            .findings
            .borrow_mut()
            .untyped
            .insert(self.name.clone());
        let Some(text) = self.text("a value", Asked::Anything) else {
            return self.visit(visitor.visit_borrowed_str(self.stand_in_text()));
        };
        if self.session.redacted.contains(&self.name) {
            return self.visit(visitor.visit_borrowed_str(REDACTED));
        }
        let reading = self.lesson().map_or(0, |lesson| lesson.reading);
        let result = match Reading::of(text).get(reading) {
            Some(Reading::Bool(value)) => visitor.visit_bool(*value),
            Some(Reading::Unsigned(value)) => visitor.visit_u64(*value),
            Some(Reading::Signed(value)) => visitor.visit_i64(*value),
            Some(Reading::Float(value)) => visitor.visit_f64(*value),
            Some(Reading::List) => visitor.visit_seq(list::Elements::of(&self, 0)),
            Some(Reading::Text) | None => visitor.visit_borrowed_str(text),
        };
        self.visit(result)
    }
}
