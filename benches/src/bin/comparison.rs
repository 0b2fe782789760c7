//! The README's table "Beside other crates", measured: `cargo run -p benches --features comparison --bin comparison`.
//!
//! Every cell comes from the crate itself: it is given a canary and asked to print, parse, serialise or refuse it, or
//! the compiler is asked which traits its types have. It is a program because the derive of redactable shows real values in test builds.

use std::fmt::{Debug, Display, Write};
use std::process::{Command, ExitCode};

use serde::Serialize;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;
use zeroize::{ZeroizeOnDrop, Zeroizing};

type Result<T> = std::result::Result<T, String>;

/// The secret to look for.
const CANARY: &str = "hunter2-canary";

/// A number in the place of a secret text, and what shows that it got into an error.
const NUMBER: &str = "4711008150";

/// What the compiler says to this family's struct with an unmarked field. The compile-fail tests hold it to that.
const UNMARKED: &str = include_str!("../../../tests/ui/derive/unmarked_password.stderr");

/// From a secret to what is shown of it.
type Shows = fn(&str) -> String;

/// What using the crate as its documentation says comes to.
struct Subject {
    name: &'static str,
    /// The package that is built, and which of its own features the derive takes.
    package: &'static str,
    features: &'static str,
    /// What printing the opened secret shows; nothing where it does not compile.
    opened: Option<String>,
    /// What a struct with an unmarked `password: String` beside a marked field shows; nothing where it does not compile.
    unmarked: Option<String>,
    /// `{:?}` of a struct with this secret.
    debug: Shows,
    /// The text under a mask that shows part of it; nothing where there is no such mask.
    masked: Option<Shows>,
    /// Reads JSON as a secret text or as a secret `u16`, and returns the error, if there is one.
    text_error: fn(&str) -> Option<String>,
    number_error: fn(&str) -> Option<String>,
    /// The secret as JSON; nothing where serialising it does not compile.
    serialized: Option<String>,
    has_equality: bool,
    has_constant_time_equality: bool,
    wipes_on_drop: bool,
}

#[derive(Clone, Copy)]
enum Cell {
    Yes,
    No,
    DoesNotApply,
}

impl Cell {
    fn of(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::DoesNotApply => "-",
        }
    }
}

type Row = (&'static str, fn(&Subject) -> Result<Cell>);

/// The texts that are masked are long enough for the ends that each mask leaves, which are letters and digits.
const ROWS: &[Row] = &[
    ("printing an opened secret does not compile", |subject| {
        not_compiled(subject.opened.as_deref())
    }),
    (
        "an unmarked `password: String` does not compile",
        |subject| not_compiled(subject.unmarked.as_deref()),
    ),
    ("`{:?}` of a struct hides its secrets", |subject| {
        Ok(Cell::of(!(subject.debug)(CANARY).contains(CANARY)))
    }),
    ("a partial mask hides punctuation", |subject| {
        masked(subject, |mask| {
            let shown = mask("abcdef(!)#(!)#(!)#(!)uvwxyz");
            (shown.contains("yz"), !shown.contains('!'))
        })
    }),
    ("a partial mask hides the length", |subject| {
        masked(subject, |mask| {
            let shown = mask("ab345678901234567890yz");
            (shown.contains("yz"), shown == mask("ab34567890yz"))
        })
    }),
    ("no JSON error shows the value", |subject| {
        let text = (subject.text_error)(NUMBER).ok_or("a number was read as a text")?;
        let number = (subject.number_error)(&quoted(CANARY)).ok_or("a text was read as `u16`")?;
        Ok(Cell::of(!text.contains(NUMBER) && !number.contains(CANARY)))
    }),
    ("serde does not write it unless told to", |subject| {
        not_compiled(subject.serialized.as_deref())
    }),
    ("its own redacted text is refused as input", |subject| {
        let debug = (subject.debug)(CANARY);
        if debug.contains(CANARY) {
            return Ok(Cell::DoesNotApply);
        }
        let input = quoted(shown(&debug)?);
        Ok(Cell::of((subject.text_error)(&input).is_some()))
    }),
    ("`==` takes constant time", |subject| {
        Ok(if subject.has_equality {
            Cell::of(subject.has_constant_time_equality)
        } else {
            Cell::DoesNotApply
        })
    }),
    ("wiped on drop", |subject| {
        Ok(Cell::of(subject.wipes_on_drop))
    }),
    ("builds no procedural macro", |subject| {
        Ok(Cell::of(!dependencies(subject)?.contains("(proc-macro)")))
    }),
    ("declares Rust 1.85 or older", |subject| {
        let version = declared_rust(subject.package)?;
        Ok(Cell::of(version.is_some_and(|minor| minor <= 85)))
    }),
];

/// What a value comes to if its type has a trait, and nothing if it has not: method lookup takes the implementation
/// for `Of<T>` before the one for `&Of<T>`.
macro_rules! if_implements {
    ($value:expr, $bound:path, $use:expr) => {{
        struct Of<'a, T: ?Sized>(&'a T);

        #[allow(dead_code, reason = "method lookup takes one of the two")]
        trait Implemented {
            fn outcome(&self) -> Option<String>;
        }

        impl<T: $bound + ?Sized> Implemented for Of<'_, T> {
            fn outcome(&self) -> Option<String> {
                let used: fn(&T) -> String = $use;
                Some(used(self.0))
            }
        }

        #[allow(dead_code, reason = "method lookup takes one of the two")]
        trait Missing {
            fn outcome(&self) -> Option<String>;
        }

        impl<T: ?Sized> Missing for &Of<'_, T> {
            fn outcome(&self) -> Option<String> {
                None
            }
        }

        (&Of($value)).outcome()
    }};
}

/// A function from a secret text to `{:?}` of a struct that holds it.
macro_rules! debug {
    (#[$derive:meta] $(#[$mark:meta])? $text:ty) => {{
        #[$derive]
        #[allow(dead_code, reason = "`Debug` does not count as reading")]
        struct Config {
            $(#[$mark])?
            token: $text,
        }
        |text: &str| format!("{:?}", Config { token: <$text>::from(text.to_owned()) })
    }};
}

/// `{:?}` of a struct to which somebody added a field and marked nothing.
macro_rules! unmarked {
    (#[$derive:meta] $(#[$mark:meta])? $text:ty) => {{
        #[$derive]
        #[allow(dead_code, reason = "`Debug` does not count as reading")]
        struct Config {
            $(#[$mark])?
            token: $text,
            password: String,
        }
        let token = <$text>::from("another".to_owned());
        let password = CANARY.to_owned();
        Some(format!("{:?}", Config { token, password }))
    }};
}

/// A subject from its types of a secret text and a secret number, how it opens one, and the rest of its fields.
macro_rules! subject {
    (
        text $text:ty, number $number:ty, opened |$secret:ident| $opened:expr,
        $($field:ident: $value:expr),* $(,)?
    ) => {{
        let $secret = &<$text>::from(CANARY.to_owned());
        Subject {
            opened: if_implements!($opened, Debug, |opened| format!("{opened:?}"))
                .or(if_implements!($opened, Display, |opened| opened.to_string())),
            text_error: error_of::<$text>,
            number_error: error_of::<$number>,
            serialized: if_implements!($secret, Serialize, |secret| {
                serde_json::to_string(secret).unwrap_or_default()
            }),
            has_equality: if_implements!($secret, PartialEq, |_| String::new()).is_some(),
            has_constant_time_equality: if_implements!($secret, ConstantTimeEq, |_| String::new()).is_some(),
            wipes_on_drop: if_implements!($secret, ZeroizeOnDrop, |_| String::new()).is_some(),
            $($field: $value,)*
        }
    }};
}

/// The columns. The derives of veil and redactable mark fields of any type; what is opened there is the field.
fn subjects() -> [Subject; 5] {
    [
        subject!(
            text secret_core::SecretString, number secret_core::Secret<u16>,
            opened |secret| &secret.expose_secret(),
            name: "secret-core",
            package: "secret-core",
            features: "derive",
            unmarked: (!UNMARKED.contains("password: String,")).then(|| CANARY.to_owned()),
            debug: debug!(#[derive(secret_core::Redact)] secret_core::SecretString),
            masked: Some(debug!(#[derive(secret_core::Redact)] #[redact(first = 2, last = 2)] String)),
        ),
        subject!(
            text secrecy::SecretString, number secrecy::SecretBox<u16>,
            opened |secret| secrecy::ExposeSecret::expose_secret(secret),
            name: "secrecy",
            package: "secrecy",
            features: "",
            unmarked: unmarked!(#[derive(Debug)] secrecy::SecretString),
            debug: debug!(#[derive(Debug)] secrecy::SecretString),
            masked: None,
        ),
        subject!(
            text String, number u16,
            opened |secret| secret,
            name: "veil",
            package: "veil",
            features: "",
            unmarked: unmarked!(#[derive(veil::Redact)] #[redact] String),
            debug: debug!(#[derive(veil::Redact)] #[redact] String),
            masked: Some(debug!(#[derive(veil::Redact)] #[redact(partial)] String)),
        ),
        subject!(
            text String, number u16,
            opened |secret| secret,
            name: "redactable",
            package: "redactable",
            features: "",
            unmarked: unmarked!(#[derive(redactable::Sensitive)] #[sensitive(redactable::Secret)] String),
            debug: debug!(#[derive(redactable::Sensitive)] #[sensitive(redactable::Secret)] String),
            masked: Some(redactable_mask),
        ),
        subject!(
            text Zeroizing<String>, number Zeroizing<u16>,
            opened |secret| &**secret,
            name: "Zeroizing",
            package: "zeroize",
            features: "",
            unmarked: unmarked!(#[derive(Debug)] Zeroizing<String>),
            debug: debug!(#[derive(Debug)] Zeroizing<String>),
            masked: None,
        ),
    ]
}

/// The policies of redactable apply to `redact`; its `Debug` shows none of the text.
fn redactable_mask(text: &str) -> String {
    #[derive(redactable::Sensitive)]
    struct Config {
        #[sensitive(redactable::Token)]
        token: String,
    }
    let token = text.to_owned();
    redactable::Redactable::redact(Config { token }).token
}

/// Yes if there is no output, no if it shows the canary; an output without it would mean a wrong probe.
fn not_compiled(output: Option<&str>) -> Result<Cell> {
    match output {
        None => Ok(Cell::Yes),
        Some(text) if text.contains(CANARY) => Ok(Cell::No),
        Some(text) => Err(format!("it compiles, but shows no secret: {text}")),
    }
}

/// What a mask hides, from whether it shows the end of the text, as it must, and whether it hides what it is asked to.
fn masked(subject: &Subject, probe: fn(Shows) -> (bool, bool)) -> Result<Cell> {
    match subject.masked.map(probe) {
        None => Ok(Cell::DoesNotApply),
        Some((true, hides)) => Ok(Cell::of(hides)),
        Some((false, _)) => Err("the mask is not partial".to_owned()),
    }
}

/// What stands for the secret in `{:?}` of a struct.
fn shown(debug: &str) -> Result<&str> {
    debug
        .strip_prefix("Config { token: ")
        .and_then(|rest| rest.strip_suffix(" }"))
        .map(|field| field.trim_matches('"'))
        .ok_or_else(|| format!("an unknown layout: {debug}"))
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn error_of<T: DeserializeOwned>(json: &str) -> Option<String> {
    let error = serde_json::from_str::<T>(json).err()?;
    Some(format!("{error} {error:?}"))
}

/// The crates that a build of the package takes, one a line.
fn dependencies(subject: &Subject) -> Result<String> {
    let Subject {
        package, features, ..
    } = subject;
    let edges = ["--edges=normal", "--prefix=none"];
    let selection = ["--package", package, "--features", features];
    cargo(&[&["tree"], &edges[..], &selection[..]].concat())
}

/// The minor version of the Rust that a package declares, if it declares one.
fn declared_rust(package: &str) -> Result<Option<u32>> {
    let platform = output(Command::new("rustc").args(["--print", "host-tuple"]))?;
    let arguments = [
        "metadata",
        "--format-version=1",
        "--filter-platform",
        platform.trim(),
    ];
    let metadata: serde_json::Value =
        serde_json::from_str(&cargo(&arguments)?).map_err(|error| error.to_string())?;
    let found = metadata["packages"]
        .as_array()
        .and_then(|packages| packages.iter().find(|found| found["name"] == package))
        .ok_or_else(|| format!("`{package}` is not among the dependencies"))?;
    let Some(version) = found["rust_version"].as_str() else {
        return Ok(None);
    };
    let minor = version
        .split('.')
        .nth(1)
        .and_then(|minor| minor.parse().ok());
    minor
        .map(Some)
        .ok_or_else(|| format!("`{package}` declares Rust `{version}`"))
}

fn cargo(arguments: &[&str]) -> Result<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    output(Command::new(cargo).args(arguments).current_dir(workspace))
}

fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let text = String::from_utf8_lossy(&output.stderr);
        Err(format!("{command:?} failed:\n{text}"))
    }
}

fn main() -> ExitCode {
    match table() {
        Ok(table) => {
            print!("{table}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// The table in Markdown.
fn table() -> Result<String> {
    let subjects = subjects();
    let mut lines = vec![
        format!(
            "| | {} |",
            subjects.each_ref().map(|subject| subject.name).join(" | ")
        ),
        format!("|---|{}", ":-:|".repeat(subjects.len())),
    ];
    for (row, cell) in ROWS {
        let mut line = format!("| {row} |");
        for subject in &subjects {
            let cell =
                cell(subject).map_err(|error| format!("{row}, {}: {error}", subject.name))?;
            // Writing into a `String` cannot fail.
            let _ = write!(line, " {} |", cell.text());
        }
        lines.push(line);
    }
    Ok(lines.join("\n") + "\n")
}
