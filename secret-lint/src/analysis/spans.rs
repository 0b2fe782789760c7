//! Where the user's code stands: the call sites of macros have spans of the macro.

use crate::mir::{Body, Operand, Rvalue, Span, StatementKind, Terminator};

use super::SourceText;
use super::source;

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
    let is_event = last
        .terminator_span
        .as_ref()
        .is_some_and(is_in_tracing_macro);
    let mut events = 0;
    while found.is_none() && steps < 96 {
        found = in_block(texts, body, at, at != block);
        if found.is_none() && is_event && begins_event(&body.blocks[at]) {
            events += 1;
        }
        steps += 1;
        let before = (0..body.blocks.len())
            .filter(|index| {
                !body.blocks[*index].is_cleanup
                    && super::frame::targets(&body.blocks[*index].terminator).contains(&at)
            })
            .collect::<Vec<_>>();
        match before.first() {
            Some(only) if *only != at => at = *only,
            _ => break,
        }
    }
    let span = found?;
    if events > 0
        && let Some(event) = event_after(texts, &span, events)
    {
        return Some(event);
    }
    Some(whole_macro(texts, span))
}

fn is_in_tracing_macro(span: &Span) -> bool {
    span.file.contains("/tracing-") && span.file.ends_with("/macros.rs")
}

/// Whether a block asks if an event is wanted, which is how the macros of tracing begin.
fn begins_event(block: &crate::mir::Block) -> bool {
    matches!(&block.terminator, Terminator::Call(call)
        if matches!(&call.callee, crate::mir::Callee::Path(path) if path.contains("LevelFilter")))
        && block
            .terminator_span
            .as_ref()
            .is_some_and(is_in_tracing_macro) && block.statements.iter().any(|statement| {
        matches!(&statement.kind, StatementKind::Assign(_, Rvalue::Use(Operand::Constant(constant)))
                if constant.text.contains("promoted"))
    })
}

/// An event with nothing but fields has no span of the user's in it: it is found in the text, as the
/// `number`th event after the last span that there is.
fn event_after(texts: &dyn SourceText, span: &Span, number: usize) -> Option<Span> {
    const MACROS: [&str; 6] = ["trace!", "debug!", "info!", "warn!", "error!", "event!"];
    let text = texts.text(&span.file)?;
    let from = if span.start.line == span.end.line {
        span.end
    } else {
        span.start
    };
    let mut left = number;
    for (index, content) in text
        .lines()
        .enumerate()
        .skip((from.line as usize).saturating_sub(1))
    {
        let line = u32::try_from(index + 1).ok()?;
        let code = content.split("//").next().unwrap_or(content);
        let mut found = MACROS
            .iter()
            .flat_map(|name| code.match_indices(name))
            .map(|(at, _)| at)
            .filter(|at| {
                (line > from.line || *at + 1 >= from.column as usize)
                    && !code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
            })
            .collect::<Vec<_>>();
        found.sort_unstable();
        for at in found {
            left -= 1;
            if left == 0 {
                let start = code[..at]
                    .rfind(|c: char| !c.is_alphanumeric() && c != '_' && c != ':')
                    .map_or(0, |before| before + 1);
                let position = |column: usize| crate::mir::Position {
                    line,
                    column: u32::try_from(column + 1).unwrap_or(1),
                };
                return Some(Span {
                    file: span.file.clone(),
                    start: position(start),
                    end: position(code.trim_end().trim_end_matches(';').len()),
                });
            }
        }
    }
    None
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
