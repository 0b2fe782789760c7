//! Places, operands and what is assigned.

use super::cursor::Cursor;
use crate::mir::{Aggregate, Constant, Operand, Place, Projection, Rvalue, Type};

/// `copy _1`, `move (_1.0: T)`, `const 1_u8`, or the path of a function.
pub(super) fn operand(cursor: &mut Cursor<'_, '_>) -> Option<Operand> {
    // Since 1.97: a copy that makes no new tag for the borrow checker of Miri.
    cursor.eat("no_retag ");
    if cursor.eat("copy ") {
        place(cursor).map(Operand::Copy)
    } else if cursor.eat("move ") {
        place(cursor).map(Operand::Move)
    } else if cursor.eat("const ") {
        constant(cursor).map(Operand::Constant)
    } else {
        let text = path(cursor, b" ,)]};")?.to_owned();
        Some(Operand::Constant(Constant {
            text,
            ty: None,
            span: None,
        }))
    }
}

/// The path of a function or type up to one of these characters.
pub(super) fn path<'text>(cursor: &mut Cursor<'text, '_>, ends: &[u8]) -> Option<&'text str> {
    let path = cursor.until_any(ends)?;
    let is_path =
        path.starts_with(|first: char| first.is_alphabetic() || first == '_' || first == '<');
    // With an exclamation mark rustc prints what has no name of its own, such as `wrap_binder!(…)`.
    (is_path && !path.ends_with('!')).then_some(path)
}

/// What comes after `const`, up to what follows it in any operand's place.
fn constant(cursor: &mut Cursor<'_, '_>) -> Option<Constant> {
    let text = cursor.until(|byte, rest| match byte {
        b',' | b')' | b']' | b'}' | b';' => true,
        b' ' => rest.starts_with(b" as ") || rest.starts_with(b" -> "),
        _ => false,
    })?;
    let text = text.trim_end();
    (!text.is_empty()).then(|| Constant {
        text: text.to_owned(),
        ty: None,
        span: None,
    })
}

/// What encloses a place from the left, in the order in which it is printed.
enum Opened {
    /// `(*`
    Deref,
    /// `(`
    Selection,
    /// `unwrap_binder!(`
    Binder,
}

/// `_1`, `(*_1)`, `((_1 as Some).0: &str)[_2]`
pub(super) fn place(cursor: &mut Cursor<'_, '_>) -> Option<Place> {
    let mut opened = Vec::new();
    loop {
        if cursor.eat("(*") {
            opened.push(Opened::Deref);
        } else if cursor.eat("(") {
            opened.push(Opened::Selection);
        } else if cursor.eat("unwrap_binder!(") {
            opened.push(Opened::Binder);
        } else {
            break;
        }
    }
    let mut place = Place {
        local: cursor.local()?,
        projections: Vec::new(),
    };
    loop {
        while cursor.eat("[") {
            place.projections.push(element(cursor)?);
        }
        let Some(innermost) = opened.pop() else {
            return Some(place);
        };
        match innermost {
            Opened::Deref => {
                cursor.expect(")")?;
                place.projections.push(Projection::Deref);
            }
            Opened::Selection => selection(cursor, &mut place.projections)?,
            // Says only which lifetimes are bound where.
            Opened::Binder => {
                cursor.expect("; ")?;
                ty(cursor, b")")?;
                cursor.expect(")")?;
            }
        }
    }
}

/// What comes after `[`: `_1]`, `0 of 2]`, `-1 of 2]`, `1..3]`, `1:]`, `:-1]`
fn element(cursor: &mut Cursor<'_, '_>) -> Option<Projection> {
    let projection = if let Some(local) = cursor.local() {
        Projection::Element(Some(local))
    } else {
        let text = cursor.until_any(b"]")?;
        let known = |byte: u8| byte.is_ascii_digit() || b" of-:.".contains(&byte);
        if !text.bytes().all(known) {
            return None;
        }
        match text.split_once(" of ") {
            Some((number, _)) => number
                .parse()
                .map_or(Projection::Element(None), Projection::ElementAt),
            None => Projection::Slice,
        }
    };
    cursor.expect("]")?;
    Some(projection)
}

/// What comes after the place in `(place.0: T)` and `(place as Variant)`.
fn selection(cursor: &mut Cursor<'_, '_>, projections: &mut Vec<Projection>) -> Option<()> {
    if cursor.eat(".") {
        let number = cursor.number()?;
        cursor.expect(": ")?;
        projections.push(Projection::Field(number, ty(cursor, b")")?));
    } else {
        cursor.expect(" as ")?;
        let name = cursor.until_any(b")")?;
        if name.is_empty() {
            return None;
        }
        // What has other signs in it is a type, by which the same value is seen.
        if name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_#".contains(&byte) || byte >= 0x80)
        {
            projections.push(Projection::Downcast(name.to_owned()));
        }
    }
    cursor.expect(")")
}

/// A type up to one of these characters.
pub(super) fn ty(cursor: &mut Cursor<'_, '_>, ends: &[u8]) -> Option<Type> {
    let text = cursor.until_any(ends)?;
    (!text.is_empty()).then(|| cursor.context.shared(text))
}

/// Operands up to the closing bracket, which is stepped over.
pub(super) fn operands(cursor: &mut Cursor<'_, '_>, close: &str) -> Option<Vec<Operand>> {
    let mut found = Vec::new();
    while !cursor.eat(close) {
        found.push(operand(cursor)?);
        if !cursor.eat(", ") {
            // One alone in a tuple has a comma behind it.
            cursor.eat(",");
            cursor.expect(close)?;
            break;
        }
    }
    Some(found)
}

/// `{ name: operand, … }` after its opening brace.
fn fields(cursor: &mut Cursor<'_, '_>) -> Option<Vec<(Option<String>, Operand)>> {
    let mut found = Vec::new();
    loop {
        let name = cursor.until_any(b":")?;
        cursor.expect(": ")?;
        found.push((Some(name.to_owned()), operand(cursor)?));
        if !cursor.eat(", ") {
            cursor.eat(" ");
            cursor.expect("}")?;
            return Some(found);
        }
    }
}

fn aggregate(kind: Aggregate, operands: Vec<Operand>) -> Rvalue {
    Rvalue::Aggregate {
        kind,
        operands: operands
            .into_iter()
            .map(|operand| (None, operand))
            .collect(),
    }
}

/// What begins with an operand: the operand itself, or a cast of it.
pub(super) fn use_or_cast(cursor: &mut Cursor<'_, '_>, operand: Operand) -> Option<Rvalue> {
    if !cursor.eat(" as ") {
        return Some(Rvalue::Use(operand));
    }
    // The kind stands in the last brackets; the type may have some as well: `fn(u8) -> (u8, u8) (PtrToPtr)`.
    let text = cursor.until_any(b";")?;
    let (ty, kind) = last_brackets(text)?;
    Some(Rvalue::Cast {
        operand,
        ty: cursor.context.shared(ty),
        kind: kind.to_owned(),
    })
}

/// Splits `type (Kind(of, cast))`.
fn last_brackets(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix(')')?;
    let mut depth = 0_usize;
    for (at, byte) in inner.bytes().enumerate().rev() {
        match byte {
            b')' => depth += 1,
            b'(' if depth == 0 => {
                let ty = inner[..at].strip_suffix(' ')?;
                return (!ty.is_empty()).then_some((ty, &inner[at + 1..]));
            }
            b'(' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// What is assigned and begins with a sign. Paths, calls and operations are `block::assignment`'s.
pub(super) fn rvalue_by_sign(cursor: &mut Cursor<'_, '_>) -> Option<Rvalue> {
    if cursor.eat("&/*tls*/ ") {
        cursor.eat("mut ");
        return Some(Rvalue::ThreadLocal(cursor.until_any(b";")?.to_owned()));
    }
    if cursor.eat("&") {
        return reference(cursor);
    }
    if cursor.eat("(") {
        return Some(aggregate(Aggregate::Tuple, operands(cursor, ")")?));
    }
    if cursor.eat("[") {
        return array(cursor);
    }
    if cursor.is_at("{") {
        return closure(cursor);
    }
    if cursor.eat("*const ") || cursor.eat("*mut ") {
        return raw_pointer(cursor);
    }
    None
}

/// What comes after `&`.
fn reference(cursor: &mut Cursor<'_, '_>) -> Option<Rvalue> {
    if cursor.is_at("'") {
        cursor.until_any(b" ")?;
        cursor.expect(" ")?;
    }
    let is_mutable = if cursor.eat("raw ") {
        let is_mutable = cursor.eat("mut ");
        if !is_mutable {
            cursor.expect("const ")?;
            cursor.eat("(fake) ");
        }
        is_mutable
    } else if cursor.eat("fake ") {
        cursor.eat("shallow ");
        false
    } else {
        cursor.eat("mut ")
    };
    Some(Rvalue::Reference {
        is_mutable,
        place: place(cursor)?,
    })
}

/// What comes after `[`: `a, b]` or `a; 12]`
fn array(cursor: &mut Cursor<'_, '_>) -> Option<Rvalue> {
    if cursor.eat("]") {
        return Some(aggregate(Aggregate::Array, Vec::new()));
    }
    let first = operand(cursor)?;
    if cursor.eat("; ") {
        cursor.until_any(b"]")?;
        cursor.expect("]")?;
        return Some(Rvalue::Repeat(first));
    }
    let mut all = vec![first];
    if cursor.eat(", ") {
        all.extend(operands(cursor, "]")?);
    } else {
        cursor.expect("]")?;
    }
    Some(aggregate(Aggregate::Array, all))
}

/// `{closure@src/lib.rs:1:2: 3:4} { name: operand }`
fn closure(cursor: &mut Cursor<'_, '_>) -> Option<Rvalue> {
    let ty = ty(cursor, b" ;")?;
    let operands = if cursor.eat(" { ") {
        fields(cursor)?
    } else {
        Vec::new()
    };
    Some(Rvalue::Aggregate {
        kind: Aggregate::Closure { ty, body: None },
        operands,
    })
}

/// What comes after `*const `: `T from (pointer, metadata)`. The pointer's value goes on in it; the other is a number.
fn raw_pointer(cursor: &mut Cursor<'_, '_>) -> Option<Rvalue> {
    let ty = cursor.until(|byte, rest| byte == b' ' && rest.starts_with(b" from ("))?;
    let ty = cursor.context.shared(ty);
    cursor.expect(" from (")?;
    let operand = operands(cursor, ")")?.into_iter().next()?;
    Some(Rvalue::Cast {
        operand,
        ty,
        kind: "RawPtr".to_owned(),
    })
}

/// What comes after the path of a struct or variant: ` { name: operand }`, `(operand)` or nothing.
pub(super) fn named(cursor: &mut Cursor<'_, '_>, path: &str) -> Option<Rvalue> {
    let kind = Aggregate::Named(path.to_owned());
    if cursor.eat(" { ") {
        return Some(Rvalue::Aggregate {
            kind,
            operands: fields(cursor)?,
        });
    }
    let all = if cursor.eat("(") {
        operands(cursor, ")")?
    } else {
        Vec::new()
    };
    Some(aggregate(kind, all))
}
