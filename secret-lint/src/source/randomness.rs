//! Whether a text can be a real key. Providers draw keys at random, and examples do not look like that.

/// Words of examples, in small letters. In a random key of 36 letters and digits, one of four letters occurs once in 27,000.
const EXAMPLE_WORDS: &[&str] = &[
    "example",
    "sample",
    "dummy",
    "fake",
    "placeholder",
    "redacted",
    "changeme",
    "replace",
    "insert",
    "your",
    "test",
    "xxxx",
    "foobar",
    "secret",
    "token",
    "1234567",
    "abcdefg",
    "deadbeef",
];

/// The least Shannon entropy of a key, in bits a character. Random hex of 32 characters has 3.6, letters and digits more.
const LEAST_BITS: f64 = 3.0;

/// Whether a key looks drawn at random: no words of examples, no `abcd…`, no few characters over and over.
pub(super) fn looks_random(key: &str) -> bool {
    let small = key.to_ascii_lowercase();
    !EXAMPLE_WORDS.iter().any(|word| small.contains(word)) && is_varied(key)
}

/// The same without the words, for texts so long that they hold some by chance.
pub(super) fn is_varied(key: &str) -> bool {
    let bytes = key.as_bytes();
    // Of random hex a quarter of the steps are such in the worst case of many; of `0123…` all are.
    let runs = bytes
        .windows(2)
        .filter(|pair| pair[0] == pair[1] || pair[0].checked_add(1) == Some(pair[1]));
    runs.count() * 3 < bytes.len() && entropy(bytes) >= LEAST_BITS
}

/// Shannon's measure, in bits a byte: <https://en.wikipedia.org/wiki/Entropy_(information_theory)>.
#[allow(
    clippy::cast_precision_loss,
    reason = "counts of a text that fits in memory"
)]
fn entropy(bytes: &[u8]) -> f64 {
    let mut counts = [0_usize; 256];
    for byte in bytes {
        counts[usize::from(*byte)] += 1;
    }
    let share = |count: &usize| *count as f64 / bytes.len() as f64;
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(share)
        .map(|share| -share * share.log2())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::looks_random;

    #[test]
    fn examples_are_told_from_keys() {
        for example in [
            "AKIAIOSFODNN7EXAMPLE",
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "0123456789abcdef0123456789abcdef",
            "abcdefghijklmnopqrstuvwxyz0123456789",
            "aaaaaaaabbbbbbbbccccccccdddddddd",
            "yourtokengoeshere0987654321zyxwvutsr",
            "0101010101010101010101010101010101",
            "",
        ] {
            assert!(!looks_random(example), "{example}");
        }
        for key in [
            "2E0A8F3B244C9986",
            "3f9a52c07be14d6882aa91c4e05d7f36",
            "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA3",
        ] {
            assert!(looks_random(key), "{key}");
        }
    }
}
