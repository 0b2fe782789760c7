//! The comments below a statement: the spans and types of its constants, and which body a closure has.

use super::{context::Context, cursor::Cursor};
use crate::mir::{
    Aggregate, Call, Callee, Constant, Operand, Rvalue, Span, StatementKind, Terminator, Type,
};

/// What the comments below one statement say.
#[derive(Default)]
pub(super) struct Comments {
    constants: Vec<About>,
    /// `krate[1234]::path::{closure#0}`
    closure: Option<String>,
}

/// What is said of one constant.
#[derive(Default)]
struct About {
    span: Option<Span>,
    ty: Option<Type>,
    /// `Value("text")`, `Unevaluated(path, [], None)`
    value: String,
}

impl Comments {
    pub(super) fn clear(&mut self) {
        self.constants.clear();
        self.closure = None;
    }

    /// Reads a line after its `// `. Lines of the kinds that say nothing of use are accepted as well.
    pub(super) fn line(&mut self, text: &str, context: &mut Context) -> Option<()> {
        if text == "mir::ConstOperand" {
            self.constants.push(About::default());
        } else if let Some(place) = text.strip_prefix("+ span: ") {
            let span = context.span(place);
            if span.is_none() && place != "no-location" {
                return None;
            }
            self.constants.last_mut()?.span = span;
        } else if let Some(constant) = text.strip_prefix("+ const_: ") {
            self.constants.last_mut()?.read(constant, context)?;
        } else if let Some(definition) = text.strip_prefix("+ def_id: ") {
            let path = definition.split_once(" ~ ")?.1.strip_suffix(')')?;
            self.closure = Some(path.to_owned());
        } else if memchr::memmem::find(text.as_bytes(), b"; // scope ").is_some() {
            // A statement that a damaged text has on the line of a comment.
            return None;
        }
        Some(())
    }

    pub(super) fn apply_to_statement(&mut self, statement: &mut StatementKind, body: &str) {
        match statement {
            StatementKind::Assign(_, value) => {
                if let Rvalue::Aggregate {
                    kind:
                        Aggregate::Closure {
                            body: of_closure, ..
                        },
                    ..
                } = value
                {
                    *of_closure = self
                        .closure
                        .take()
                        .map(|definition| closure_body(&definition, body));
                }
                if let Some(function) = self.function(value) {
                    *value = Rvalue::Use(Operand::Constant(function));
                }
                self.apply(constants_of(value));
            }
            StatementKind::CopyNonOverlapping {
                destination,
                source,
            } => {
                self.apply(
                    [destination, source]
                        .into_iter()
                        .filter_map(constant)
                        .collect(),
                );
            }
            StatementKind::Nothing => {}
        }
    }

    pub(super) fn apply_to_terminator(&mut self, terminator: &mut Terminator) {
        match terminator {
            Terminator::Call(Call {
                callee,
                arguments,
                callee_span,
                ..
            }) => {
                let mut constants: Vec<_> = arguments.iter_mut().filter_map(constant).collect();
                match callee {
                    Callee::Path(_) => {
                        // The function is the first constant of a call.
                        if !self.constants.is_empty() {
                            *callee_span = self.constants.remove(0).span;
                        }
                    }
                    Callee::Value(Operand::Constant(function)) => constants.insert(0, function),
                    Callee::Value(_) => {}
                }
                self.apply(constants);
            }
            Terminator::Switch { operand, .. } => {
                self.apply(constant(operand).into_iter().collect());
            }
            Terminator::Yield { value, .. } => self.apply(constant(value).into_iter().collect()),
            _ => {}
        }
    }

    /// A function that is used as a value looks like a struct without fields, but is a constant and so has a comment.
    fn function(&self, value: &Rvalue) -> Option<Constant> {
        match value {
            Rvalue::Aggregate {
                kind: Aggregate::Named(path),
                operands,
            } if operands.is_empty() && !self.constants.is_empty() => Some(Constant {
                text: path.clone(),
                ty: None,
                span: None,
            }),
            _ => None,
        }
    }

    /// Numbers, characters and booleans have no comment; named constants of such a type look like any other.
    fn apply(&mut self, constants: Vec<&mut Constant>) {
        let mut constants: Vec<_> = constants
            .into_iter()
            .filter(|constant| !is_scalar(&constant.text))
            .collect();
        let is_complete = constants.len() == self.constants.len();
        let mut candidates = constants.iter_mut();
        for about in self.constants.drain(..) {
            let found = if is_complete {
                candidates.next()
            } else {
                candidates.find(|constant| about.may_be(&constant.text))
            };
            let Some(constant) = found else { break };
            constant.span = about.span;
            constant.ty = about.ty;
        }
    }
}

impl About {
    /// `Const { ty: T, val: V }`
    fn read(&mut self, text: &str, context: &mut Context) -> Option<()> {
        let inner = text.strip_prefix("Const { ty: ")?.strip_suffix(" }")?;
        let mut cursor = Cursor::new(inner, context);
        let ty = cursor.until(|byte, rest| byte == b',' && rest.starts_with(b", val: "))?;
        cursor.expect(", val: ")?;
        self.value.push_str(cursor.rest());
        self.ty = Some(context.shared(ty));
        Some(())
    }

    /// Whether this says something of a constant that is printed so.
    fn may_be(&self, text: &str) -> bool {
        if let Some(value) = self.value.strip_prefix("Value(") {
            return value.strip_suffix(')') == Some(text);
        }
        match self.value.strip_prefix("Unevaluated(") {
            // The path is printed without generic arguments there, and of a trait's constant without the type.
            Some(rest) => {
                let path = rest.split(", [").next().unwrap_or(rest);
                let last = path.rsplit("::").next().unwrap_or(path);
                let promoted = rest
                    .rsplit("Some(")
                    .next()
                    .and_then(|rest| rest.strip_suffix("))"));
                text.ends_with(last) || promoted.is_some_and(|promoted| text.ends_with(promoted))
            }
            None => true,
        }
    }
}

fn is_scalar(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit() || first == '\'')
        || matches!(text, "true" | "false" | "()")
}

fn constant(operand: &mut Operand) -> Option<&mut Constant> {
    match operand {
        Operand::Constant(constant) => Some(constant),
        Operand::Copy(_) | Operand::Move(_) => None,
    }
}

/// In the order in which rustc visits them.
fn constants_of(value: &mut Rvalue) -> Vec<&mut Constant> {
    let operands: Vec<&mut Operand> = match value {
        Rvalue::Use(operand)
        | Rvalue::Cast { operand, .. }
        | Rvalue::Repeat(operand)
        | Rvalue::Unary(_, operand) => {
            vec![operand]
        }
        Rvalue::Binary(_, left, right) => vec![left, right],
        Rvalue::Aggregate { operands, .. } => {
            operands.iter_mut().map(|(_, operand)| operand).collect()
        }
        Rvalue::Reference { .. } | Rvalue::About(_) | Rvalue::ThreadLocal(_) | Rvalue::Nothing => {
            Vec::new()
        }
    };
    operands.into_iter().filter_map(constant).collect()
}

/// The path by which the body of a closure is printed, from `krate[1234]::path::{closure#0}` and from the path of the
/// body that makes it. The former counts implementations (`{impl#2}`) where the latter names their place.
fn closure_body(definition: &str, maker: &str) -> String {
    let path = definition
        .split_once("::")
        .map_or(definition, |(_, path)| path);
    let Some((parent, closure)) = path.rsplit_once("::") else {
        return path.to_owned();
    };
    // What is promoted out of a body was made in it.
    let maker = maker
        .split_once("::promoted[")
        .map_or(maker, |(maker, _)| maker);
    if is_same_path(parent, maker) {
        format!("{maker}::{closure}")
    } else {
        path.to_owned()
    }
}

fn is_same_path(definition: &str, printed: &str) -> bool {
    let mut printed = printed;
    let mut segments = definition.split("::");
    loop {
        let Some(segment) = segments.next() else {
            return false;
        };
        let after = if segment.starts_with("{impl#") {
            printed
                .find(">::")
                .map(|end| &printed[end + 1..])
                .filter(|_| printed.starts_with('<'))
        } else {
            // Two of the same name are told apart by a number in one and not in the other.
            let name = if segment.starts_with('{') {
                segment
            } else {
                segment.split('#').next().unwrap_or(segment)
            };
            printed.strip_prefix(name)
        };
        match after {
            Some("") => return segments.next().is_none(),
            Some(after) => match after.strip_prefix("::") {
                Some(rest) => printed = rest,
                None => return false,
            },
            None => return false,
        }
    }
}
