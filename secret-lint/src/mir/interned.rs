//! Stores each file name and type once: a crate names the same few thousands of them millions of times.
//!
//! Serde passes no state along, so the table of the crate at hand is the thread's.

use std::{cell::RefCell, collections::HashMap, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

thread_local! {
    static TABLE: RefCell<Option<Table>> = const { RefCell::new(None) };
}

#[derive(Default)]
struct Table {
    numbers: HashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
}

/// Runs `write` and gives, beside what it returns, the texts that it referred to by number.
pub(crate) fn writing<T>(write: impl FnOnce() -> T) -> (T, Vec<Arc<str>>) {
    TABLE.replace(Some(Table::default()));
    let written = write();
    (written, TABLE.take().unwrap_or_default().texts)
}

/// Runs `read` with the texts that were written.
pub(crate) fn reading<T>(texts: Vec<Arc<str>>, read: impl FnOnce() -> T) -> T {
    TABLE.replace(Some(Table {
        numbers: HashMap::new(),
        texts,
    }));
    let result = read();
    TABLE.take();
    result
}

fn number(text: &Arc<str>) -> Result<u32, &'static str> {
    TABLE.with_borrow_mut(|table| {
        let table = table
            .as_mut()
            .ok_or("a text is stored outside of its table")?;
        if let Some(number) = table.numbers.get(text) {
            return Ok(*number);
        }
        let number = u32::try_from(table.texts.len()).map_err(|_| "there are too many texts")?;
        table.texts.push(Arc::clone(text));
        table.numbers.insert(Arc::clone(text), number);
        Ok(number)
    })
}

fn text<E: de::Error>(number: u32) -> Result<Arc<str>, E> {
    let found = TABLE.with_borrow(|table| table.as_ref()?.texts.get(number as usize).cloned());
    found.ok_or_else(|| E::custom("a text is missing"))
}

pub(crate) fn serialize<S: Serializer>(value: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    number(value)
        .map_err(ser::Error::custom)?
        .serialize(serializer)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Arc<str>, D::Error> {
    text(u32::deserialize(deserializer)?)
}

/// The same where there may be none.
pub(crate) mod option {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

    #[expect(clippy::ref_option, reason = "serde asks for it")]
    pub(crate) fn serialize<S: Serializer>(
        value: &Option<Arc<str>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let number = value.as_ref().map(super::number).transpose();
        number.map_err(ser::Error::custom)?.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Arc<str>>, D::Error> {
        Option::<u32>::deserialize(deserializer)?
            .map(super::text)
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::{reading, writing};
    use crate::mir::{Position, Span};

    #[test]
    fn a_text_is_stored_once_and_comes_back() {
        let position = |line| Position { line, column: 1 };
        let span = |line| Span {
            file: "src/lib.rs".into(),
            start: position(line),
            end: position(line + 1),
        };
        let spans = vec![span(1), span(2)];
        let (bytes, texts) = writing(|| postcard::to_allocvec(&spans).unwrap());
        assert_eq!(texts.len(), 1);
        assert_eq!(
            reading(texts, || postcard::from_bytes::<Vec<Span>>(&bytes)).unwrap(),
            spans
        );
        assert!(reading(Vec::new(), || postcard::from_bytes::<Vec<Span>>(&bytes)).is_err());
        assert!(postcard::to_allocvec(&spans).is_err());
    }
}
