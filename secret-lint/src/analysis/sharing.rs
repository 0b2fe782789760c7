//! Whether an `Rc` or `Arc` has another owner in the same body.

use crate::mir::{Body, Callee, Operand, Rvalue, StatementKind, Terminator};

use super::calls::Argument;
use super::frame::Frame;

impl Frame<'_, '_> {
    /// Whether a clone of this pointer stays in a variable, so that it cannot be the only one.
    pub(super) fn is_shared(&self, arguments: &[Argument]) -> bool {
        let Some(pointer) = arguments.first() else {
            return false;
        };
        self.body.blocks.iter().any(|block| {
            let Terminator::Call(call) = &block.terminator else {
                return false;
            };
            let Callee::Path(path) = &call.callee else {
                return false;
            };
            path.ends_with("::clone")
                && call.destination.projections.is_empty()
                && self.place_type(&call.destination) == pointer.ty
                && !is_moved(self.body, call.destination.local)
        })
    }
}

/// Whether a variable is given away.
fn is_moved(body: &Body, local: usize) -> bool {
    let moves = |operand: &Operand| matches!(operand, Operand::Move(place) if place.local == local);
    body.blocks.iter().any(|block| {
        let in_statements = block.statements.iter().any(|statement| {
            let StatementKind::Assign(_, rvalue) = &statement.kind else {
                return false;
            };
            match rvalue {
                Rvalue::Use(operand) | Rvalue::Cast { operand, .. } => moves(operand),
                Rvalue::Aggregate { operands, .. } => {
                    operands.iter().any(|(_, operand)| moves(operand))
                }
                _ => false,
            }
        });
        in_statements
            || matches!(&block.terminator, Terminator::Call(call) if call.arguments.iter().any(moves))
    })
}
