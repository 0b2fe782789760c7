//! Where the flows begin, and what begins there.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::mir::Span;
use crate::model::Kind;

/// All beginnings, by their numbers.
#[derive(Default)]
pub(super) struct Origins {
    list: Vec<Origin>,
    numbers: HashMap<(Span, Kind), u32>,
}

struct Origin {
    span: Span,
    label: String,
    kind: Kind,
}

impl Origins {
    /// The number of what begins there.
    pub(super) fn number(&mut self, span: Span, label: &str, kind: Kind) -> u32 {
        let next = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        let list = &mut self.list;
        *self.numbers.entry((span, kind)).or_insert_with_key(|key| {
            list.push(Origin {
                span: key.0.clone(),
                label: label.to_owned(),
                kind,
            });
            next
        })
    }

    /// The files that secrets come from.
    pub(super) fn files(&self) -> BTreeSet<Arc<str>> {
        let secrets = self.list.iter().filter(|of| of.kind == Kind::Exposed);
        secrets.map(|of| of.span.file.clone()).collect()
    }

    /// What begins there.
    pub(super) fn kind(&self, number: u32) -> Kind {
        self.list[number as usize].kind
    }

    /// Where it begins, and what the report says there.
    pub(super) fn place(&self, number: u32) -> (Span, String) {
        let origin = &self.list[number as usize];
        (origin.span.clone(), origin.label.clone())
    }
}
