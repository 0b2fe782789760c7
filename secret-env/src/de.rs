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
mod tagged;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use secret_core::REDACTED;
use secret_core::serde::SECRET_NEWTYPE;
use secret_core::words::looks_secret;
use serde::de::{Deserializer, Visitor};

pub(crate) use error::{Error, ErrorKind, Evidence, placeholder_was_refused};

use crate::check::Check;
use crate::explain::Shown;
use crate::loader::Options;
use crate::name;
use crate::problem::{Problem, ProblemKind, WHOLE};
use crate::sources::{Entry, Place, Sources};
use crate::strength::strength_bits;

/// Deeper than any config struct; a type that never ends is refused here rather than by the stack.
const DEEPEST: usize = 32;

/// Texts that stand in for one that is missing or was refused, so that the fields after it are still looked at. Between
/// them most types that read themselves from text accept one.
pub(crate) const STAND_INS: &[&str] = &[
    "stand-in",
    "1",
    "true",
    "127.0.0.1",
    "127.0.0.1:1",
    "http://localhost/",
    "1s",
    "info",
    "2000-01-01T00:00:00Z",
    "2000-01-01",
    "00000000-0000-0000-0000-000000000000",
    "a@example.com",
    "/",
];

/// What earlier passes learnt about a variable.
#[derive(Clone, Default)]
pub(crate) struct Lesson {
    /// Serde missed the field of this name although nothing sets it: deserialise it all the same.
    pub(crate) missed_field: Option<&'static str>,
    /// Its type refused the value.
    pub(crate) problem: Option<Problem>,
    /// Its type turned out to be a secret.
    pub(crate) is_secret: bool,
    /// How many of [`STAND_INS`] its type refused.
    pub(crate) stand_in: usize,
    /// How many readings of the text its type refused, where serde asked for any type.
    pub(crate) reading: usize,
    /// Its type refused every stand-in: leave it out, so that the fields after it are still looked at.
    pub(crate) is_given_up: bool,
}

/// What one pass found out.
#[derive(Default)]
pub(crate) struct Findings {
    pub(crate) problems: BTreeMap<String, Problem>,
    pub(crate) rows: BTreeMap<String, (Option<Place>, Shown)>,
    /// Variables that serde asked for without saying what type it wants.
    pub(crate) untyped: BTreeSet<String>,
    /// Secrets that came out of the environment.
    pub(crate) in_environment: BTreeSet<String>,
}

/// One pass over the type.
pub(crate) struct Session<'a> {
    pub(crate) sources: &'a Sources,
    pub(crate) options: &'a Options,
    pub(crate) lessons: &'a BTreeMap<String, Lesson>,
    /// The variables that are handed out as `[REDACTED]`, to see whether their types are secrets.
    pub(crate) redacted: &'a [String],
    pub(crate) findings: RefCell<Findings>,
}

/// A variable or group of variables, to be deserialised.
#[derive(Clone)]
pub(crate) struct Node<'a> {
    session: &'a Session<'a>,
    /// The variable that the value is in.
    variable: String,
    /// What it is called in messages: the variable, and the index of an element of a list in brackets.
    name: String,
    /// The field as serde calls it.
    field: String,
    /// The text of an element of a list.
    element: Option<&'a str>,
    /// The other variables of the struct that it is a field of.
    siblings: std::rc::Rc<[String]>,
    /// Its type says so, or that of what it is a part of.
    is_secret: bool,
    /// It is an entry of a map whose name says secret.
    is_in_secret_map: bool,
    /// Part of something that is missing: only stand-ins, and no problem noted.
    is_stand_in: bool,
    depth: usize,
}

/// What a visitor asks for, which decides how much a name that says secret counts: `cookie_secure: bool` is a setting.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Text,
    Number,
    /// A flag, or the name of a variant.
    Choice,
    /// Serde buffers the value before it knows the type.
    Anything,
}

impl Asked {
    fn shown(self) -> Shown {
        match self {
            Self::Text | Self::Anything => Shown::Text,
            Self::Number => Shown::Number,
            Self::Choice => Shown::Choice,
        }
    }
}

/// A value, or the reason to hand out a stand-in, which was noted.
enum Input<'a> {
    Value(&'a [u8]),
    StandIn,
}

impl<'a> Node<'a> {
    /// The whole configuration: the group of the variables with the prefix.
    pub(crate) fn root(session: &'a Session<'a>) -> Self {
        Self {
            session,
            variable: String::new(),
            name: String::new(),
            field: String::new(),
            element: None,
            siblings: std::rc::Rc::new([]),
            is_secret: false,
            is_in_secret_map: false,
            is_stand_in: false,
            depth: 0,
        }
    }

    fn is_root(&self) -> bool {
        self.depth == 0
    }

    /// What the names of the variables in this group begin with.
    fn prefix(&self) -> String {
        if self.is_root() {
            self.session.options.prefix.clone()
        } else {
            format!("{}{}", self.variable, self.session.options.separator)
        }
    }

    fn child_name(&self, field: &str) -> String {
        format!("{}{}", self.prefix(), name::variable(field))
    }

    fn child(&self, field: &str) -> Self {
        self.named_child(self.child_name(field), field.to_owned())
    }

    fn named_child(&self, name: String, field: String) -> Self {
        Self {
            variable: name.clone(),
            name,
            field,
            element: None,
            siblings: std::rc::Rc::new([]),
            is_in_secret_map: false,
            depth: self.depth + 1,
            ..self.clone()
        }
    }

    fn lesson(&self) -> Option<&'a Lesson> {
        self.session.lessons.get(&self.name)
    }

    fn is_given_up(&self) -> bool {
        self.lesson().is_some_and(|lesson| lesson.is_given_up)
    }

    fn entry(&self) -> Option<&'a Entry> {
        let is_field = |variable: &str| {
            let was_missed = |lesson: &Lesson| lesson.missed_field.is_some();
            self.siblings.iter().any(|sibling| sibling == variable)
                || self.session.lessons.get(variable).is_some_and(was_missed)
        };
        self.session.sources.find(&self.variable, &is_field)
    }

    /// Whether something sets the variable or one of its group.
    fn is_set(&self) -> bool {
        self.entry().is_some() || self.has_group()
    }

    fn has_group(&self) -> bool {
        let prefix = self.prefix();
        self.session.sources.names_under(&prefix).next().is_some()
    }

    /// Whether it has no value of its own, but a group.
    fn is_group(&self) -> bool {
        self.element.is_none() && !self.is_stand_in && self.entry().is_none() && self.has_group()
    }

    /// The first part of each name in the group.
    fn group(&self) -> BTreeSet<String> {
        let prefix = self.prefix();
        let separator = &self.session.options.separator;
        let names = self.session.sources.names_under(&prefix);
        names
            .filter_map(|name| name.strip_prefix(&prefix))
            .map(|rest| match rest.split_once(separator) {
                Some((part, _)) if !part.is_empty() => part,
                _ => rest,
            })
            // Names with small letters are no variables of ours: `http_proxy` is often set beside `HTTP_PROXY`.
            .filter(|part| !part.is_empty() && !part.chars().any(char::is_lowercase))
            .map(str::to_owned)
            .collect()
    }

    fn is_secret_by_type(&self) -> bool {
        self.is_secret || self.lesson().is_some_and(|lesson| lesson.is_secret)
    }

    fn is_secret_by_name(&self) -> bool {
        self.is_in_secret_map || looks_secret(&self.field)
    }

    fn place(&self) -> Option<&'a Place> {
        self.entry().map(|entry| &entry.place)
    }

    fn note(&self, problem: Problem) {
        let mut findings = self.session.findings.borrow_mut();
        findings
            .problems
            .entry(self.name.clone())
            .or_insert(problem);
    }

    fn note_malformed(&self, expected: &str) {
        let problem = Problem::of_variable(&self.name, ProblemKind::Malformed);
        self.note(problem.at(self.place()).expecting(expected));
    }

    fn note_missing(&self, expected: &str) {
        if self.is_root() {
            let problem = Problem::of_variable(WHOLE, ProblemKind::Malformed);
            return self.note(problem.expecting("a struct or a map to load into"));
        }
        let expected = if self.is_secret_by_type() || self.is_secret_by_name() {
            "a secret"
        } else {
            expected
        };
        let problem = Problem::of_variable(&self.name, ProblemKind::Missing).expecting(expected);
        let others = self
            .session
            .sources
            .set_under(&self.session.options.prefix)
            .filter(|name| !self.siblings.iter().any(|sibling| sibling == name));
        self.note(problem.suggesting(name::suggestion(&self.name, others)));
    }

    /// Notes what may be shown of the value. A secret stays one, and an element speaks for its whole list.
    fn show(&self, shown: Shown) {
        let place = self.place().cloned();
        let mut findings = self.session.findings.borrow_mut();
        let row = findings
            .rows
            .entry(self.variable.clone())
            .or_insert((place, Shown::Text));
        if row.1 != Shown::Secret {
            row.1 = shown;
        }
    }

    /// The value, unless something is wrong with it.
    fn input(&self, expected: &str, asked: Asked) -> Input<'a> {
        if self.is_stand_in || self.lesson().is_some_and(|lesson| lesson.problem.is_some()) {
            return Input::StandIn;
        }
        let value = match (self.element, self.entry()) {
            (Some(element), _) => element.as_bytes(),
            (None, Some(entry)) => match entry.value() {
                Ok(value) => value,
                Err(fault) => {
                    let problem = Problem::of_variable(&self.name, ProblemKind::File(fault));
                    self.note(problem.at(Some(&entry.place)));
                    return Input::StandIn;
                }
            },
            (None, None) => {
                self.note_missing(expected);
                return Input::StandIn;
            }
        };
        let value = if self.session.options.trim {
            value.trim_ascii()
        } else {
            value
        };
        if self.is_secret_by_type() || (self.is_secret_by_name() && asked == Asked::Text) {
            return self.secret_input(value, asked);
        }
        if self.is_secret_by_name() {
            self.show(Shown::Secret);
            if asked == Asked::Number {
                self.note_in_environment();
            }
        } else {
            self.show(asked.shown());
        }
        // `a, b` is a list of `a` and `b`.
        let is_element = self.element.is_some();
        Input::Value(if is_element {
            value.trim_ascii()
        } else {
            value
        })
    }

    fn note_in_environment(&self) {
        if self.place() == Some(&Place::Environment) {
            let mut findings = self.session.findings.borrow_mut();
            findings.in_environment.insert(self.variable.clone());
        }
    }

    /// Refuses a list of secrets that is empty, as a secret that is.
    fn check_empty(&self) {
        if !self.session.options.without.contains(&Check::Empty) {
            let problem = Problem::of_variable(&self.name, ProblemKind::Refused(Check::Empty));
            self.note(problem.at(self.place()));
        }
    }

    /// Subjects a secret to the checks.
    fn secret_input(&self, value: &'a [u8], asked: Asked) -> Input<'a> {
        self.show(Shown::Secret);
        self.note_in_environment();
        let options = self.session.options;
        let of_file = self
            .entry()
            .filter(|entry| entry.is_open_to_others())
            .map(|_| Check::FileMode);
        let refused = [Check::of_text(value), of_file]
            .into_iter()
            .flatten()
            .find(|check| !options.without.contains(check));
        if let Some(check) = refused {
            let problem = Problem::of_variable(&self.name, ProblemKind::Refused(check));
            self.note(problem.at(self.place()));
            return Input::StandIn;
        }
        let bits = std::str::from_utf8(value).map_or(u32::MAX, strength_bits);
        let minimum = options.minimum_bits;
        // A number is as strong as it can be.
        if bits < minimum && matches!(asked, Asked::Text | Asked::Anything) {
            let kind = ProblemKind::TooWeak { bits, minimum };
            self.note(Problem::of_variable(&self.name, kind).at(self.place()));
            return Input::StandIn;
        }
        Input::Value(value)
    }

    /// The value as text, or nothing where it is missing, refused or no text.
    fn text(&self, expected: &str, asked: Asked) -> Option<&'a str> {
        match self.input(expected, asked) {
            Input::Value(value) => std::str::from_utf8(value)
                .map_err(|_| {
                    let problem = Problem::of_variable(&self.name, ProblemKind::NotUtf8);
                    self.note(problem.at(self.place()));
                })
                .ok(),
            Input::StandIn => None,
        }
    }

    fn stand_in_text(&self) -> &'static str {
        let index = self.lesson().map_or(0, |lesson| lesson.stand_in);
        STAND_INS.get(index).unwrap_or(&STAND_INS[0])
    }

    /// A value that is read from its text alone; nothing where it cannot be.
    fn parsed<T: FromStr>(&self, expected: &str, asked: Asked) -> Option<T> {
        let text = self.text(expected, asked)?;
        let value = text.parse().ok();
        if value.is_none() {
            let problem = Problem::of_variable(&self.name, ProblemKind::Malformed).at(self.place());
            self.note(match text {
                "" => problem.because(format!("it is empty, and {expected} was expected")),
                _ => problem.expecting(expected),
            });
        }
        value
    }

    /// Refuses a type that contains itself without end.
    fn check_depth(&self) -> Result<(), Error> {
        if self.depth > DEEPEST {
            return Err(Error::endless());
        }
        Ok(())
    }

    /// Names this variable in an error that comes back from a visitor.
    fn visit<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        result.map_err(|error| error.at(self))
    }
}

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

/// What a text may be where its type is not said. Tried in this order until its type accepts one.
#[derive(Clone, Copy)]
pub(crate) enum Reading {
    Text,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    List,
}

impl Reading {
    /// The readings of a text; it is always text, and always a list.
    pub(crate) fn of(text: &str) -> Vec<Self> {
        let readings = [
            Some(Self::Text),
            text.parse().ok().map(Self::Bool),
            text.parse().ok().map(Self::Unsigned),
            text.parse().ok().map(Self::Signed),
            text.parse().ok().map(Self::Float),
            Some(Self::List),
        ];
        readings.into_iter().flatten().collect()
    }
}
