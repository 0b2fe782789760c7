//! Where a secret may get to, by a rough look at the whole program.
//!
//! Most functions of most programs never touch a secret, and following symbolic values through them is what the analysis
//! would spend its time on. So the variables of all bodies are made one graph first: an edge leads from a variable to
//! each that may take something from it, without an order of statements, fields or contexts, and from a reference back to
//! what can be changed through it. What the sources do not reach in this graph is left out. Where the look is too rough
//! to know, it says that a secret may get there.
//!
//! Literals that name secrets or look like them and placeholders are in most functions. They count only where they also
//! lead to something that asks for them: a look-up by name, a constructor of a secret, a request.

use rustc_hash::FxHashSet;

use crate::model::Model;

use super::program::Program;

mod calls;
mod captured;
mod edges;
mod erased;
mod facts;
mod graph;
mod implementors;
mod sharing;

use facts::Facts;

/// What the look has found.
pub(super) struct Reach {
    /// The number of a body's first variable in the graph.
    first: Vec<usize>,
    reached: edges::Reached,
    bodies: Vec<bool>,
    follows_all: bool,
    /// By their text.
    behaving: FxHashSet<String>,
}

impl Reach {
    /// Looks at a program.
    pub(super) fn of(program: &Program<'_>, model: &Model) -> Self {
        let facts = Facts::of(program, model);
        let mut builder = edges::Builder::new(program, model, facts);
        builder.build();
        let reached = builder.reached();
        let first = builder.first;
        let bodies = program
            .bodies
            .iter()
            .zip(&first)
            .map(|(body, first)| reached.all[*first..first + body.locals.len()].contains(&true))
            .collect();
        let behaving = builder.facts.into_behaving();
        Self {
            first,
            reached,
            bodies,
            follows_all: false,
            behaving,
        }
    }

    /// Lets everything be followed all the same.
    pub(super) fn follow_all(&mut self) {
        self.follows_all = true;
    }

    /// Whether a body is to be followed: it may touch a secret.
    pub(super) fn body(&self, body: usize) -> bool {
        self.follows_all || self.bodies[body]
    }

    /// Whether a variable of a body is to be followed: it may hold a secret, or refer to one.
    pub(super) fn local(&self, body: usize, local: usize) -> bool {
        self.follows_all || self.reached.all[self.first[body] + local]
    }

    /// Whether a variable of a body may hold a secret, or refer to one.
    pub(super) fn touches(&self, body: usize, local: usize) -> bool {
        self.reached.secrets[self.first[body] + local]
    }

    /// Whether functions, or types that it does not name, may be in something of a type that a body declares.
    pub(super) fn behaves(&self, ty: &str) -> bool {
        self.behaving.contains(ty)
    }
}
