//! Masks of arbitrary text.

use secret_core::{Mask, REDACTED};

/// Masks a text, of which the first two bytes say how much may show: it is not shown whole, nor more than half of it,
/// and no character that could change the line around it.
///
/// # Panics
///
/// When one of that does not hold.
///
/// ```
/// secret_fuzzing::mask(b"\x02\x04postgres://app:hunter2@db/app");
/// ```
pub fn mask(data: &[u8]) {
    let [first, last, text @ ..] = data else {
        return;
    };
    let text = String::from_utf8_lossy(text);
    let part = Mask::first_last(usize::from(*first), usize::from(*last));
    let all = Mask::all().apply(&text).to_string();
    assert_eq!(all, REDACTED);
    for mask in [
        part,
        Mask::email(),
        Mask::url(),
        Mask::fixed(usize::from(*first)),
    ] {
        let shown = mask.apply(&text).to_string();
        assert!(
            !shown.contains(char::is_control),
            "a control character shows"
        );
    }
    let shown = part.apply(&text).to_string();
    let (before, after) = shown
        .split_once(REDACTED)
        .expect("the placeholder is there");
    if !text.contains(REDACTED) && !shown.contains('\\') {
        let visible = before.chars().count() + after.chars().count();
        assert!(visible * 2 <= text.chars().count(), "more than half shows");
    }
}
