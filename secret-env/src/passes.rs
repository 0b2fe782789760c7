//! Deserialising in passes until nothing new is learnt, so that all problems are found and not only the first.

use std::cell::RefCell;
use std::collections::BTreeMap;

use secret_core::words::looks_secret;
use serde::de::DeserializeOwned;

use crate::de::{
    Error, ErrorKind, Evidence, Findings, Lesson, Node, Reading, STAND_INS, Session,
    placeholder_was_refused,
};
use crate::loader::Options;
use crate::problem::{Problem, ProblemKind, WHOLE};
use crate::sources::Sources;

/// Every pass teaches something about some variable, so this is far more than any struct takes.
const MOST_PASSES: usize = 4096;

/// What the passes came to.
pub(crate) struct Outcome<T> {
    /// There if there are no problems.
    pub(crate) value: Option<T>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) findings: Findings,
}

pub(crate) fn run<T: DeserializeOwned>(options: &Options, sources: &Sources) -> Outcome<T> {
    let mut passes = Passes {
        options,
        sources,
        lessons: BTreeMap::new(),
        kept: BTreeMap::new(),
    };
    let (mut value, mut findings) = passes.load::<T>();
    // What is not loaded needs no second look.
    let buffered = match value {
        Some(_) => {
            let untyped: Vec<_> = findings.untyped.iter().cloned().collect();
            passes.buffered_secrets::<T>(&untyped)
        }
        None => Vec::new(),
    };
    if !buffered.is_empty() {
        for name in buffered {
            passes.lessons.entry(name).or_default().is_secret = true;
        }
        (value, findings) = passes.load();
    }
    let of_types = passes
        .lessons
        .into_values()
        .filter_map(|lesson| lesson.problem);
    let mut problems: Vec<_> = of_types
        .chain(std::mem::take(&mut findings.problems).into_values())
        .chain(passes.kept.into_values())
        .collect();
    for problem in &mut problems {
        problem.drop_suggestion_if(|name| findings.rows.contains_key(name));
    }
    if value.is_none() && problems.is_empty() {
        let problem = Problem::of_variable(WHOLE, ProblemKind::Malformed);
        problems.push(problem.because("its type refused it without saying why"));
    }
    Outcome {
        value: value.filter(|_| problems.is_empty()),
        problems,
        findings,
    }
}

struct Passes<'a> {
    options: &'a Options,
    sources: &'a Sources,
    lessons: BTreeMap<String, Lesson>,
    /// Problems that were noted within what was given up since, and so are noted no more.
    kept: BTreeMap<String, Problem>,
}

impl Passes<'_> {
    /// Passes over the type until one succeeds or nothing new is learnt.
    fn load<T: DeserializeOwned>(&mut self) -> (Option<T>, Findings) {
        let mut last = Findings::default();
        for _ in 0..MOST_PASSES {
            let (result, findings) = self.pass(&[]);
            let lesson = match result {
                Ok(value) => return (Some(value), findings),
                Err(error) => Teacher {
                    sources: self.sources,
                    separator: &self.options.separator,
                    lessons: &self.lessons,
                    findings: &findings,
                }
                .lesson(&error),
            };
            if lesson
                .as_ref()
                .is_some_and(|(_, lesson)| lesson.is_given_up)
            {
                self.kept.extend(findings.problems.clone());
            }
            last = findings;
            match lesson {
                Some((name, lesson)) => self.lessons.insert(name, lesson),
                None => break,
            };
        }
        (None, last)
    }

    fn pass<T: DeserializeOwned>(&self, redacted: &[String]) -> (Result<T, Error>, Findings) {
        let session = Session {
            sources: self.sources,
            options: self.options,
            lessons: &self.lessons,
            redacted,
            findings: RefCell::default(),
        };
        let result = T::deserialize(Node::root(&session));
        (result, session.findings.into_inner())
    }

    /// Which of these variables, which serde had buffered before their types were known, are read into a `Secret`. They
    /// are tried with a placeholder in their place, which a secret and nothing else refuses: all at once, and in halves
    /// where that makes a difference.
    fn buffered_secrets<T: DeserializeOwned>(&self, names: &[String]) -> Vec<String> {
        placeholder_was_refused();
        let (result, _) = self.pass::<T>(names);
        match (placeholder_was_refused(), result, names) {
            (false, Ok(_), _) | (false, _, [_]) => Vec::new(),
            (true, _, [name]) => vec![name.clone()],
            _ => {
                let (left, right) = names.split_at(names.len() / 2);
                let mut secrets = self.buffered_secrets::<T>(left);
                secrets.extend(self.buffered_secrets::<T>(right));
                secrets
            }
        }
    }
}

/// Makes a lesson of an error.
struct Teacher<'a> {
    sources: &'a Sources,
    separator: &'a str,
    lessons: &'a BTreeMap<String, Lesson>,
    findings: &'a Findings,
}

impl Teacher<'_> {
    /// What to do differently in the next pass, or nothing where no pass can get further.
    fn lesson(&self, error: &Error) -> Option<(String, Lesson)> {
        let culprit = self.untyped_culprit(error);
        let name = culprit
            .clone()
            .or_else(|| error.name.clone())
            .unwrap_or_default();
        let mut lesson = self.lessons.get(&name).cloned().unwrap_or_default();
        if lesson.is_given_up {
            return self.giving_up(name);
        }
        if let ErrorKind::MissingField(field) = error.kind
            && lesson.missed_field.replace(field).is_none()
        {
            return Some((name, lesson));
        }
        if self.has_problem(&name, &lesson) {
            lesson.stand_in += 1;
            let is_duplicate = matches!(error.kind, ErrorKind::DuplicateField(_));
            return if is_duplicate || lesson.stand_in == STAND_INS.len() {
                self.giving_up(name)
            } else {
                Some((name, lesson))
            };
        }
        if culprit.is_some() && lesson.reading + 1 < self.readings(&name) {
            lesson.reading += 1;
            return Some((name, lesson));
        }
        if self.has_problem_within(&name) {
            return self.giving_up(name);
        }
        lesson.problem = Some(self.problem(&name, error));
        Some((name, lesson))
    }

    /// Leaves out what no stand-in helps with, so that the fields after it are looked at; where it was left out already,
    /// the group that needs it.
    fn giving_up(&self, mut name: String) -> Option<(String, Lesson)> {
        let known = |name: &str| self.lessons.get(name);
        while known(&name).is_some_and(|lesson| lesson.is_given_up) {
            name = self.group_of(&name)?;
        }
        if name.is_empty() {
            return None;
        }
        let lesson = Lesson {
            problem: known(&name).and_then(|lesson| lesson.problem.clone()),
            is_given_up: true,
            ..Lesson::default()
        };
        Some((name, lesson))
    }

    /// What a variable or an element of a list is a part of; nothing for the fields of the whole.
    fn group_of(&self, name: &str) -> Option<String> {
        let (group, _) = match name.rsplit_once('[') {
            Some(parts) if name.ends_with(']') => parts,
            _ => name.rsplit_once(self.separator)?,
        };
        // The separator may be empty.
        (group.len() < name.len()).then(|| group.to_owned())
    }

    /// The variable behind a value that serde had buffered, found by what the error says it is.
    fn untyped_culprit(&self, error: &Error) -> Option<String> {
        let ErrorKind::Unexpected { evidence, .. } = &error.kind else {
            return None;
        };
        let evidence = (*evidence)?;
        if let Evidence::Address(address) = evidence {
            let name = self.sources.name_at(address)?;
            return self
                .findings
                .untyped
                .contains(name)
                .then(|| name.to_owned());
        }
        self.findings
            .untyped
            .iter()
            .find(|name| self.was_read_as(name, evidence))
            .cloned()
    }

    fn was_read_as(&self, name: &str, evidence: Evidence) -> bool {
        let reading = self.lessons.get(name).map_or(0, |lesson| lesson.reading);
        let reading = self
            .text(name)
            .and_then(|text| Reading::of(text).get(reading).copied());
        match reading {
            Some(Reading::Bool(value)) => evidence == Evidence::Bool(value),
            Some(Reading::Unsigned(value)) => evidence == Evidence::Unsigned(value),
            Some(Reading::Signed(value)) => evidence == Evidence::Signed(value),
            Some(Reading::Float(value)) => evidence == Evidence::Float(value),
            Some(Reading::Text) => evidence == Evidence::Nothing && self.text(name) == Some(""),
            Some(Reading::List) => evidence == Evidence::List,
            None => false,
        }
    }

    fn readings(&self, name: &str) -> usize {
        self.text(name).map_or(0, |text| Reading::of(text).len())
    }

    fn value(&self, name: &str) -> Option<&[u8]> {
        self.sources.find(name, &|_| false)?.value().ok()
    }

    fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.value(name)?).ok()
    }

    fn has_problem(&self, name: &str, lesson: &Lesson) -> bool {
        lesson.problem.is_some() || self.findings.problems.contains_key(name)
    }

    /// Whether a part of a group has a problem; then what its type says may come from a stand-in.
    fn has_problem_within(&self, name: &str) -> bool {
        let of_types = self
            .lessons
            .iter()
            .filter(|(_, lesson)| lesson.problem.is_some());
        let mut all = self
            .findings
            .problems
            .keys()
            .chain(of_types.map(|(name, _)| name));
        all.any(|other| self.is_within(name, other))
    }

    /// Whether `other` is this variable, one of its group or an element of its list. All are within the whole.
    fn is_within(&self, name: &str, other: &str) -> bool {
        name.is_empty()
            || other.strip_prefix(name).is_some_and(|rest| {
                rest.is_empty() || rest.starts_with(self.separator) || rest.starts_with('[')
            })
    }

    fn problem(&self, name: &str, error: &Error) -> Problem {
        let variable = name.split_once('[').map_or(name, |(variable, _)| variable);
        let place = self
            .sources
            .find(variable, &|_| false)
            .map(|entry| &entry.place);
        if let ErrorKind::MissingField(field) = error.kind {
            let group = self.group_of(name).unwrap_or_else(|| String::from(WHOLE));
            return Problem::of_variable(&group, ProblemKind::Malformed)
                .because(format!("`{field}` is missing in one of its parts"));
        }
        let subject = if name.is_empty() { WHOLE } else { name };
        if matches!(error.kind, ErrorKind::DuplicateField(_)) {
            return Problem::of_variable(subject, ProblemKind::Duplicate);
        }
        let rows = &self.findings.rows;
        let is_secret = looks_secret(variable)
            || rows
                .get(variable)
                .is_some_and(|(_, shown)| *shown == crate::explain::Shown::Secret);
        let problem = Problem::of_variable(subject, ProblemKind::Malformed).at(place);
        // What refuses a group may quote any variable in it.
        let values = rows
            .keys()
            .filter(|row| self.is_within(variable, row))
            .filter_map(|row| self.value(row));
        error.describe(problem, values, is_secret)
    }
}
