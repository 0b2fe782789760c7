//! Which variable a field is read from, and which one a misspelt name was meant to be.

/// The variable of a field: `api_key`, `apiKey` and `api-key` are all read from `API_KEY`.
pub(crate) fn variable(field: &str) -> String {
    let mut name = String::with_capacity(field.len() + 2);
    let mut after_small = false;
    for character in field.chars() {
        if after_small && character.is_uppercase() {
            name.push('_');
        }
        after_small = character.is_lowercase() || character.is_numeric();
        if character.is_alphanumeric() {
            name.extend(character.to_uppercase());
        } else {
            name.push('_');
        }
    }
    name
}

/// The present name that is closest to a missing one, if it is close enough to be a slip.
pub(crate) fn suggestion<'a>(
    missing: &str,
    present: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    // A quarter of the letters, and at most three: `DATABSE_URL` for `DATABASE_URL`, not `HOME` for `HOST`.
    let tolerated = (missing.chars().count() / 4).min(3);
    present
        .map(|name| (slips(missing, name), name))
        .filter(|&(slips, _)| slips <= tolerated)
        .min()
        .map(|(_, name)| name)
}

/// The letters that differ between two names, whatever their case and separators.
fn slips(missing: &str, present: &str) -> usize {
    let letters = |name: &str| name.replace(['_', '-'], "").to_uppercase();
    strsim::osa_distance(&letters(missing), &letters(present))
}
