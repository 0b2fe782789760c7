//! [`Reading`]: what a text may be where its type is not said.

/// What a text may be where its type is not said. Tried in this order until its type accepts one.
#[derive(Clone, Copy)]
pub(crate) enum Reading {
    Text,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    List,
}

impl Reading {
    /// The readings of a text; it is always text, and always a list.
    pub(crate) fn of(text: &str) -> Vec<Self> {
        let readings = [
            Some(Self::Text),
            text.parse().ok().map(Self::Bool),
            text.parse().ok().map(Self::Unsigned),
            text.parse().ok().map(Self::Signed),
            text.parse().ok().map(Self::Float),
            Some(Self::List),
        ];
        readings.into_iter().flatten().collect()
    }
}
