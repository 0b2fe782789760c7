//! What only the source says: the header of an `impl`, the macro call around a position, the attributes of a field.

use crate::mir::{Position, Span};

use super::SourceText;
use super::types;

/// The header of an `impl` block.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// The trait's name without arguments, as written; nothing for an inherent one.
    pub(super) of_trait: Option<String>,
    /// The type as written; nothing for a derive, whose type the bodies tell.
    pub(super) self_type: Option<String>,
    /// The names of the type parameters.
    pub(super) parameters: Vec<String>,
}

/// Reads `file:3:1: 3:8` of `<impl at file:3:1: 3:8>`.
pub(super) fn parse_span(text: &str) -> Option<Span> {
    let (start, end) = text.rsplit_once(": ")?;
    let (end_line, end_column) = end.split_once(':')?;
    let (start, start_column) = start.rsplit_once(':')?;
    let (file, start_line) = start.rsplit_once(':')?;
    let number = |text: &str| text.trim().parse().ok();
    Some(Span {
        file: file.into(),
        start: Position {
            line: number(start_line)?,
            column: number(start_column)?,
        },
        end: Position {
            line: number(end_line)?,
            column: number(end_column)?,
        },
    })
}

/// The text of a span.
pub(super) fn text_at(source: &str, span: &Span) -> String {
    let mut out = String::new();
    let (first, last) = (span.start.line as usize, span.end.line as usize);
    let lines = source.lines().enumerate().take(last);
    for (number, line) in lines.skip(first.saturating_sub(1)) {
        let number = u32::try_from(number + 1).unwrap_or(u32::MAX);
        let from = if number == span.start.line {
            span.start.column as usize - 1
        } else {
            0
        };
        let to = if number == span.end.line {
            span.end.column as usize - 1
        } else {
            usize::MAX
        };
        out.extend(line.chars().skip(from).take(to.saturating_sub(from)));
        out.push('\n');
    }
    out.trim_end().to_owned()
}

/// Reads the header at a span.
pub(super) fn header(sources: &dyn SourceText, span: &Span) -> Header {
    let Some(source) = sources.text(&span.file) else {
        return Header::default();
    };
    let text = text_at(&source, span);
    let Some(at) = text
        .find("impl")
        .filter(|at| text[..*at].trim().is_empty() || text[..*at].trim() == "unsafe")
    else {
        // A derive: its name alone.
        return Header {
            of_trait: Some(types::last_segment(text.trim()).to_owned()),
            ..Header::default()
        };
    };
    let mut rest = text[at + 4..].trim_start();
    let mut result = Header::default();
    if rest.starts_with('<')
        && let Some(close) = types::closing(rest)
    {
        result.parameters = types::split_list(&rest[1..close])
            .into_iter()
            .filter(|part| !part.starts_with('\''))
            .map(|part| {
                part.trim_start_matches("const ")
                    .split([':', '=', ' '])
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect();
        rest = rest[close + 1..].trim_start();
    }
    let rest = rest
        .split(" where ")
        .next()
        .unwrap_or(rest)
        .split("\nwhere")
        .next()
        .unwrap_or(rest)
        .trim();
    let parts = types::split_top(rest, " for ");
    if parts.len() > 1 {
        result.of_trait = Some(types::last_segment(&types::without_arguments(parts[0])).to_owned());
        result.self_type = Some(parts[1].trim().to_owned());
    } else {
        result.self_type = Some(rest.to_owned());
    }
    result
}

/// Where the macro call begins that a position lies in: the innermost that is no formatting helper.
pub(super) fn macro_start(source: &str, position: Position) -> Option<Position> {
    const HELPERS: [&str; 9] = [
        "format",
        "format_args",
        "concat",
        "vec",
        "stringify",
        "matches",
        "json",
        "line",
        "thread_local",
    ];
    let offset = offset_of(source, position)?;
    let bytes = source.as_bytes();
    let mut depth = 0_i32;
    let mut at = offset;
    let lowest = offset.saturating_sub(4000);
    while at > lowest {
        at -= 1;
        match bytes[at] {
            b')' | b']' | b'}' => depth += 1,
            b'(' | b'[' | b'{' if depth > 0 => depth -= 1,
            b'(' | b'[' | b'{' => {
                let before = source.get(..at)?.trim_end();
                if let Some(name) = before.strip_suffix('!') {
                    let start = name
                        .rfind(|c: char| !c.is_alphanumeric() && c != '_' && c != ':')
                        .map_or(0, |found| found + 1);
                    let word = types::last_segment(&name[start..]);
                    if !HELPERS.contains(&word) && !word.is_empty() {
                        return Some(position_of(source, start));
                    }
                } else if bytes[at] == b'{' {
                    return None;
                }
            }
            _ => {}
        }
    }
    None
}

/// The byte at a position.
pub(super) fn offset_of(source: &str, position: Position) -> Option<usize> {
    let mut start = 0;
    for (number, line) in source.split_inclusive('\n').enumerate() {
        if number + 1 == position.line as usize {
            let inside = line
                .char_indices()
                .nth(position.column as usize - 1)
                .map_or(line.len(), |(at, _)| at);
            return Some(start + inside);
        }
        start += line.len();
    }
    None
}

/// The position of a byte.
pub(super) fn position_of(source: &str, offset: usize) -> Position {
    let before = &source[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    Position {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(column).unwrap_or(u32::MAX),
    }
}

/// The type parameters of the function of this name whose header ends there.
pub(super) fn generics_before(source: &str, position: Position, name: &str) -> Vec<String> {
    let Some(end) = offset_of(source, position) else {
        return Vec::new();
    };
    let Some(start) = source
        .get(..end)
        .and_then(|before| before.rfind(&format!("fn {name}<")))
    else {
        return Vec::new();
    };
    let rest = &source[start + 3 + name.len()..];
    if end - start > 2000
        || source[start + 3..end].contains("fn ") && source[start + 3..end].contains('{')
    {
        return Vec::new();
    }
    let Some(close) = types::closing(rest) else {
        return Vec::new();
    };
    types::split_list(&rest[1..close])
        .into_iter()
        .filter(|part| !part.starts_with('\''))
        .map(|part| {
            part.trim_start_matches("const ")
                .split([':', '=', ' '])
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}
