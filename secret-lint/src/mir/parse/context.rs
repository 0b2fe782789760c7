//! What is shared between the lines of a text: types and file names, each kept once.

use std::{collections::HashSet, hash::BuildHasherDefault, sync::Arc};

use rustc_hash::FxHasher;

use super::block::is_operation;
use crate::mir::{Place, Position, Projection, Span};

/// Types and file names by their text, and what the body at hand refers to.
#[derive(Default)]
pub(super) struct Context {
    texts: HashSet<Arc<str>, BuildHasherDefault<FxHasher>>,
    /// Most spans are in the file of the one before them.
    last_file: Option<Arc<str>>,
    /// The brackets that are open, kept to save the allocation.
    pub(super) open_brackets: Vec<u8>,
    /// The highest number of a local that was read.
    pub(super) highest_local: usize,
    /// The highest number of a block that was read as a target.
    pub(super) highest_block: usize,
    /// The variables whose type is a struct of the crate's root that is called like an operation.
    named_like_operations: Vec<usize>,
}

impl Context {
    /// Forgets what the body before this one referred to.
    pub(super) fn begin_body(&mut self) {
        self.highest_local = 0;
        self.highest_block = 0;
        self.named_like_operations.clear();
    }

    /// Notes the type of a variable.
    pub(super) fn declare(&mut self, local: usize, ty: &str) {
        if is_operation(ty) {
            self.named_like_operations.push(local);
        }
    }

    /// Whether what is assigned there is a struct that is called like an operation: `Add(copy _1, copy _2)` makes one.
    pub(super) fn is_named_like_operation(&self, place: &Place) -> bool {
        match place.projections.last() {
            Some(Projection::Field(_, ty)) => is_operation(ty),
            Some(_) => false,
            None => self.named_like_operations.contains(&place.local),
        }
    }

    /// The one copy of this text.
    pub(super) fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&new));
        new
    }

    /// `src/lib.rs:1:2: 3:4`; nothing where there is no such place. The file name may hold colons and spaces.
    pub(super) fn span(&mut self, text: &str) -> Option<Span> {
        let mut rest = text;
        let mut numbers = [0; 4];
        for (number, separator) in numbers.iter_mut().zip([":", ": ", ":", ":"]) {
            let digits = rest.bytes().rev().take_while(u8::is_ascii_digit).count();
            let (before, found) = rest.split_at(rest.len() - digits);
            *number = found.parse().ok()?;
            rest = before.strip_suffix(separator)?;
        }
        let [end_column, end_line, column, line] = numbers;
        Some(Span {
            file: self.file(rest),
            start: Position { line, column },
            end: Position {
                line: end_line,
                column: end_column,
            },
        })
    }

    fn file(&mut self, name: &str) -> Arc<str> {
        if let Some(last) = self.last_file.as_ref().filter(|last| ***last == *name) {
            return Arc::clone(last);
        }
        let file = self.shared(name);
        self.last_file = Some(Arc::clone(&file));
        file
    }
}
