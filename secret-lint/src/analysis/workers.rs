//! Threads that wait at a channel: what is sent to it later, they get.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::calls::Argument;
use super::frame::Frame;
use super::types;
use super::values::{Cell, Location, Path, Value};

/// Where the functions stand that wait for what is sent.
const WAITING: &str = "waiting";
/// What one sends on to another, and that to a third: further ones are not followed.
const MOST_WAKING: usize = 2;

impl Frame<'_, '_> {
    /// After a call that starts a thread, or that sends something to one.
    pub(super) fn threads_call(&mut self, name: &str, arguments: &[Argument]) {
        let Some((owner, method)) = name.rsplit_once("::") else {
            return;
        };
        match method {
            "spawn" | "spawn_scoped" | "spawn_blocking"
                if owner.starts_with("std::thread") || owner.starts_with("tokio") =>
            {
                let Some(function) = arguments.last() else {
                    return;
                };
                if !function.value.functions.is_empty() {
                    for cell in self.heap_cells(&function.value) {
                        let waiting = Location {
                            cell,
                            path: Path::default().child(&Arc::from(WAITING)),
                        };
                        self.state
                            .write(&BTreeSet::from([waiting]), &function.value, false);
                    }
                }
            }
            "send" | "try_send" | "blocking_send"
                if types::last_segment(owner).ends_with("Sender") =>
            {
                if let Some(sender) = arguments.first() {
                    let channel = self.state.through(&sender.value.pointers);
                    self.wake_waiting(&channel);
                }
            }
            _ => {}
        }
    }

    /// Lets the functions run that wait for what was put there.
    pub(super) fn wake_waiting(&mut self, places: &BTreeSet<Location>) {
        if self.waking >= MOST_WAKING {
            return;
        }
        let mut cells = places.iter().map(|place| &place.cell).collect::<Vec<_>>();
        cells.dedup();
        cells.retain(|cell| matches!(cell, Cell::Heap(..)));
        for cell in cells {
            let content = self.state.cells.get(cell);
            let waiting = content.and_then(|content| content.fields.get(WAITING));
            if let Some(waiting) = waiting.cloned() {
                self.waking += 1;
                self.invoke_value(&waiting, &[], "", 1);
                self.waking -= 1;
            }
        }
    }

    /// What was made on the heap and that a value leads to.
    fn heap_cells(&self, value: &Value) -> BTreeSet<Cell> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut pending = vec![value.clone()];
        while let Some(value) = pending.pop() {
            pending.extend(value.fields.into_iter().map(|(_, part)| part));
            for pointer in value.pointers {
                if seen.insert(pointer.clone()) {
                    if matches!(pointer.cell, Cell::Heap(..)) {
                        found.insert(pointer.cell.clone());
                    }
                    pending.push(self.state.read(&pointer));
                }
            }
        }
        found
    }
}
