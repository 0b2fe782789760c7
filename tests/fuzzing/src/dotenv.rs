//! The parser of `.env` files.

/// Parses a text twice: both results are the same, and lines and columns lie within the text.
///
/// # Panics
///
/// When one of that does not hold.
///
/// ```
/// secret_fuzzing::dotenv(b"KEY='value");
/// ```
pub fn dotenv(data: &[u8]) {
    let lines: Vec<_> = data.split(|byte| *byte == b'\n').collect();
    match (
        secret_env::dotenv::parse(data),
        secret_env::dotenv::parse(data),
    ) {
        (Ok(first), Ok(second)) => {
            assert!(first.len() == second.len() && first.len() <= lines.len());
            for (first, second) in first.iter().zip(&second) {
                assert!(first.name == second.name && first.value == second.value);
                assert!((1..=lines.len()).contains(&first.line));
            }
        }
        (Err(first), Err(second)) => {
            assert_eq!(first, second);
            assert!((1..=lines.len()).contains(&first.line));
            assert!((1..=lines[first.line - 1].len() + 1).contains(&first.column));
        }
        _ => panic!("one text was read in two ways"),
    }
}
