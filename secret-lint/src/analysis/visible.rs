//! Which crates of a program know the types of which: a type parameter in one crate never stands for a type of another that
//! nothing names together with it.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use crate::mir::{Callee, Crate, Terminator};

/// Which crates have to do with which.
pub(super) struct Visible {
    /// By crate, those whose types may be behind its type parameters.
    types: Vec<BTreeSet<usize>>,
    /// By crate, those whose functions may run in a call from it, but for functions that are values.
    callees: Vec<BTreeSet<usize>>,
}

impl Visible {
    pub(super) fn of(crates: &[Crate]) -> Self {
        let mut visible = (0..crates.len())
            .map(|number| BTreeSet::from([number]))
            .collect::<Vec<_>>();
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, of) in crates.iter().enumerate() {
            by_name.entry(&of.name).or_default().push(number);
        }
        if by_name.len() < 2 {
            let all = vec![(0..crates.len()).collect::<BTreeSet<_>>(); crates.len()];
            return Self {
                types: all.clone(),
                callees: all,
            };
        }
        let mut passed = BTreeSet::new();
        let mut callees = visible.clone();
        for (number, of) in crates.iter().enumerate() {
            let roots = of
                .bodies
                .iter()
                .map(|body| root(&body.path))
                .collect::<FxHashSet<_>>();
            for text in texts(of) {
                let mut named = BTreeSet::new();
                let mut has_parameter = false;
                for path in paths(text) {
                    let root = root(path);
                    if let Some(found) = by_name.get(root).filter(|_| root != path) {
                        named.extend(found);
                    } else if roots.contains(root) {
                        named.insert(number);
                    }
                    has_parameter |=
                        path == "Self" || path.len() <= 2 && path.starts_with(char::is_uppercase);
                }
                callees[number].extend(&named);
                for one in &named {
                    visible[*one].extend(&named);
                    if has_parameter {
                        passed.insert((number, *one));
                    }
                }
            }
        }
        // What stands for a parameter here stands for those there that get it.
        spread(&mut visible, &passed);
        let named = callees.iter().enumerate().flat_map(|(from, named)| {
            let named = named.iter();
            named.map(move |to| (*to, from))
        });
        let named = named.collect();
        spread(&mut callees, &named);
        Self {
            types: visible,
            callees,
        }
    }

    /// Whether a type of one crate may stand for a type parameter of another.
    pub(super) fn may_see(&self, crate_number: usize, of: usize) -> bool {
        self.types[crate_number].contains(&of)
    }

    /// Whether one crate may be handed functions of another whose types are not named.
    pub(super) fn may_share(&self, one: usize, other: usize) -> bool {
        self.may_run(one, other) || self.may_run(other, one)
    }

    /// Whether functions of one crate may run in a call from another.
    pub(super) fn may_run(&self, crate_number: usize, of: usize) -> bool {
        self.callees[crate_number].contains(&of) || self.may_see(crate_number, of)
    }
}

/// Adds what the first of a pair has to what the second has, until nothing changes.
fn spread(sets: &mut [BTreeSet<usize>], pairs: &BTreeSet<(usize, usize)>) {
    let size = |sets: &[BTreeSet<usize>]| sets.iter().map(BTreeSet::len).sum::<usize>();
    loop {
        let before = size(sets);
        for (from, to) in pairs {
            let more = sets[*from].clone();
            sets[*to].extend(more);
        }
        if size(sets) == before {
            return;
        }
    }
}

fn root(path: &str) -> &str {
    path.split("::").next().unwrap_or(path)
}

fn paths(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':'))
        .map(|path| path.trim_matches(':'))
        .filter(|path| !path.is_empty())
}

/// All types of variables and all paths that are called, each once.
fn texts(of: &Crate) -> FxHashSet<&str> {
    let mut found = FxHashSet::default();
    for body in &of.bodies {
        found.extend(body.locals.iter().map(|local| &*local.ty));
        found.extend(
            body.blocks
                .iter()
                .filter_map(|block| match &block.terminator {
                    Terminator::Call(call) => match &call.callee {
                        Callee::Path(path) => Some(&**path),
                        Callee::Value(_) => None,
                    },
                    _ => None,
                }),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Visible;
    use crate::mir::{Body, BodyKind, Crate, Local};

    fn named(name: &str, ty: &str) -> Crate {
        let body = Body {
            path: "module::function".to_owned(),
            kind: BodyKind::Function,
            parameters: 0,
            locals: vec![Local {
                ty: ty.into(),
                span: None,
            }],
            names: Vec::new(),
            blocks: Vec::new(),
        };
        Crate {
            name: name.to_owned(),
            bodies: vec![body],
            ..Crate::default()
        }
    }

    #[test]
    fn crates_that_are_never_named_together_do_not_see_each_other() {
        let crates = [
            named("lower", "module::Wrap<T>"),
            named("other", "module::Node"),
            named("upper", "lower::module::Wrap<module::Config>"),
            named("user", "other::module::Node"),
        ];
        let visible = Visible::of(&crates);
        assert!(visible.may_see(0, 2) && visible.may_see(2, 0) && visible.may_see(0, 0));
        assert!(!visible.may_see(0, 1) && !visible.may_see(1, 2));
    }

    #[test]
    fn a_parameter_that_is_passed_on_brings_its_types_along() {
        let crates = [
            named("lower", "module::Wrap<T>"),
            named("middle", "lower::module::Wrap<module::Outer<T>>"),
            named("upper", "middle::module::Outer<module::Config>"),
        ];
        assert!(Visible::of(&crates).may_see(0, 2));
    }
}
