//! Types of the workspace with methods that others call, since they know the traits that these are of.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::Model;

use super::super::program::{Implementation, Program};
use super::super::types;

/// One of them.
struct Known {
    of_crate: usize,
    path: String,
    number: usize,
}

/// The types, by numbers.
#[derive(Default)]
pub(super) struct Implementors {
    /// By their last word, with their crates and paths.
    by_word: FxHashMap<String, Vec<Known>>,
    /// By the number of the implementation.
    implemented: Vec<Option<usize>>,
    count: usize,
    crates: FxHashSet<String>,
    /// Where paths of the workspace's own begin within a crate.
    roots: FxHashSet<String>,
}

impl Implementors {
    pub(super) fn of(program: &Program<'_>, model: &Model) -> Self {
        let first = |path: &str| path.split("::").next().unwrap_or_default().to_owned();
        let mut found = Self {
            crates: program.crate_names().map(str::to_owned).collect(),
            roots: program
                .bodies
                .iter()
                .map(|body| first(&body.path))
                .collect(),
            ..Self::default()
        };
        for implementation in &program.implementations {
            let gives_secrets = |method: &String| {
                let of_trait = implementation.header.of_trait.as_deref();
                model.names_source(of_trait.unwrap_or_default(), method)
            };
            // Whoever calls what gives out secrets is a source.
            let is_called = program.is_foreign(implementation)
                && !implementation.methods.keys().any(gives_secrets);
            let path = is_called
                .then(|| own_type(program, implementation))
                .flatten()
                .filter(|path| {
                    let parameters = &implementation.header.parameters;
                    !parameters.iter().any(|name| name == path)
                });
            let method = implementation.methods.values().next();
            let number = path.zip(method).map(|(path, method)| {
                let of_crate = program.crate_of[*method];
                found.add(of_crate, path)
            });
            found.implemented.push(number);
        }
        found
    }

    fn add(&mut self, of_crate: usize, path: &str) -> usize {
        // A type in a function of an implementation, as serde's derive makes them, has no path that could be compared.
        let path = if path.contains("<impl ") {
            types::last_segment(path).to_owned()
        } else {
            self.within_crate(path).to_owned()
        };
        let known = self
            .by_word
            .entry(types::last_segment(&path).to_owned())
            .or_default();
        let same = |known: &&Known| known.of_crate == of_crate && known.path == path;
        if let Some(same) = known.iter().find(same) {
            return same.number;
        }
        known.push(Known {
            of_crate,
            path,
            number: self.count,
        });
        self.count += 1;
        self.count - 1
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// That of an implementation; nothing where nobody calls that but the workspace.
    pub(super) fn of_implementation(&self, implementation: usize) -> Option<usize> {
        self.implemented[implementation]
    }

    /// Whether a type in the code of a crate, but for references to it, is one of those.
    pub(super) fn is(&self, here: usize, ty: &str, number: usize) -> bool {
        own_path(ty).is_some_and(|path| self.with_path(here, path).contains(&number))
    }

    /// Those that a type in the code of a crate names.
    pub(super) fn in_type(&self, here: usize, ty: &str) -> Vec<usize> {
        let mut found = ty
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':'))
            .flat_map(|path| self.with_path(here, path))
            .collect::<Vec<_>>();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// From another crate a path may lead over a re-export: then it may be any type with its last word. So may what an
    /// implementation calls by its last word alone.
    fn with_path(&self, here: usize, path: &str) -> Vec<usize> {
        let Some(known) = self.by_word.get(types::last_segment(path)) else {
            return Vec::new();
        };
        let within = self.within_crate(path);
        let root = within.split("::").next().unwrap_or(within);
        let is_whole = !path.starts_with("::");
        if within == path && is_whole && within.contains("::") && !self.roots.contains(root) {
            return Vec::new();
        }
        let is_own = within == path && is_whole;
        let is_exact = is_own || known.iter().any(|known| known.path == within);
        let is_it = |known: &&Known| {
            (!is_own || known.of_crate == here)
                && (!is_exact || known.path == within || !known.path.contains("::"))
        };
        let found = known.iter().filter(is_it);
        found.map(|known| known.number).collect()
    }

    fn within_crate<'p>(&self, path: &'p str) -> &'p str {
        match path.split_once("::") {
            Some((root, rest)) if self.crates.contains(root) => rest,
            _ => path,
        }
    }
}

/// The type that makes an implementation the workspace's own: that which has the methods, or else one that they get, as in
/// `impl From<Config> for String`.
fn own_type<'p>(program: &'p Program<'_>, of: &'p Implementation) -> Option<&'p str> {
    own_path(&of.self_type).or_else(|| {
        let methods = of.methods.values();
        methods
            .flat_map(|method| {
                let body = program.bodies[*method];
                &body.locals[1..=body.parameters]
            })
            .find_map(|local| own_path(&local.ty))
    })
}

/// The path of a type that is not of std, and no type parameter by its length.
fn own_path(ty: &str) -> Option<&str> {
    let path = types::base(types::peel(ty));
    let word = types::last_segment(path).trim_start_matches('_');
    let is_type = word.starts_with(char::is_uppercase);
    (is_type && !types::is_of_std(path) && path.len() > 2 && path != "Self").then_some(path)
}
