//! Takes out of a damaged body what refers to variables and blocks that it does not have, so that its numbers can be
//! relied on.

use crate::mir::{Body, Call, Callee, Operand, Place, Rvalue, StatementKind, Terminator};

pub(super) fn repair(body: &mut Body) {
    let locals = body.locals.len();
    let blocks = body.blocks.len();
    body.names
        .retain(|name| name.place.as_ref().is_none_or(|place| place.local < locals));
    for block in &mut body.blocks {
        for statement in &mut block.statements {
            if !is_statement_sound(&statement.kind, locals) {
                statement.kind = StatementKind::Nothing;
            }
        }
        let is_sound = is_terminator_sound(&block.terminator, locals);
        if let Some(targets) = targets(&mut block.terminator) {
            targets.retain(|target| *target < blocks);
            if !is_sound {
                block.terminator = Terminator::Goto(std::mem::take(targets));
            }
        }
    }
}

fn is_statement_sound(statement: &StatementKind, locals: usize) -> bool {
    match statement {
        StatementKind::Assign(place, value) => {
            place.local < locals && is_value_sound(value, locals)
        }
        StatementKind::CopyNonOverlapping {
            destination,
            source,
        } => is_operand_sound(destination, locals) && is_operand_sound(source, locals),
        StatementKind::Nothing => true,
    }
}

fn is_value_sound(value: &Rvalue, locals: usize) -> bool {
    let sound = |operand| is_operand_sound(operand, locals);
    match value {
        Rvalue::Use(operand)
        | Rvalue::Cast { operand, .. }
        | Rvalue::Repeat(operand)
        | Rvalue::Unary(_, operand) => sound(operand),
        Rvalue::Binary(_, left, right) => sound(left) && sound(right),
        Rvalue::Aggregate { operands, .. } => operands.iter().all(|(_, operand)| sound(operand)),
        Rvalue::Reference { place, .. } | Rvalue::About(place) => place.local < locals,
        Rvalue::ThreadLocal(_) | Rvalue::Nothing => true,
    }
}

fn is_operand_sound(operand: &Operand, locals: usize) -> bool {
    match operand {
        Operand::Copy(Place { local, .. }) | Operand::Move(Place { local, .. }) => *local < locals,
        Operand::Constant(_) => true,
    }
}

fn is_terminator_sound(terminator: &Terminator, locals: usize) -> bool {
    let sound = |operand| is_operand_sound(operand, locals);
    match terminator {
        Terminator::Switch { operand, .. } => sound(operand),
        Terminator::Call(Call {
            callee,
            arguments,
            destination,
            ..
        }) => {
            let is_callee_sound = match callee {
                Callee::Value(operand) => sound(operand),
                Callee::Path(_) => true,
            };
            is_callee_sound && destination.local < locals && arguments.iter().all(sound)
        }
        Terminator::Drop { place, .. } => place.local < locals,
        Terminator::Yield { value, resume, .. } => sound(value) && resume.local < locals,
        Terminator::Goto(_) | Terminator::Return | Terminator::End | Terminator::Assert { .. } => {
            true
        }
    }
}

/// Where the block goes on, if anywhere.
fn targets(terminator: &mut Terminator) -> Option<&mut Vec<usize>> {
    match terminator {
        Terminator::Goto(targets)
        | Terminator::Switch { targets, .. }
        | Terminator::Call(Call { targets, .. })
        | Terminator::Drop { targets, .. }
        | Terminator::Assert { targets }
        | Terminator::Yield { targets, .. } => Some(targets),
        Terminator::Return | Terminator::End => None,
    }
}
