//! A body that is being read: what its lines say is put together here.

use super::{
    block::{self, Line},
    comment::Comments,
    context::Context,
    cursor::Cursor,
    header,
};
use crate::mir::{Block, Body, Local, Span, Statement, StatementKind, Terminator};

/// Where rustc puts the comments below a statement.
const COMMENT_COLUMN: usize = 41;

/// Something that is wrong with a body, and on which line of the text.
pub(super) struct Problem {
    pub(super) line: usize,
    pub(super) text: String,
}

/// A body whose closing brace has not come yet.
pub(super) struct Open {
    body: Body,
    first_line: usize,
    /// Those declared by `let`, in the order in which they are printed.
    declared: Vec<(usize, Local)>,
    block: Option<OpenBlock>,
    /// The scopes that are open.
    depth: usize,
    problems: Vec<Problem>,
}

/// A block whose closing brace has not come yet.
struct OpenBlock {
    is_cleanup: bool,
    statements: Vec<Statement>,
    terminator: Option<(Terminator, Option<Span>)>,
    /// What the comments belong to.
    last: Last,
    comments: Comments,
    /// The lines so far of an assembly template, which may hold line breaks.
    template: Option<String>,
}

/// What was read last in a block.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    None,
    Statement,
    Terminator,
    /// Something that was not understood and has been reported: so have its comments.
    Unknown,
}

impl Open {
    pub(super) fn new(body: Body, first_line: usize, context: &mut Context) -> Self {
        context.begin_body();
        for (number, local) in body.locals.iter().enumerate() {
            context.declare(number, &local.ty);
        }
        Self {
            body,
            first_line,
            declared: Vec::new(),
            block: None,
            depth: 0,
            problems: Vec::new(),
        }
    }

    pub(super) fn path(&self) -> &str {
        &self.body.path
    }

    /// Whether the next line is a part of this body even if it stands at the margin.
    pub(super) fn expects_more(&self) -> bool {
        self.block
            .as_ref()
            .is_some_and(|block| block.template.is_some())
    }

    /// Reads one line. The error is the text that is not understood.
    pub(super) fn line(
        &mut self,
        line: &str,
        number: usize,
        context: &mut Context,
    ) -> Result<(), String> {
        let text = line.trim_start();
        if let Some(open) = &mut self.block {
            if line == "    }" && open.template.is_none() {
                self.close_block(number);
                return Ok(());
            }
            return open
                .line(line, &self.body.path, context)
                .ok_or_else(|| line.to_owned());
        }
        // User type annotations are listed between bars.
        if text.is_empty() || line.starts_with('|') {
            return Ok(());
        }
        self.outside_of_blocks(line, text, number, context)
            .ok_or_else(|| line.to_owned())
    }

    fn outside_of_blocks(
        &mut self,
        line: &str,
        text: &str,
        number: usize,
        context: &mut Context,
    ) -> Option<()> {
        if text.starts_with("let ") {
            let mut cursor = Cursor::new(text, context);
            let (local, ty) = header::declaration(&mut cursor)?;
            cursor.context.declare(local, &ty);
            let mut variable = Local { ty, span: None };
            read_span(&mut cursor, "in scope ", &mut variable.span)?;
            self.declared.push((local, variable));
        } else if text.starts_with("debug ") {
            let mut cursor = Cursor::new(text, context);
            let mut name = header::name(&mut cursor)?;
            read_span(&mut cursor, "in scope ", &mut name.span)?;
            self.body.names.push(name);
        } else if line.starts_with("    bb") {
            let (block, is_cleanup) = header::block(text)?;
            self.begin_block(block, is_cleanup, number);
        } else if text == "}" {
            self.depth = self.depth.checked_sub(1)?;
        } else if header::opens_scope(text) {
            self.depth += 1;
        } else if !text.starts_with("coverage ") {
            return None;
        }
        Some(())
    }

    fn begin_block(&mut self, block: usize, is_cleanup: bool, number: usize) {
        if block != self.body.blocks.len() {
            self.problem(
                number,
                format!("bb{block} stands where bb{} should", self.body.blocks.len()),
            );
        }
        self.block = Some(OpenBlock {
            is_cleanup,
            statements: Vec::new(),
            terminator: None,
            last: Last::None,
            comments: Comments::default(),
            template: None,
        });
    }

    fn close_block(&mut self, number: usize) {
        let Some(mut open) = self.block.take() else {
            return;
        };
        open.attach_comments(&self.body.path);
        if open.template.is_some() {
            self.problem(
                number,
                "the end of an assembly template is missing".to_owned(),
            );
        }
        let (terminator, terminator_span) = open.terminator.unwrap_or_else(|| {
            // One that was not understood has been reported.
            if open.last != Last::Unknown {
                self.problem(number, "the end of a block is missing".to_owned());
            }
            (Terminator::End, None)
        });
        self.body.blocks.push(Block {
            is_cleanup: open.is_cleanup,
            statements: open.statements,
            terminator,
            terminator_span,
        });
    }

    fn problem(&mut self, line: usize, text: String) {
        self.problems.push(Problem { line, text });
    }

    /// The body, and what is wrong with it. Whatever it refers to is there.
    pub(super) fn finish(mut self, context: &Context) -> (Body, Vec<Problem>) {
        if self.block.is_some() {
            self.problem(self.first_line, "the end of a block is missing".to_owned());
            self.close_block(self.first_line);
        }
        self.place_locals();
        if self.body.blocks.is_empty() {
            self.problem(self.first_line, "the body has no blocks".to_owned());
        }
        if context.highest_local >= self.body.locals.len()
            || context.highest_block >= self.body.blocks.len().max(1)
        {
            self.problem(
                self.first_line,
                "the body uses a variable or a block that it does not have".to_owned(),
            );
            super::repair::repair(&mut self.body);
        }
        (self.body, self.problems)
    }

    /// Puts the variables where their numbers say.
    fn place_locals(&mut self) {
        let mut declared = std::mem::take(&mut self.declared);
        declared.sort_by_key(|(number, _)| *number);
        for (number, local) in declared {
            if number == 0 {
                self.body.locals[0] = local;
            } else if number == self.body.locals.len() {
                self.body.locals.push(local);
            } else {
                self.problem(
                    self.first_line,
                    format!("_{number} is declared out of order"),
                );
            }
        }
    }
}

impl OpenBlock {
    fn line(&mut self, line: &str, path: &str, context: &mut Context) -> Option<()> {
        if let Some(template) = &mut self.template {
            template.push('\n');
            template.push_str(line);
            return self.assembly(context);
        }
        let text = line.trim_start();
        if text.is_empty() {
            return Some(());
        }
        if let Some(comment) = text.strip_prefix("// ") {
            return match self.last {
                // Debug information that the optimiser kept of statements that it removed.
                _ if comment.starts_with("DBG: ") => Some(()),
                Last::Unknown => Some(()),
                // In any other column it is what a damaged line has left.
                _ if line.len() - text.len() != COMMENT_COLUMN => None,
                Last::None => None,
                _ => self.comments.line(comment, context),
            };
        }
        self.attach_comments(path);
        if text.starts_with("asm!(") || text.starts_with("naked_asm!(") {
            self.template = Some(text.to_owned());
            return self.assembly(context);
        }
        self.last = Last::Unknown;
        let mut cursor = Cursor::new(text, context);
        let parsed = block::line(&mut cursor)?;
        let mut span = None;
        read_span(&mut cursor, "scope ", &mut span)?;
        match parsed {
            // Nothing can follow a terminator.
            _ if self.terminator.is_some() => return None,
            Line::Statement(kind) => {
                self.statements.push(Statement { kind, span });
                self.last = Last::Statement;
            }
            Line::Terminator(terminator) => {
                self.terminator = Some((terminator, span));
                self.last = Last::Terminator;
            }
        }
        Some(())
    }

    /// Reads `asm!("template", operands, options()) -> [return: bb1];` once its last line is there. The template is
    /// printed as it is, quotes and line breaks included, so it is the end that has to be found.
    fn assembly(&mut self, context: &mut Context) -> Option<()> {
        let template = self.template.take()?;
        let Some((_, end)) = template.rsplit_once(", options(") else {
            self.template = Some(template);
            return Some(());
        };
        self.last = Last::Unknown;
        let mut cursor = Cursor::new(end, context);
        cursor.until_any(b")")?;
        cursor.expect(")")?;
        cursor.expect(")")?;
        let targets = block::targets(&mut cursor)?;
        cursor.expect(";")?;
        let mut span = None;
        read_span(&mut cursor, "scope ", &mut span)?;
        self.terminator = Some((Terminator::Goto(targets), span));
        self.last = Last::Terminator;
        Some(())
    }

    fn attach_comments(&mut self, path: &str) {
        match (self.last, self.statements.last_mut(), &mut self.terminator) {
            (Last::Statement, Some(statement), _)
                if !matches!(statement.kind, StatementKind::Nothing) =>
            {
                self.comments.apply_to_statement(&mut statement.kind, path);
            }
            (Last::Terminator, _, Some((terminator, _))) => {
                self.comments.apply_to_terminator(terminator);
            }
            _ => {}
        }
        self.comments.clear();
    }
}

/// Puts what comes after a semicolon into `span`: nothing, or `// scope 1 at src/lib.rs:1:2: 3:4`.
fn read_span(cursor: &mut Cursor<'_, '_>, prefix: &str, span: &mut Option<Span>) -> Option<()> {
    let rest = cursor.rest().trim_start();
    if rest.is_empty() {
        return Some(());
    }
    let rest = rest.strip_prefix("// ")?;
    let rest = rest
        .strip_prefix("return place ")
        .unwrap_or(rest)
        .strip_prefix(prefix)?;
    let (scope, place) = rest.split_once(" at ")?;
    // Two lines that have been joined.
    if memchr::memmem::find(place.as_bytes(), b" // ").is_some() {
        return None;
    }
    *span = cursor.context.span(place);
    // Without a place it says so; anything else is a comment that was cut off.
    (scope.bytes().all(|byte| byte.is_ascii_digit())
        && (span.is_some() || place.ends_with("no-location")))
    .then_some(())
}
