//! The footers that show what constants in memory hold.

use super::cursor::Cursor;
use crate::mir::Allocation;

/// Longer texts are no names, and certificates and tables would fill the memory.
const LONGEST_TEXT: usize = 1024;

/// Bytes of one footer, as far as they are text.
pub(super) struct Dump {
    allocation: Allocation,
    /// Nothing once it is known to be no text.
    bytes: Option<Vec<u8>>,
}

/// `alloc1 (static: path, size: 8, align: 8) {` and its relatives: the allocation, and whether its bytes follow.
pub(super) fn footer(cursor: &mut Cursor<'_, '_>, body: &str) -> Option<(Dump, bool)> {
    cursor.expect("alloc")?;
    let id = u64::try_from(cursor.number()?).ok()?;
    cursor.expect(" (")?;
    cursor.eat("extern ");
    let mut of_static = None;
    if cursor.eat("static: ") {
        let path = cursor.until(|byte, rest| byte == b')' || rest.starts_with(b", size: "))?;
        of_static = Some(path.to_owned());
    }
    cursor.until_any(b")")?;
    cursor.expect(")")?;
    let has_bytes = cursor.eat(" {");
    // One without any bytes closes on the same line.
    let is_closed = cursor.eat("}");
    if !cursor.rest().is_empty() {
        return None;
    }
    let allocation = Allocation {
        id,
        body: body.to_owned(),
        of_static,
        text: None,
    };
    Some((
        Dump {
            allocation,
            bytes: Some(Vec::new()),
        },
        has_bytes && !is_closed,
    ))
}

impl Dump {
    /// Reads `    0x10 │ 66 6c 6f 77 │ flow`.
    pub(super) fn line(&mut self, line: &str) {
        let Some(bytes) = &mut self.bytes else { return };
        let mut columns = line.split('│');
        let first = columns.next().unwrap_or_default();
        let hex = if first.trim_start().starts_with("0x") {
            columns.next().unwrap_or_default()
        } else {
            first
        };
        for byte in hex.split_ascii_whitespace() {
            // Pointers and bytes without a value are no text.
            match u8::from_str_radix(byte, 16) {
                Ok(byte) if bytes.len() < LONGEST_TEXT => bytes.push(byte),
                _ => {
                    self.bytes = None;
                    return;
                }
            }
        }
    }

    /// The allocation, if it is one that anybody asks for.
    pub(super) fn finish(self) -> Option<Allocation> {
        let text = self
            .bytes
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .filter(|text| is_text(text));
        let allocation = Allocation {
            text,
            ..self.allocation
        };
        (allocation.of_static.is_some() || allocation.text.is_some()).then_some(allocation)
    }
}

fn is_text(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|character| !character.is_control() || matches!(character, '\n' | '\r' | '\t'))
}
