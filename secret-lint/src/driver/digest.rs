//! A fingerprint of bytes: equal only where they are.

use std::fmt::Write;

use blake2::{Blake2b512, Digest as _};

/// In hexadecimal.
pub(super) type Digest = String;

/// Of one piece.
pub(super) fn of(bytes: &[u8]) -> Digest {
    of_all([bytes])
}

/// Of several, each with its length, so that no two lists give the same.
pub(super) fn of_all<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Digest {
    let mut state = Blake2b512::new();
    for piece in pieces {
        state.update(piece.len().to_le_bytes());
        state.update(piece);
    }
    state.finalize()[..32]
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    #[test]
    fn pieces_do_not_run_together() {
        assert_ne!(
            super::of_all([b"ab".as_slice(), b"c"]),
            super::of_all([b"a".as_slice(), b"bc"])
        );
        assert_eq!(super::of(b"").len(), 64);
    }
}
