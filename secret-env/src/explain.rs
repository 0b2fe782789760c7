//! [`Explanation`]: what would be loaded from where, for printing at start-up.

use std::fmt;

use crate::problem::LoadError;
use crate::sources::Place;

/// A table of every variable that is asked for, and where it comes from. With a prefix, variables that begin with it and
/// are not asked for are in it, too.
///
/// No value is shown, only what kind it is. Why something is missing or refused is told by [`error`](Self::error).
/// Made by [`Loader::explain`](crate::Loader::explain).
///
/// ```
/// # #[derive(serde::Deserialize)]
/// # #[allow(dead_code)]
/// # struct Config { port: u16, host: String, api_key: secret_core::SecretString, trace: Option<bool>, level: u8 }
/// let loader = secret_env::Loader::new().variables([("PORT", "80"), ("HOST", "db"), ("API_KEY", "k-4711")]);
/// assert_eq!(
///     loader.explain::<Config>().to_string(),
///     "\
/// variable  source       value
/// API_KEY   environment  [REDACTED]
/// HOST      environment  (text)
/// LEVEL     -            (missing)
/// PORT      environment  (number)
/// TRACE     -            (default)"
/// );
/// ```
pub struct Explanation {
    rows: Vec<Row>,
    error: Option<LoadError>,
}

/// One variable: its name, where it is set, and what may be shown of it.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) place: Option<Place>,
    pub(crate) shown: Shown,
}

/// What is shown of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    Text,
    Number,
    Choice,
    Secret,
    /// Not set; its field does without.
    Default,
    /// Not set, and its field does not do without.
    Missing,
    /// Set to what its field or a check does not take.
    Refused,
    /// Set, and nothing asks for it.
    Unused,
}

impl Explanation {
    pub(crate) fn new(rows: Vec<Row>, error: Option<LoadError>) -> Self {
        Self { rows, error }
    }

    /// Why loading would fail, if it would.
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # #[allow(dead_code)]
    /// # struct Config { port: u16 }
    /// let explanation = secret_env::Loader::new().variables([("PORT", "x")]).explain::<Config>();
    /// assert!(explanation.error().is_some());
    /// ```
    pub fn error(&self) -> Option<&LoadError> {
        self.error.as_ref()
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "(text)",
            Self::Number => "(number)",
            Self::Choice => "(choice)",
            Self::Secret => secret_core::REDACTED,
            Self::Default => "(default)",
            Self::Missing => "(missing)",
            Self::Refused => "(refused)",
            Self::Unused => "(not used)",
        })
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cells = |row: &Row| {
            let place = row.place.as_ref();
            (
                row.name.clone(),
                place.map_or_else(|| String::from("-"), Place::to_string),
            )
        };
        let rows: Vec<_> = self
            .rows
            .iter()
            .map(|row| (cells(row), &row.shown))
            .collect();
        let widest = |cell: fn(&(String, String)) -> &str, title: &str| {
            let widths = rows.iter().map(|(cells, _)| cell(cells).chars().count());
            widths.chain([title.len()]).max().unwrap_or_default()
        };
        let name_width = widest(|cells| &cells.0, "variable");
        let place_width = widest(|cells| &cells.1, "source");
        write!(
            f,
            "{:name_width$}  {:place_width$}  value",
            "variable", "source"
        )?;
        for ((name, place), shown) in rows {
            write!(f, "\n{name:name_width$}  {place:place_width$}  {shown}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
