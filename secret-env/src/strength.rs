//! How strong a secret is, by an estimate that is never too low: what it says is weak is weak.

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

/// An upper bound, in bits, for how hard a text is to guess.
///
/// It is the length times the logarithm of the alphabet, which is taken to be the classes of characters that occur
/// (small and capital letters, digits, punctuation, others) or the number of different bytes, whichever is
/// smaller. A random key comes out near its real strength; a sentence or a name comes out far too high, so this finds
/// keys that are too short and texts like `aaaaaaaa`, and is no measure for passwords that people make up.
///
/// ```
/// use secret_env::strength_bits;
///
/// assert_eq!(strength_bits("aaaaaaaaaaaa"), 0);
/// assert_eq!(strength_bits("1234"), 8);
/// assert!(strength_bits("3f9a52c07be14d6882aa91c4e05d7f36") > 110);
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
    let alphabet: u32 = CLASSES
        .iter()
        .filter(|(is_in_class, _)| text.chars().any(is_in_class))
        .map(|(_, size)| size)
        .sum();
    let alphabet = f64::from(alphabet).min(different as f64).max(1.0);
    (length as f64 * alphabet.log2()) as u32
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
/// assert!(error.contains("SIGNING_KEY (environment): the secret is too weak: about 19 bits, at least 128 are asked for"));
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
