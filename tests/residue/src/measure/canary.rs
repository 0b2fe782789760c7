//! [`Canary`]: the secret that is looked for, made anew for each run.

use base64ct::{Base64, Encoding};

use crate::stage::LENGTH;

/// A random secret of hex digits, and the forms in which it can be in memory.
pub(super) struct Canary {
    text: String,
    decoded: [Vec<u8>; 2],
}

impl Canary {
    pub(super) fn new() -> Self {
        let mut random = [0; LENGTH / 2];
        getrandom::fill(&mut random).expect("random numbers");
        let text = base16ct::lower::encode_string(&random);
        let base64 = Base64::decode_vec(&text).expect("hex digits are base64 digits");
        Self {
            decoded: [random.to_vec(), base64],
            text,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text, and what it decodes to as hex and as base64.
    pub(super) fn forms(&self) -> impl Iterator<Item = &[u8]> {
        std::iter::once(self.text.as_bytes()).chain(self.decoded.iter().map(Vec::as_slice))
    }
}
