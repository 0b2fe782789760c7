//! How strong a secret is, by an estimate that is too high rather than too low: what it says is weak is weak.

use secret_core::SecretString;
use serde::de::{Deserialize, Deserializer, Error};

/// A class of characters, and how many there are in it.
type Class = (fn(char) -> bool, u32);

const CLASSES: &[Class] = &[
    (|character| character.is_ascii_lowercase(), 26),
    (|character| character.is_ascii_uppercase(), 26),
    (|character| character.is_ascii_digit(), 10),
    // ASCII punctuation and the space.
    (
        |character| character.is_ascii_punctuation() || character == ' ',
        33,
    ),
    // An alphabet of some other script.
    (|character| !character.is_ascii(), 100),
];

/// The alphabet of hex in one case.
const HEX: u32 = 16;

/// A text in which each character occurs more often than this on average repeats itself.
const MOST_OCCURRENCES: usize = 4;

/// An estimate, in bits, of how hard a text is to guess if it is random.
///
/// It is the length times the logarithm of the alphabet, which is the classes of characters that occur (hex, small and
/// capital letters, digits, punctuation, others). Where a text repeats itself, it is the number of different characters
/// instead. A random key comes out at its strength or above; a sentence or a name comes out far too high. So this finds
/// keys that are too short and texts like `aaaaaaaa`, and is no measure for passwords that people make up.
///
/// ```
/// use secret_env::strength_bits;
///
/// assert_eq!(strength_bits("aaaaaaaaaaaa"), 0);
/// assert_eq!(strength_bits("1234"), 13);
/// assert_eq!(strength_bits("3f9a52c07be14d6882aa91c4e05d7f36"), 128);
/// ```
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "bits of a text that fits in memory"
)]
pub fn strength_bits(text: &str) -> u32 {
    let length = text.chars().count();
    let mut occurs = [false; 256];
    text.bytes()
        .for_each(|byte| occurs[usize::from(byte)] = true);
    let different = occurs.iter().filter(|occurs| **occurs).count();
    let alphabet = if different * MOST_OCCURRENCES < length.min(2 * HEX as usize) {
        different as f64
    } else {
        f64::from(alphabet(text))
    };
    (length as f64 * alphabet.max(1.0).log2()) as u32
}

fn alphabet(text: &str) -> u32 {
    let has = |is_in_class: fn(char) -> bool| text.chars().any(is_in_class);
    let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_in_one_case = has(|character| character.is_ascii_uppercase())
        != has(|character| character.is_ascii_lowercase());
    if is_hex && is_in_one_case && has(|character| character.is_ascii_digit()) {
        return HEX;
    }
    CLASSES
        .iter()
        .filter(|(is_in_class, _)| has(*is_in_class))
        .map(|(_, size)| size)
        .sum()
}

/// Reads a secret of at least so many bits by [`strength_bits`], for `#[serde(deserialize_with = "…")]` on one field.
///
/// [`Loader::minimum_strength`](crate::Loader::minimum_strength) asks it of every secret.
///
/// # Errors
///
/// When the secret is weaker, with both figures, and when it is no text.
///
/// ```
/// use secret_core::SecretString;
///
/// #[derive(serde::Deserialize)]
/// # #[allow(dead_code)]
/// struct Config {
///     #[serde(deserialize_with = "secret_env::strong::<128, _>")]
///     signing_key: SecretString,
/// }
/// let loader = secret_env::Loader::new().variables([("SIGNING_KEY", "hunter2")]);
/// let error = loader.load::<Config>().err().unwrap().to_string();
/// assert!(error.contains("SIGNING_KEY (environment): the secret is too weak: about 36 bits, at least 128 are asked for"));
/// ```
pub fn strong<'de, const BITS: u32, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<SecretString, D::Error> {
    let secret = SecretString::deserialize(deserializer)?;
    let bits = strength_bits(&secret.expose_secret());
    if bits < BITS {
        return Err(D::Error::custom(format_args!(
            "the secret is too weak: about {bits} bits, at least {BITS} are asked for"
        )));
    }
    Ok(secret)
}
