//! What stands before a body's blocks: its header, the variables and their names.

use super::{
    cursor::Cursor,
    value::{operand, place, ty},
};
use crate::mir::{
    Block, Body, BodyKind, Local, Name, Operand, Place, Rvalue, Statement, StatementKind,
    Terminator, Type,
};

/// The beginning of a body: `fn path(_1: T) -> R {`, `const path: T = {`.
pub(super) fn header(cursor: &mut Cursor<'_, '_>) -> Option<Body> {
    let signature = cursor.rest().strip_suffix(" {")?;
    if let Some(signature) = signature.strip_suffix(" =") {
        return constant(&mut Cursor::new(signature, cursor.context));
    }
    cursor.eat("const ");
    cursor.eat("unsafe ");
    cursor.expect("fn ")?;
    let path = cursor.until_any(b"(")?.to_owned();
    cursor.expect("(")?;
    let mut locals = vec![local("")];
    while !cursor.eat(")") {
        if cursor.local()? != locals.len() {
            return None;
        }
        cursor.expect(": ")?;
        locals.push(Local {
            ty: ty(cursor, b",)")?,
            span: None,
        });
        if !cursor.eat(", ") {
            cursor.expect(")")?;
            break;
        }
    }
    cursor.expect(" -> ")?;
    let result = cursor
        .rest()
        .strip_suffix(" {")
        .filter(|text| !text.is_empty())?;
    locals[0].ty = cursor.context.shared(result);
    Some(body(path, BodyKind::Function, locals))
}

/// `const path: T`, `static mut path: T`, or without the word for a constant that has no name.
fn constant(cursor: &mut Cursor<'_, '_>) -> Option<Body> {
    let kind = if cursor.eat("static ") {
        cursor.eat("mut ");
        BodyKind::Static
    } else {
        cursor.eat("const ");
        BodyKind::Constant
    };
    let path = cursor
        .until(|byte, rest| byte == b':' && rest.starts_with(b": "))?
        .to_owned();
    cursor.expect(": ")?;
    let ty = cursor.context.shared(cursor.rest());
    (!path.is_empty() && !ty.is_empty()).then(|| body(path, kind, vec![Local { ty, span: None }]))
}

/// `const path: T = const value;`: a body that only gives out a value.
pub(super) fn trivial_constant(cursor: &mut Cursor<'_, '_>) -> Option<Body> {
    let signature = cursor
        .until(|byte, rest| byte == b'=' && rest.starts_with(b"= const "))?
        .strip_suffix(' ')?;
    cursor.expect("= ")?;
    let mut value = operand(cursor)?;
    cursor.expect(";")?;
    let mut body = constant(&mut Cursor::new(signature, cursor.context))?;
    if let Operand::Constant(value) = &mut value {
        value.ty = Some(body.locals[0].ty.clone());
    }
    let result = Place {
        local: 0,
        projections: Vec::new(),
    };
    let kind = StatementKind::Assign(result, Rvalue::Use(value));
    body.blocks.push(Block {
        is_cleanup: false,
        statements: vec![Statement { kind, span: None }],
        terminator: Terminator::Return,
        terminator_span: None,
    });
    cursor.rest().is_empty().then_some(body)
}

fn local(ty: &str) -> Local {
    Local {
        ty: ty.into(),
        span: None,
    }
}

fn body(path: String, kind: BodyKind, locals: Vec<Local>) -> Body {
    Body {
        path,
        kind,
        parameters: locals.len() - 1,
        locals,
        names: Vec::new(),
        blocks: Vec::new(),
    }
}

/// `let mut _1: T;` up to its semicolon.
pub(super) fn declaration(cursor: &mut Cursor<'_, '_>) -> Option<(usize, Type)> {
    cursor.expect("let ")?;
    cursor.eat("mut ");
    let number = cursor.local()?;
    cursor.expect(": ")?;
    let ty = ty(cursor, b";")?;
    cursor.expect(";")?;
    Some((number, ty))
}

/// `debug name => place;` up to its semicolon.
pub(super) fn name(cursor: &mut Cursor<'_, '_>) -> Option<Name> {
    cursor.expect("debug ")?;
    let printed = cursor.until(|byte, rest| byte == b' ' && rest.starts_with(b" => "))?;
    // A variable that was split up: `((name: T).0: U)`.
    let name = printed
        .trim_start_matches(['(', '*'])
        .split([':', ' ', '.', ')'])
        .next()?;
    cursor.expect(" => ")?;
    let place = if is_place(cursor.rest()) {
        Some(place(cursor)?)
    } else {
        // A constant, or a function by its path.
        cursor.until_any(b";")?;
        None
    };
    cursor.expect(";")?;
    (!name.is_empty()).then(|| Name {
        name: name.to_owned(),
        place,
        span: None,
    })
}

/// Whether it begins as places do. Names of functions may begin with an underscore too.
fn is_place(text: &str) -> bool {
    let text = text.as_bytes();
    text.starts_with(b"(")
        || (text.starts_with(b"_") && text.get(1).is_some_and(u8::is_ascii_digit))
}

/// `bb1: {`, `bb1 (cleanup): {`: its number and whether it is the latter.
pub(super) fn block(line: &str) -> Option<(usize, bool)> {
    let name = line.strip_prefix("bb")?.strip_suffix(": {")?;
    let (number, is_cleanup) = match name.strip_suffix(" (cleanup)") {
        Some(number) => (number, true),
        None => (name, false),
    };
    Some((number.parse().ok()?, is_cleanup))
}

/// Whether the line opens a scope: `scope 1 {`, `scope 2 (inlined path) {`.
pub(super) fn opens_scope(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("scope ") else {
        return false;
    };
    let rest = rest.trim_start_matches(|character: char| character.is_ascii_digit());
    let text = rest.split(" // ").next().unwrap_or(rest).trim_end();
    text == " {" || (text.starts_with(" (inlined ") && text.ends_with(") {"))
}
