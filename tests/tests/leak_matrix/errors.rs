//! Error types, their chains, and the errors of std that hold what they refused.

use std::error::Error;
use std::fmt::{Debug, Display};
use std::io;
use std::str::FromStr;

use anyhow::Context;
use secret_core::{Redacted, Secret, SecretBytes, SecretString};

use crate::canary::{CANARY, plain, secret};
use crate::channel::{COPIED, PRINTED, Theme, does_not_compile, redacted, refused};

pub(crate) const THEME: Theme = Theme {
    name: "errors",
    channels: &[
        does_not_compile!(
            "thiserror message with an exposed secret",
            ["exposed/thiserror_field"],
            PRINTED,
            |key| every_form(&Refused { key })
        ),
        does_not_compile!(
            "thiserror field made from an exposed secret",
            ["exposed/thiserror"],
            COPIED,
            |key| every_form(&Refused { key })
        ),
        does_not_compile!(
            "anyhow!, bail! with an exposed secret",
            ["exposed/anyhow", "exposed/anyhow_bail"],
            PRINTED,
            |key| every_form(&*anyhow::anyhow!("refused {key}"))
        ),
        does_not_compile!(
            "anyhow context with an exposed secret",
            ["exposed/anyhow_context"],
            PRINTED,
            |key| context(key)
        ),
        does_not_compile!(
            "Box<dyn Error> from an exposed secret",
            ["exposed/boxed_error"],
            "`Exposed<'_, str>: Into<Box<dyn std::error::Error>>` is not satisfied",
            |key| every_form(&*Box::<dyn Error>::from(key))
        ),
        redacted!("thiserror message with the secret", |key| every_form(
            &Refused { key }
        )),
        redacted!("thiserror, transparent and source", |key| every_form(
            &Outer::from(Refused { key })
        )),
        redacted!("anyhow! with the secret", |key| every_form(
            &*anyhow::anyhow!("refused {key} {key:?}")
        )),
        redacted!("anyhow context with the secret", |key| context(key)),
        redacted!("anyhow chain, {:#}", |key| format!(
            "{:#}",
            anyhow::Error::new(Refused { key }).context("signing in")
        )),
        redacted!("Box<dyn Error> chain", |key| every_form(
            &*Box::<dyn Error>::from(Refused { key })
        )),
        redacted!("Box<dyn Error> from formatted text", |key| every_form(
            &*Box::<dyn Error>::from(format!("refused {key}"))
        )),
        redacted!("io::Error::other", |key| every_form(&io::Error::other(
            Refused { key }
        ))),
        refused!(
            "FromUtf8Error",
            "not valid UTF-8",
            every_form(&String::from_utf8(not_text()).unwrap_err()),
            every_form(&SecretString::try_from(not_text()).unwrap_err())
        ),
        refused!(
            "FromUtf8Error of secret bytes",
            "not valid UTF-8",
            every_form(&String::from_utf8(not_text()).unwrap_err()),
            every_form(&SecretString::try_from(SecretBytes::from(not_text())).unwrap_err())
        ),
        refused!(
            "NulError, under try_map",
            "the secret is not a valid",
            every_form(&std::ffi::CString::new(with_nul()).unwrap_err()),
            every_form(&c_string(with_nul().into()))
        ),
        refused!(
            "IntoStringError, OsString::into_string",
            "not valid UTF-8",
            format!("{:?}", os_string().into_string()),
            every_form(&SecretString::try_from(os_string().into_encoded_bytes()).unwrap_err())
        ),
        refused!(
            "Vec to array, TryFrom",
            "exactly 16 bytes",
            format!("{:?}", <[u8; 16]>::try_from(plain().into_bytes())),
            every_form(
                &Secret::<[u8; 16]>::try_from(SecretBytes::from(plain().into_bytes())).unwrap_err()
            )
        ),
        refused!(
            "FromStr error that quotes its input",
            "the secret is not a valid",
            every_form(&*CANARY.parse::<Level>().unwrap_err()),
            every_form(&CANARY.parse::<Redacted<Level>>().unwrap_err())
        ),
        refused!(
            "FromStr error under try_map",
            "the secret is not a valid",
            every_form(&*CANARY.parse::<Level>().unwrap_err()),
            every_form(&level(secret()))
        ),
    ],
};

#[derive(Debug, thiserror::Error)]
#[error("refused {key} {key:?}")]
struct Refused<T: Debug + Display> {
    key: T,
}

#[derive(Debug, thiserror::Error)]
enum Outer<T: Debug + Display + 'static> {
    #[error("signing in")]
    Chained(#[from] Refused<T>),
}

#[derive(Debug)]
struct Level;

impl FromStr for Level {
    type Err = Box<dyn Error>;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Err(format!("unknown level `{text}`").into())
    }
}

/// All forms in which an error is printed: `Display`, `Debug`, and those of its sources.
pub(crate) fn every_form(error: &(dyn Error + 'static)) -> String {
    let forms: Vec<_> = std::iter::successors(Some(error), |&error| error.source())
        .map(|error| format!("{error}\n{error:?}\n{error:#?}"))
        .collect();
    forms.join("\n")
}

fn context<T: Display + Send + Sync + 'static>(key: T) -> String {
    let error = "x".parse::<u16>().context(key).unwrap_err();
    format!("{error} {error:?} {error:#}")
}

fn not_text() -> Vec<u8> {
    [CANARY.as_bytes(), &[0xff]].concat()
}

fn with_nul() -> String {
    format!("{CANARY}\0")
}

fn os_string() -> std::ffi::OsString {
    std::os::unix::ffi::OsStringExt::from_vec(not_text())
}

/// `CString` of a secret text with a NUL in it.
fn c_string(text: SecretString) -> secret_core::SecretError {
    let result = text.try_map::<[u8], _, _>(|text| {
        std::ffi::CString::new(&*text).map(std::ffi::CString::into_bytes)
    });
    result.expect_err("it has a NUL")
}

fn level(text: SecretString) -> secret_core::SecretError {
    let result = text.try_map::<str, _, _>(|text| text.parse::<Level>().map(|_| String::new()));
    result.expect_err("it is no level")
}
