//! The text that spans point into, read from disk with care: a file that is gone, is no text or is no longer long enough has
//! no range, and whoever shows the span gives its place only.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::mir::{Position, Span};

/// U+FEFF, which rustc takes off a file before it counts columns, and puts back before it counts bytes.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The files below a folder, each read once.
#[derive(Debug, Default)]
pub struct Sources {
    root: Option<PathBuf>,
    files: Mutex<HashMap<PathBuf, Option<Arc<SourceFile>>>>,
}

impl Sources {
    /// Of files whose names are relative to `root`, where cargo runs rustc: the root of the workspace.
    pub fn below(root: impl Into<PathBuf>) -> Self {
        Self {
            root: Some(root.into()),
            files: Mutex::default(),
        }
    }

    /// Of texts by name; nothing is read from disk.
    pub fn of<'text>(texts: impl IntoIterator<Item = (&'text str, &'text str)>) -> Self {
        let files = texts.into_iter().map(|(name, text)| {
            (
                PathBuf::from(name),
                Some(Arc::new(SourceFile::new(text.to_owned()))),
            )
        });
        Self {
            root: None,
            files: Mutex::new(files.collect()),
        }
    }

    /// Where relative names begin.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// A file, if it is there and is text.
    pub fn file(&self, name: &str) -> Option<Arc<SourceFile>> {
        let path = self
            .root
            .as_ref()
            .map_or_else(|| PathBuf::from(name), |root| root.join(name));
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let read = |path: &PathBuf| {
            self.root.as_ref()?;
            std::fs::read_to_string(path)
                .ok()
                .map(SourceFile::new)
                .map(Arc::new)
        };
        files.entry(path).or_insert_with_key(read).clone()
    }

    /// The file of a span and the bytes in it, if they are there.
    pub fn resolve(&self, span: &Span) -> Option<(Arc<SourceFile>, Range<usize>)> {
        let file = self.file(&span.file)?;
        let range = file.range(span)?;
        Some((file, range))
    }
}

/// Where a span begins, as tools write it: `src/main.rs:3:5`.
#[must_use]
pub fn place(span: &Span) -> String {
    format!("{}:{}:{}", span.file, span.start.line, span.start.column)
}

/// A text and where its lines begin.
#[derive(Debug)]
pub struct SourceFile {
    text: String,
    has_mark: bool,
    line_starts: Vec<usize>,
    /// The same for reports that hide tokens, and for those that hide all literals; made once, where needed.
    pub(super) hidden: [OnceLock<Arc<SourceFile>>; 2],
}

impl SourceFile {
    /// Of what the file holds, byte order mark included.
    #[must_use]
    pub fn new(text: String) -> Self {
        let has_mark = text.starts_with(BYTE_ORDER_MARK);
        let text = if has_mark {
            text[BYTE_ORDER_MARK.len_utf8()..].to_owned()
        } else {
            text
        };
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(index, _)| index + 1))
            .collect();
        Self {
            text,
            has_mark,
            line_starts,
            hidden: Default::default(),
        }
    }

    /// The text without the byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many bytes of the file stand before [`text`](Self::text).
    pub fn bytes_before(&self) -> usize {
        if self.has_mark {
            BYTE_ORDER_MARK.len_utf8()
        } else {
            0
        }
    }

    /// A line by its number, counted from 1, without its end.
    pub fn line(&self, number: usize) -> Option<&str> {
        self.text.get(self.line_range(number)?)
    }

    /// The bytes of a line, without its end.
    pub fn line_range(&self, number: usize) -> Option<Range<usize>> {
        let index = number.checked_sub(1)?;
        let start = *self.line_starts.get(index)?;
        let end = self
            .line_starts
            .get(index + 1)
            .map_or(self.text.len(), |next| next - 1);
        let line = &self.text[start..end];
        Some(start..end - usize::from(line.ends_with('\r')))
    }

    /// The byte that a position is at.
    pub fn offset(&self, position: Position) -> Option<usize> {
        let line = self.line_range(position.line as usize)?;
        let column = (position.column as usize).checked_sub(1)?;
        let text = &self.text[line.clone()];
        let mut ends = text
            .char_indices()
            .map(|(index, _)| index)
            .chain([text.len()]);
        Some(line.start + ends.nth(column)?)
    }

    /// Where a byte is; the end of the text for one beyond it.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        let before = self.text.get(start..offset).unwrap_or(&self.text[start..]);
        let counted = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position {
            line: counted(line),
            column: counted(before.chars().count() + 1),
        }
    }

    /// The bytes of a span, if it is one of this text.
    pub fn range(&self, span: &Span) -> Option<Range<usize>> {
        let (start, end) = (self.offset(span.start)?, self.offset(span.end)?);
        (start <= end).then_some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::SourceFile;
    use crate::mir::Position;
    use crate::report::test_findings::span;

    fn at(line: u32, column: u32) -> Position {
        Position { line, column }
    }

    #[test]
    fn columns_are_characters_and_bytes_are_bytes() {
        let file = SourceFile::new("\u{feff}a\tb\r\nßé\r\n\nend".into());
        assert_eq!(file.bytes_before(), 3);
        assert_eq!(file.line(1), Some("a\tb"));
        assert_eq!(file.line(2), Some("ßé"));
        assert_eq!(
            (file.line(3), file.line(4), file.line(5)),
            (Some(""), Some("end"), None)
        );
        for (position, offset) in [
            (at(1, 3), 2),
            (at(1, 4), 3),
            (at(2, 1), 5),
            (at(2, 2), 7),
            (at(2, 3), 9),
        ] {
            assert_eq!(file.offset(position), Some(offset), "{position:?}");
            assert_eq!(file.position(offset), position, "{offset}");
        }
    }

    #[test]
    fn what_is_not_in_the_text_has_no_range() {
        let file = SourceFile::new("one\ntwo\n".into());
        for (start, end) in [
            ((1, 1), (1, 5)),
            ((0, 1), (1, 1)),
            ((1, 0), (1, 1)),
            ((2, 1), (1, 1)),
            ((9, 1), (9, 2)),
        ] {
            assert_eq!(
                file.range(&span("a.rs", start, end)),
                None,
                "{start:?} {end:?}"
            );
        }
        assert_eq!(file.range(&span("a.rs", (1, 4), (2, 1))), Some(3..4));
        assert_eq!(file.range(&span("a.rs", (3, 1), (3, 1))), Some(8..8));
    }
}
