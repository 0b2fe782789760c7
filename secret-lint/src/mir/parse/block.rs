//! Statements and terminators.

use super::{
    cursor::Cursor,
    value::{named, operand, operands, path, place, rvalue_by_sign, ty, use_or_cast},
};
use crate::mir::{Call, Callee, Constant, Operand, Place, Rvalue, StatementKind, Terminator};

/// One line of a block.
pub(super) enum Line {
    Statement(StatementKind),
    Terminator(Terminator),
}

/// A line of a block up to its semicolon, which is stepped over.
pub(super) fn line(cursor: &mut Cursor<'_, '_>) -> Option<Line> {
    let line = if cursor.is_at("_") || cursor.is_at("(") || cursor.is_at("unwrap_binder!(") {
        let destination = place(cursor)?;
        cursor.expect(" = ")?;
        assignment(cursor, destination)?
    } else {
        keyword(cursor)?
    };
    cursor.expect(";")?;
    Some(line)
}

fn keyword(cursor: &mut Cursor<'_, '_>) -> Option<Line> {
    let word_length = cursor
        .rest()
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        .count();
    let word = &cursor.rest()[..word_length];
    cursor.expect(word)?;
    let nothing = Line::Statement(StatementKind::Nothing);
    let terminator = match word {
        "StorageLive"
        | "StorageDead"
        | "PlaceMention"
        | "Deinit"
        | "BackwardIncompatibleDropHint"
        | "discriminant"
        | "FakeRead"
        | "Retag"
        | "AscribeUserType"
        | "assume" => {
            cursor.expect("(")?;
            cursor.until_any(b")")?;
            cursor.expect(")")?;
            if word == "discriminant" {
                cursor.expect(" = ")?;
                cursor.number()?;
            }
            return Some(nothing);
        }
        "Coverage" => {
            cursor.until_any(b";")?;
            return Some(nothing);
        }
        "ConstEvalCounter" | "nop" => return Some(nothing),
        "copy_nonoverlapping" => return copy_non_overlapping(cursor).map(Line::Statement),
        "goto" | "falseEdge" | "falseUnwind" => Terminator::Goto(some_targets(cursor)?),
        "return" => Terminator::Return,
        "resume" | "unreachable" | "coroutine_drop" | "abort" => Terminator::End,
        "terminate" => {
            cursor.expect("(")?;
            cursor.until_any(b")")?;
            cursor.expect(")")?;
            Terminator::End
        }
        "switchInt" => {
            cursor.expect("(")?;
            let operand = operand(cursor)?;
            cursor.expect(")")?;
            Terminator::Switch {
                operand,
                targets: some_targets(cursor)?,
            }
        }
        "drop" | "async" => drop(cursor, word == "async")?,
        "assert" => {
            cursor.expect("(")?;
            cursor.until_any(b")")?;
            cursor.expect(")")?;
            Terminator::Assert {
                targets: some_targets(cursor)?,
            }
        }
        "tailcall" => {
            cursor.expect(" ")?;
            let callee = callee(cursor)?;
            let arguments = operands(cursor, ")")?;
            let destination = Place {
                local: 0,
                projections: Vec::new(),
            };
            Terminator::Call(Call {
                callee,
                arguments,
                destination,
                targets: targets(cursor)?,
                callee_span: None,
            })
        }
        _ => return None,
    };
    Some(Line::Terminator(terminator))
}

/// What comes after `drop` or `async`: `(place) -> …`, ` drop(place; poll=future) -> …`
fn drop(cursor: &mut Cursor<'_, '_>, is_async: bool) -> Option<Terminator> {
    if is_async {
        cursor.expect(" drop")?;
    }
    cursor.expect("(")?;
    let place = place(cursor)?;
    if is_async {
        cursor.until_any(b")")?;
    }
    cursor.expect(")")?;
    Some(Terminator::Drop {
        place,
        targets: some_targets(cursor)?,
    })
}

/// What comes after its name: `(dst = operand, src = operand, count = operand)`
fn copy_non_overlapping(cursor: &mut Cursor<'_, '_>) -> Option<StatementKind> {
    cursor.expect("(dst = ")?;
    let destination = operand(cursor)?;
    cursor.expect(", src = ")?;
    let source = operand(cursor)?;
    cursor.expect(", count = ")?;
    operand(cursor)?;
    cursor.expect(")")?;
    Some(StatementKind::CopyNonOverlapping {
        destination,
        source,
    })
}

/// What comes after `destination = `.
fn assignment(cursor: &mut Cursor<'_, '_>, destination: Place) -> Option<Line> {
    let assign = |destination, value| Line::Statement(StatementKind::Assign(destination, value));
    if matches!(
        cursor.rest().bytes().next()?,
        b'&' | b'(' | b'[' | b'{' | b'*'
    ) {
        return rvalue_by_sign(cursor).map(|value| assign(destination, value));
    }
    if ["copy ", "move ", "const ", "no_retag "]
        .iter()
        .any(|prefix| cursor.is_at(prefix))
    {
        let start = cursor.position();
        let found = operand(cursor)?;
        if cursor.eat("(") {
            let arguments = operands(cursor, ")")?;
            return call(cursor, Callee::Value(found), arguments, destination);
        }
        if cursor.is_at(" -> ") {
            // A constant that is called: what it is called with has been read as a part of it.
            cursor.go_back(start);
            let path = cursor.until_any(b"(")?.strip_prefix("const ")?;
            let constant = Constant {
                text: path.to_owned(),
                ty: None,
                span: None,
            };
            cursor.expect("(")?;
            let arguments = operands(cursor, ")")?;
            return call(
                cursor,
                Callee::Value(Operand::Constant(constant)),
                arguments,
                destination,
            );
        }
        let value = use_or_cast(cursor, found)?;
        return Some(assign(destination, value));
    }
    if cursor.eat("yield(") {
        let value = operand(cursor)?;
        cursor.expect(")")?;
        let targets = some_targets(cursor)?;
        return Some(Line::Terminator(Terminator::Yield {
            value,
            resume: destination,
            targets,
        }));
    }
    let start = cursor.position();
    let is_struct = cursor.context.is_named_like_operation(&destination);
    if let Some(value) = operation(cursor).filter(|_| cursor.is_at(";") && !is_struct) {
        return Some(assign(destination, value));
    }
    cursor.go_back(start);
    by_path(cursor, destination)
}

/// What is assigned and begins with a path: a call, a struct or variant, or a function that is used as a value.
fn by_path(cursor: &mut Cursor<'_, '_>, destination: Place) -> Option<Line> {
    let path = path(cursor, b"( ;")?;
    let value = if cursor.is_at(" as ") {
        let function = Constant {
            text: path.to_owned(),
            ty: None,
            span: None,
        };
        use_or_cast(cursor, Operand::Constant(function))?
    } else {
        named(cursor, path)?
    };
    match value {
        Rvalue::Aggregate { operands, .. } if cursor.is_at(" -> ") => {
            let arguments = operands.into_iter().map(|(_, operand)| operand).collect();
            call(
                cursor,
                Callee::Path(path.to_owned()),
                arguments,
                destination,
            )
        }
        value => Some(Line::Statement(StatementKind::Assign(destination, value))),
    }
}

/// A call whose arguments have been read.
fn call(
    cursor: &mut Cursor<'_, '_>,
    callee: Callee,
    arguments: Vec<Operand>,
    destination: Place,
) -> Option<Line> {
    let targets = some_targets(cursor)?;
    Some(Line::Terminator(Terminator::Call(Call {
        callee,
        arguments,
        destination,
        targets,
        callee_span: None,
    })))
}

/// What is called, and its opening bracket.
fn callee(cursor: &mut Cursor<'_, '_>) -> Option<Callee> {
    let callee = if cursor.is_at("copy ") || cursor.is_at("move ") {
        Callee::Value(operand(cursor)?)
    } else {
        Callee::Path(path(cursor, b"( ;")?.to_owned())
    };
    cursor.expect("(")?;
    Some(callee)
}

const BINARY: [&str; 26] = [
    "Add",
    "AddUnchecked",
    "AddWithOverflow",
    "BitAnd",
    "BitOr",
    "BitXor",
    "Cmp",
    "Div",
    "Eq",
    "Ge",
    "Gt",
    "Le",
    "Lt",
    "Mul",
    "MulUnchecked",
    "MulWithOverflow",
    "Ne",
    "Offset",
    "Rem",
    "Shl",
    "ShlUnchecked",
    "Shr",
    "ShrUnchecked",
    "Sub",
    "SubUnchecked",
    "SubWithOverflow",
];

/// Whether a struct of this name looks like an operation where it is made.
pub(super) fn is_operation(name: &str) -> bool {
    BINARY.contains(&name) || OTHER.contains(&name)
}

const OTHER: [&str; 12] = [
    "Not",
    "Neg",
    "PtrMetadata",
    "Len",
    "SizeOf",
    "AlignOf",
    "OffsetOf",
    "UbChecks",
    "ContractChecks",
    "OverflowChecks",
    "RuntimeChecks",
    "ShallowInitBox",
];

/// An operation by its name: `Add(a, b)`, `Not(a)`, `Len(place)`.
fn operation(cursor: &mut Cursor<'_, '_>) -> Option<Rvalue> {
    if cursor.eat("deref_copy ") {
        return place(cursor).map(Operand::Copy).map(Rvalue::Use);
    }
    if cursor.eat("wrap_binder!(") {
        let inner = operand(cursor)?;
        cursor.expect("; ")?;
        ty(cursor, b")")?;
        cursor.expect(")")?;
        return Some(Rvalue::Use(inner));
    }
    let name = cursor.until_any(b"( ;")?;
    if matches!(name, "UbChecks" | "ContractChecks" | "OverflowChecks") && cursor.is_at(";") {
        return Some(Rvalue::Nothing);
    }
    cursor.expect("(")?;
    let value = match name {
        "Not" | "Neg" | "PtrMetadata" => Rvalue::Unary(name.to_owned(), operand(cursor)?),
        "Len" | "discriminant" => Rvalue::About(place(cursor)?),
        "SizeOf" | "AlignOf" | "OffsetOf" | "UbChecks" | "ContractChecks" | "OverflowChecks"
        | "RuntimeChecks" => {
            cursor.until_any(b")")?;
            Rvalue::Nothing
        }
        "ShallowInitBox" => {
            let operand = operand(cursor)?;
            cursor.expect(", ")?;
            let ty = ty(cursor, b")")?;
            Rvalue::Cast {
                operand,
                ty,
                kind: "ShallowInitBox".to_owned(),
            }
        }
        _ if BINARY.contains(&name) => {
            let left = operand(cursor)?;
            cursor.expect(", ")?;
            Rvalue::Binary(name.to_owned(), left, operand(cursor)?)
        }
        _ => return None,
    };
    cursor.expect(")")?;
    Some(value)
}

/// ` -> bb1`, ` -> [return: bb1, unwind: bb2]`, ` -> unwind continue`
fn some_targets(cursor: &mut Cursor<'_, '_>) -> Option<Vec<usize>> {
    cursor.expect(" -> ")?;
    if cursor.is_at("bb") {
        return Some(vec![cursor.block()?]);
    }
    if cursor.eat("unwind ") {
        unwind_action(cursor)?;
        return Some(Vec::new());
    }
    cursor.expect("[")?;
    let mut targets = Vec::new();
    while !cursor.eat("]") {
        if cursor.eat("unwind ") {
            unwind_action(cursor)?;
        } else {
            // `return`, `otherwise`, or the value, which may be a character such as ':'.
            cursor.until_any(b":,]")?;
            cursor.expect(": ")?;
            targets.push(cursor.block()?);
        }
        if !cursor.eat(", ") {
            cursor.expect("]")?;
            break;
        }
    }
    Some(targets)
}

/// Like `some_targets`, where there may be none.
pub(super) fn targets(cursor: &mut Cursor<'_, '_>) -> Option<Vec<usize>> {
    if cursor.is_at(" -> ") {
        some_targets(cursor)
    } else {
        Some(Vec::new())
    }
}

/// What comes after `unwind `.
fn unwind_action(cursor: &mut Cursor<'_, '_>) -> Option<()> {
    if cursor.eat("continue") || cursor.eat("unreachable") {
        return Some(());
    }
    cursor.expect("terminate(")?;
    cursor.until_any(b")")?;
    cursor.expect(")")
}
