//! Text made by the standard library's own macros and traits.

use std::fmt::{Debug, Display, Write};

use secret_core::SecretBytes;

use crate::canary::plain;
use crate::channel::{COPIED, PRINTED, Theme, does_not_compile, redacted};

pub(crate) const THEME: Theme = Theme {
    name: "formatting",
    channels: &[
        does_not_compile!(
            "println! of an exposed secret",
            [
                "exposed/display",
                "exposed/debug",
                "exposed/pretty_debug",
                "exposed/captured"
            ],
            PRINTED,
            child,
            |key| println!("{key} {key:?}")
        ),
        does_not_compile!(
            "eprintln! of an exposed secret",
            ["exposed/eprintln"],
            PRINTED,
            child,
            |key| eprintln!("{key:>20}")
        ),
        does_not_compile!(
            "dbg! of an exposed secret",
            ["exposed/dbg"],
            PRINTED,
            child,
            |key| debug(&key)
        ),
        does_not_compile!(
            "format! of an exposed secret",
            [
                "exposed/format",
                "exposed/named_argument",
                "exposed/reference"
            ],
            PRINTED,
            |key| format!("{key}")
        ),
        does_not_compile!(
            "format_args! of an exposed secret",
            ["exposed/format_args"],
            PRINTED,
            |key| format_args!("{key}").to_string()
        ),
        does_not_compile!(
            "write! of an exposed secret",
            ["exposed/write"],
            PRINTED,
            |key| written(&key)
        ),
        does_not_compile!(
            "println! of a secret opened for change",
            ["exposed/debug_of_mut", "exposed/redacted_exposed_mut"],
            PRINTED,
            child,
            |key| println!("{key:?}")
        ),
        does_not_compile!(
            "println! of an exposed `Redacted`",
            ["exposed/redacted_exposed"],
            PRINTED,
            child,
            |key| println!("{key}")
        ),
        does_not_compile!(
            "to_string of an exposed secret",
            ["exposed/to_string", "exposed/to_owned", "exposed/clone"],
            COPIED,
            |key| to_string(&key)
        ),
        does_not_compile!(
            "String::from an exposed secret",
            [
                "exposed/string_from",
                "exposed/into",
                "exposed/vec_from",
                "exposed/to_vec"
            ],
            COPIED,
            |key| key
        ),
        redacted!("println! of the secret", child, |key| println!(
            "{key} {key:?} {key:#?}"
        )),
        redacted!("eprintln! of the secret", child, |key| eprintln!(
            "{key:>80}"
        )),
        redacted!("dbg! of the secret", child, |key| debug(&key)),
        redacted!("format! of the secret", |key| format!(
            "{key} {key:?} {key:60} {key:.20}"
        )),
        redacted!("format_args! of the secret", |key| format_args!("{key:?}")
            .to_string()),
        redacted!("write! of the secret", |key| written(&key)),
        redacted!("to_string of the secret", |key| to_string(&key)),
        redacted!("fn log<T: Display>(t: T)", |key| log(key)),
        redacted!("&dyn Debug, &dyn Display", |key| dynamic(&key, &key)),
        redacted!(
            "bytes, {:?}",
            "[REDACTED]",
            format!("{:?}", plain().into_bytes()),
            format!("{:?}", SecretBytes::from(plain().into_bytes()))
        ),
    ],
};

fn log<T: Display>(value: T) -> String {
    format!("{value}")
}

fn dynamic(debug: &dyn Debug, display: &dyn Display) -> String {
    format!("{debug:?} {debug:#?} {display}")
}

fn written(value: &dyn Display) -> String {
    let mut line = String::new();
    write!(line, "{value}").expect("a `String` takes all");
    line
}

#[allow(clippy::dbg_macro, reason = "it is the channel")]
fn debug<T: Debug>(value: &T) {
    dbg!(value);
}

fn to_string<T: ToString>(value: &T) -> String {
    value.to_string()
}
