//! Reads the text that rustc prints with `-Zunpretty=mir -Zmir-include-spans=on -Ztrim-diagnostic-paths=no`.
//!
//! The format has no specification and changes between releases, so whatever is not understood is put into
//! [`Crate::unparsed`]. A text is read line by line and once from left to right; the work grows with its length.
//!
//! The parts: `cursor` finds where types and constants end, `value`, `block` and `header` know one kind of line each,
//! `comment` attaches the comments below a statement, `allocation` reads the footers, `body` puts lines together.

mod allocation;
mod block;
mod body;
mod comment;
mod context;
mod cursor;
mod header;
mod repair;
mod value;

use std::io::{self, BufRead};

use allocation::{Dump, footer};
use body::{Open, Problem};
use context::Context;
use cursor::Cursor;

use super::{Crate, Unparsed};

/// Reads what rustc printed for one crate.
///
/// ```
/// use secret_lint::mir::parse::parse;
///
/// let krate = parse("fn answer() -> u8 {\n    let mut _0: u8;\n\n    bb0: {\n        _0 = const 42_u8;\n        return;\n    }\n}\n");
/// assert_eq!(krate.bodies[0].path, "answer");
/// assert!(krate.unparsed.is_empty());
/// ```
#[must_use]
pub fn parse(text: &str) -> Crate {
    let mut parser = Parser::default();
    for line in text.lines() {
        parser.line(line);
    }
    parser.finish()
}

/// Like [`parse`], for a text that need not be in memory as a whole: hundreds of megabytes for a large crate.
///
/// # Errors
///
/// Returns the reader's error. Bytes that are not UTF-8 are none; they are replaced.
pub fn read(mut reader: impl BufRead) -> io::Result<Crate> {
    let mut parser = Parser::default();
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        let text = text.strip_suffix('\n').unwrap_or(&text);
        parser.line(text.strip_suffix('\r').unwrap_or(text));
        line.clear();
    }
    Ok(parser.finish())
}

/// How much of a text that is not understood is kept.
const LONGEST_UNPARSED: usize = 500;

/// What has been read, and what the next line belongs to.
#[derive(Default)]
struct Parser {
    krate: Crate,
    context: Context,
    line_number: usize,
    place: PlaceInText,
    /// The path of the body before the footers that follow it.
    last_body: String,
}

/// What the next line belongs to.
#[derive(Default)]
enum PlaceInText {
    /// To nothing that has begun before.
    #[default]
    Outside,
    /// To a body.
    Body(Box<Open>),
    /// To the bytes of a footer.
    Dump(Dump),
    /// To a comment that ends with `*/`.
    Comment,
    /// To something whose beginning was not understood and has been reported.
    Lost,
}

impl Parser {
    fn line(&mut self, line: &str) {
        self.line_number += 1;
        self.place = match std::mem::take(&mut self.place) {
            PlaceInText::Body(open) => self.body(open, line),
            PlaceInText::Dump(dump) => self.dump(dump, line),
            PlaceInText::Comment if line.trim_end().ends_with("*/") => PlaceInText::Outside,
            PlaceInText::Comment => PlaceInText::Comment,
            PlaceInText::Lost if line == "}" => PlaceInText::Outside,
            // The lines of what was not understood are indented; another one at the margin is the next.
            PlaceInText::Lost if line.is_empty() || line.starts_with(' ') => PlaceInText::Lost,
            PlaceInText::Lost | PlaceInText::Outside => self.outside(line),
        };
    }

    fn outside(&mut self, line: &str) -> PlaceInText {
        // What is left of a damaged line names a scope.
        if line.is_empty() || (line.starts_with("//") && !line.contains("scope ")) {
            return PlaceInText::Outside;
        }
        if line.starts_with("/*") {
            return if line.ends_with("*/") {
                PlaceInText::Outside
            } else {
                PlaceInText::Comment
            };
        }
        self.begins_anew(line).unwrap_or_else(|| {
            self.unparsed(None, self.line_number, line);
            PlaceInText::Lost
        })
    }

    /// What a line at the margin begins, if it is a header or footer.
    fn begins_anew(&mut self, line: &str) -> Option<PlaceInText> {
        if line.starts_with([' ', '}']) {
            return None;
        }
        let mut cursor = Cursor::new(line, &mut self.context);
        if let Some((dump, has_bytes)) = footer(&mut cursor, &self.last_body) {
            if has_bytes {
                return Some(PlaceInText::Dump(dump));
            }
            self.krate.allocations.extend(dump.finish());
            return Some(PlaceInText::Outside);
        }
        if line.ends_with(';') {
            let body = header::trivial_constant(&mut Cursor::new(line, &mut self.context))?;
            self.last_body.clone_from(&body.path);
            self.krate.bodies.push(body);
            return Some(PlaceInText::Outside);
        }
        let body = header::header(&mut Cursor::new(line, &mut self.context))?;
        self.last_body.clone_from(&body.path);
        Some(PlaceInText::Body(Box::new(Open::new(
            body,
            self.line_number,
            &mut self.context,
        ))))
    }

    fn body(&mut self, mut open: Box<Open>, line: &str) -> PlaceInText {
        if line == "}" {
            self.close(*open, true);
            return PlaceInText::Outside;
        }
        let is_at_margin =
            !line.starts_with([' ', '|']) && !line.is_empty() && !open.expects_more();
        if is_at_margin {
            // The end of the body is missing.
            self.close(*open, false);
            return self.outside(line);
        }
        if let Err(text) = open.line(line, self.line_number, &mut self.context) {
            self.unparsed(Some(open.path()), self.line_number, &text);
        }
        PlaceInText::Body(open)
    }

    fn dump(&mut self, mut dump: Dump, line: &str) -> PlaceInText {
        if line == "}" {
            self.krate.allocations.extend(dump.finish());
            return PlaceInText::Outside;
        }
        if line.starts_with(' ') {
            dump.line(line);
            return PlaceInText::Dump(dump);
        }
        self.unparsed(
            None,
            self.line_number,
            "the end of an allocation is missing",
        );
        self.krate.allocations.extend(dump.finish());
        self.outside(line)
    }

    /// Takes the body in, with what is wrong with it as a whole.
    fn close(&mut self, open: Open, is_complete: bool) {
        let path = open.path().to_owned();
        let (body, mut problems) = open.finish(&self.context);
        if !is_complete {
            problems.push(Problem {
                line: self.line_number,
                text: "the end of the body is missing".to_owned(),
            });
        }
        for problem in problems {
            self.unparsed(Some(&path), problem.line, &problem.text);
        }
        self.krate.bodies.push(body);
    }

    fn unparsed(&mut self, body: Option<&str>, line: usize, text: &str) {
        let text = text.trim().chars().take(LONGEST_UNPARSED).collect();
        self.krate.unparsed.push(Unparsed {
            body: body.map(str::to_owned),
            line,
            text,
        });
    }

    fn finish(mut self) -> Crate {
        match std::mem::take(&mut self.place) {
            PlaceInText::Body(open) => self.close(*open, false),
            PlaceInText::Dump(dump) => {
                self.unparsed(
                    None,
                    self.line_number,
                    "the end of an allocation is missing",
                );
                self.krate.allocations.extend(dump.finish());
            }
            PlaceInText::Comment => {
                self.unparsed(None, self.line_number, "the end of a comment is missing");
            }
            PlaceInText::Outside | PlaceInText::Lost => {}
        }
        self.krate
    }
}
