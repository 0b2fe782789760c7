//! [`Node`]: a variable or a group of variables, and how its value is found, checked and noted.

use std::collections::BTreeSet;
use std::str::FromStr;

use secret_core::words::looks_secret;

use super::error::Error;
use super::session::{Lesson, STAND_INS, Session};
use crate::check::Check;
use crate::explain::Shown;
use crate::name;
use crate::problem::{Problem, ProblemKind, WHOLE};
use crate::sources::{Entry, Place};
use crate::strength::strength_bits;

/// Deeper than any config struct; a type that never ends is refused here rather than by the stack.
const DEEPEST: usize = 32;

/// A variable or group of variables, to be deserialised.
#[derive(Clone)]
pub(crate) struct Node<'a> {
    pub(super) session: &'a Session<'a>,
    /// The variable that the value is in.
    pub(super) variable: String,
    /// What it is called in messages: the variable, and the index of an element of a list in brackets.
    pub(super) name: String,
    /// The field as serde calls it.
    pub(super) field: String,
    /// The text of an element of a list.
    pub(super) element: Option<&'a str>,
    /// The other variables of the struct that it is a field of.
    pub(super) siblings: std::rc::Rc<[String]>,
    /// Its type says so, or that of what it is a part of.
    pub(super) is_secret: bool,
    /// It is an entry of a map whose name says secret.
    pub(super) is_in_secret_map: bool,
    /// Part of something that is missing: only stand-ins, and no problem noted.
    pub(super) is_stand_in: bool,
    pub(super) depth: usize,
}

/// What a visitor asks for, which decides how much a name that says secret counts: `cookie_secure: bool` is a setting.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Asked {
    Text,
    Number,
    /// A flag, or the name of a variant.
    Choice,
    /// Serde buffers the value before it knows the type.
    Anything,
}

impl Asked {
    pub(super) fn shown(self) -> Shown {
        match self {
            Self::Text | Self::Anything => Shown::Text,
            Self::Number => Shown::Number,
            Self::Choice => Shown::Choice,
        }
    }
}

/// A value, or the reason to hand out a stand-in, which was noted.
pub(super) enum Input<'a> {
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

    pub(super) fn is_root(&self) -> bool {
        self.depth == 0
    }

    /// What the names of the variables in this group begin with.
    pub(super) fn prefix(&self) -> String {
        if self.is_root() {
            self.session.options.prefix.clone()
        } else {
            format!("{}{}", self.variable, self.session.options.separator)
        }
    }

    pub(super) fn child_name(&self, field: &str) -> String {
        format!("{}{}", self.prefix(), name::variable(field))
    }

    pub(super) fn child(&self, field: &str) -> Self {
        self.named_child(self.child_name(field), field.to_owned())
    }

    pub(super) fn named_child(&self, name: String, field: String) -> Self {
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

    pub(super) fn lesson(&self) -> Option<&'a Lesson> {
        self.session.lessons.get(&self.name)
    }

    pub(super) fn is_given_up(&self) -> bool {
        self.lesson().is_some_and(|lesson| lesson.is_given_up)
    }

    pub(super) fn entry(&self) -> Option<&'a Entry> {
        let is_field = |variable: &str| {
            let was_missed = |lesson: &Lesson| lesson.missed_field.is_some();
            self.siblings.iter().any(|sibling| sibling == variable)
                || self.session.lessons.get(variable).is_some_and(was_missed)
        };
        self.session.sources.find(&self.variable, &is_field)
    }

    /// Whether something sets the variable or one of its group.
    pub(super) fn is_set(&self) -> bool {
        self.entry().is_some() || self.has_group()
    }

    pub(super) fn has_group(&self) -> bool {
        let prefix = self.prefix();
        self.session.sources.names_under(&prefix).next().is_some()
    }

    /// Whether it has no value of its own, but a group.
    pub(super) fn is_group(&self) -> bool {
        self.element.is_none() && !self.is_stand_in && self.entry().is_none() && self.has_group()
    }

    /// The first part of each name in the group.
    pub(super) fn group(&self) -> BTreeSet<String> {
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

    pub(super) fn is_secret_by_type(&self) -> bool {
        self.is_secret || self.lesson().is_some_and(|lesson| lesson.is_secret)
    }

    pub(super) fn is_secret_by_name(&self) -> bool {
        self.is_in_secret_map || looks_secret(&self.field)
    }

    pub(super) fn place(&self) -> Option<&'a Place> {
        self.entry().map(|entry| &entry.place)
    }

    pub(super) fn note(&self, problem: Problem) {
        let mut findings = self.session.findings.borrow_mut();
        findings
            .problems
            .entry(self.name.clone())
            .or_insert(problem);
    }

    pub(super) fn note_malformed(&self, expected: &str) {
        let problem = Problem::of_variable(&self.name, ProblemKind::Malformed);
        self.note(problem.at(self.place()).expecting(expected));
    }

    pub(super) fn note_missing(&self, expected: &str) {
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
    pub(super) fn show(&self, shown: Shown) {
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
    pub(super) fn input(&self, expected: &str, asked: Asked) -> Input<'a> {
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

    pub(super) fn note_in_environment(&self) {
        if self.place() == Some(&Place::Environment) {
            let mut findings = self.session.findings.borrow_mut();
            findings.in_environment.insert(self.variable.clone());
        }
    }

    /// Refuses a list of secrets that is empty, as a secret that is.
    pub(super) fn check_empty(&self) {
        if !self.session.options.without.contains(&Check::Empty) {
            let problem = Problem::of_variable(&self.name, ProblemKind::Refused(Check::Empty));
            self.note(problem.at(self.place()));
        }
    }

    /// Subjects a secret to the checks.
    pub(super) fn secret_input(&self, value: &'a [u8], asked: Asked) -> Input<'a> {
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
    pub(super) fn text(&self, expected: &str, asked: Asked) -> Option<&'a str> {
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

    pub(super) fn stand_in_text(&self) -> &'static str {
        let index = self.lesson().map_or(0, |lesson| lesson.stand_in);
        STAND_INS.get(index).unwrap_or(&STAND_INS[0])
    }

    /// A value that is read from its text alone; nothing where it cannot be.
    pub(super) fn parsed<T: FromStr>(&self, expected: &str, asked: Asked) -> Option<T> {
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
    pub(super) fn check_depth(&self) -> Result<(), Error> {
        if self.depth > DEEPEST {
            return Err(Error::endless());
        }
        Ok(())
    }

    /// Names this variable in an error that comes back from a visitor.
    pub(super) fn visit<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        result.map_err(|error| error.at(self))
    }
}
