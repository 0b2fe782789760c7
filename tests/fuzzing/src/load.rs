//! The deserializer: arbitrary variables into a config struct.

use secret_env::Loader;

use crate::config::Config;

/// The names that the config asks for, and some that it does not.
const NAMES: &[&str] = &[
    "TEXT",
    "FLAG",
    "SMALL",
    "SIGNED",
    "RATIO",
    "LETTER",
    "UNIT",
    "API_KEY",
    "RAW_KEY",
    "PIN",
    "PASSWORD",
    "LIST",
    "LIST__0",
    "LIST__1",
    "TOKENS",
    "TOKENS__0",
    "MAP__A",
    "MAP__B__C",
    "MAP",
    "PAIR",
    "LEVEL",
    "STORE",
    "STORE__FILE",
    "STORE__PAIR",
    "STORE__S3__BUCKET",
    "STORE__S3__KEY",
    "NESTED__NUMBER",
    "NESTED__SECRET",
    "NESTED__DEEPER__NUMBER",
    "NESTED__DEEPER__DEEPER__SECRET",
    "MANY__0__NUMBER",
    "MANY__1__NUMBER",
    "MANY",
    "CHECKED__TEXT",
    "BIND",
    "TAGGED__KIND",
    "TAGGED__VALUE",
    "EITHER",
    "NAMED",
    "OTHER_NAME",
    "FLAT_NUMBER",
    "FLAT_TEXT",
    "FLAT_TOKEN",
    "FLAT_LIST",
    "TEXTT",
    "NESTED",
    "__",
    "UNKNOWN__X",
];

/// A value shorter than this may occur in a message by chance, and so may one that is part of its words.
const TELLING: usize = 8;

/// Loads the config from variables, one a line of which the first byte chooses the name: loading ends, says the same
/// again, and shows no value in an error, in the table, or in the `Debug` of what it loaded into a secret.
///
/// # Panics
///
/// When one of that does not hold.
///
/// ```
/// secret_fuzzing::load(b"\0hello\n\x07k-4711");
/// ```
pub fn load(data: &[u8]) {
    let variables: Vec<_> = data
        .split(|byte| *byte == b'\n')
        .filter_map(variable)
        .collect();
    let loader = || {
        Loader::new().variables(
            variables
                .iter()
                .map(|(name, value)| (*name, value.as_str())),
        )
    };
    let outcome = || match loader().load::<Config>() {
        Ok(config) => Ok(format!("{config:?}")),
        Err(error) => Err(format!("{error}{error:?}")),
    };
    let first = outcome();
    assert!(first == outcome(), "loading again gave another result");
    let explanation = loader().explain::<Config>();
    assert_eq!(first.is_err(), explanation.error().is_some());
    let table = format!("{explanation}{explanation:?}");
    let empty = Loader::new()
        .variables([("", "")])
        .explain::<Config>()
        .to_string();
    for (name, value) in &variables {
        // Only what is loaded is shown, numbers and choices; and a canary is told from the words of the messages.
        let is_canary = value.len() >= TELLING
            && value.parse::<f64>().is_err()
            && !empty.contains(value.as_str());
        let is_message = is_canary && !MESSAGES.iter().any(|words| words.contains(value.as_str()));
        if is_message {
            assert!(!table.contains(value.as_str()), "{name} is in the table");
            if let Err(message) = &first {
                assert!(
                    !message.contains(value.as_str()),
                    "{name} is in the message"
                );
            }
        }
    }
}

/// Words of messages, of which a value may be a part.
const MESSAGES: &[&str] = &["very-loud"];

fn variable(line: &[u8]) -> Option<(&'static str, String)> {
    let (chosen, value) = line.split_first()?;
    let name = NAMES[usize::from(*chosen) % NAMES.len()];
    Some((name, String::from_utf8_lossy(value).into_owned()))
}
