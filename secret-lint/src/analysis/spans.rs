//! Where the user's code stands: the call sites of macros have spans of the macro.

use crate::mir::{Body, Operand, Rvalue, Span, StatementKind, Terminator};

use super::SourceText;
use super::program::Program;
use super::source;

/// Blocks farther back are not asked for spans.
const FARTHEST: usize = 96;

/// Whether a span is in the workspace's code and not in the text of a macro there.
pub(super) fn is_users(texts: &dyn SourceText, span: &Span) -> bool {
    if span.file.contains("/.cargo/")
        || span.file.contains("/rustc/")
        || span.file.contains("/registry/src/")
        || span.file.starts_with('<')
        || span.file.contains("/rustlib/")
    {
        return false;
    }
    !texts
        .text(&span.file)
        .is_some_and(|text| is_in_macro_definition(&text, span.start.line))
}

fn is_in_macro_definition(text: &str, line: u32) -> bool {
    if !text.contains("macro_rules!") {
        return false;
    }
    let mut depth = 0_i64;
    let mut inside = false;
    for (number, content) in text.lines().enumerate() {
        if content.trim_start().starts_with("macro_rules!") {
            inside = true;
            depth = 0;
        }
        if inside && number + 1 == line as usize {
            return true;
        }
        if inside {
            depth += i64::try_from(content.matches(['{', '(']).count()).unwrap_or(0)
                - i64::try_from(content.matches(['}', ')']).count()).unwrap_or(0);
            if depth <= 0 {
                inside = false;
            }
        }
    }
    false
}

/// The span of a call for the user: its own, or of the macro call that it is part of.
pub(super) fn of_call(texts: &dyn SourceText, body: &Body, block: usize) -> Option<Span> {
    let mut found = None;
    let last = &body.blocks[block];
    let candidates = |spans: Vec<Option<Span>>| {
        spans
            .into_iter()
            .flatten()
            .find(|span| is_users(texts, span))
    };
    if let Some(span) = candidates(vec![last.terminator_span.clone()]) {
        return Some(span);
    }
    if let Terminator::Call(call) = &last.terminator {
        let mut spans = vec![call.callee_span.clone()];
        spans.extend(call.arguments.iter().map(constant_span));
        found = candidates(spans);
    }
    let mut at = block;
    let mut steps = 0;
    while found.is_none() && steps < FARTHEST {
        found = in_block(texts, body, at, at != block);
        steps += 1;
        match before(body, at) {
            Some(earlier) => at = earlier,
            None => break,
        }
    }
    let span = found?;
    Some(whole_macro(texts, span))
}

fn is_in_tracing_macro(span: &Span) -> bool {
    span.file.contains("/tracing-") && span.file.ends_with("/macros.rs")
}

/// The macro call of tracing that the code of a block is from. The values in it can have spans of tracing only; the static
/// that each event and span has knows its place.
pub(super) fn of_tracing_macro(
    program: &Program<'_>,
    crate_number: usize,
    body: &Body,
    block: usize,
) -> Option<Span> {
    let terminator = body.blocks[block].terminator_span.as_ref()?;
    if !is_in_tracing_macro(terminator) {
        return None;
    }
    let mut at = block;
    for _ in 0..FARTHEST {
        let constants = body.blocks[at]
            .statements
            .iter()
            .rev()
            .filter_map(|statement| match &statement.kind {
                StatementKind::Assign(_, Rvalue::Use(Operand::Constant(constant))) => {
                    program.event(crate_number, constant)
                }
                _ => None,
            });
        if let Some(span) = constants.into_iter().next() {
            return Some(span.clone());
        }
        at = before(body, at)?;
    }
    None
}

/// A block that leads to this one.
fn before(body: &Body, block: usize) -> Option<usize> {
    (0..body.blocks.len())
        .find(|index| {
            !body.blocks[*index].is_cleanup
                && super::frame::targets(&body.blocks[*index].terminator).contains(&block)
        })
        .filter(|index| *index != block)
}

/// The macro call around a span, if there is one.
pub(super) fn whole_macro(texts: &dyn SourceText, span: Span) -> Span {
    let Some(text) = texts.text(&span.file) else {
        return span;
    };
    match source::macro_start(&text, span.start) {
        Some(start) => Span { start, ..span },
        None => span,
    }
}

/// The last span of the user's in a block.
fn in_block(
    texts: &dyn SourceText,
    body: &Body,
    block: usize,
    with_terminator: bool,
) -> Option<Span> {
    let of = &body.blocks[block];
    if with_terminator {
        let mut spans = Vec::new();
        if let Terminator::Call(call) = &of.terminator {
            spans.extend(call.arguments.iter().map(constant_span));
            spans.push(call.callee_span.clone());
            spans.push(of.terminator_span.clone());
        }
        if let Some(span) = spans
            .into_iter()
            .flatten()
            .find(|span| is_users(texts, span))
        {
            return Some(span);
        }
    }
    of.statements
        .iter()
        .rev()
        .filter(|statement| statement.kind != StatementKind::Nothing)
        .find_map(|statement| {
            let mut spans = Vec::new();
            if let StatementKind::Assign(_, Rvalue::Use(operand)) = &statement.kind {
                spans.push(constant_span(operand));
            }
            spans.push(statement.span.clone());
            spans
                .into_iter()
                .flatten()
                .find(|span| is_users(texts, span))
        })
}

fn constant_span(operand: &Operand) -> Option<Span> {
    match operand {
        Operand::Constant(constant) => constant.span.clone(),
        _ => None,
    }
}
