//! URLs and connection strings.
//!
//! Left to later crates, which will own the types: `HeaderValue`, `reqwest`, `tower-http`, `axum` and `sqlx`.

use std::fmt::Debug;

use secret_core::{Redact, Redacted, SecretString};
use url::Url;

use crate::canary::{plain, secret};
use crate::channel::{COPIED, SERIALISED, Theme, UNDECIDED, does_not_compile, redacted, refused};
use crate::errors::every_form;

pub(crate) const THEME: Theme = Theme {
    name: "web types",
    channels: &[
        does_not_compile!(
            "URL query made from an exposed secret",
            ["exposed/http_query"],
            COPIED,
            |key| Url::parse_with_params("https://host", [("token", key)])
                .unwrap()
                .to_string()
        ),
        does_not_compile!(
            "a foreign type such as `Url` as an unmarked field",
            ["derive/undecided_foreign"],
            UNDECIDED,
            |key| format!("{:?}", url(&key))
        ),
        does_not_compile!(
            "serialising a `Redacted` URL",
            ["secret/redacted_serialize"],
            SERIALISED,
            |key| url(&key).to_string()
        ),
        redacted!(
            "Url with a password, {:?}",
            "[REDACTED]",
            shown(&url(&plain())),
            shown(&Redacted::new(url(&plain())))
        ),
        redacted!(
            "Url with a password, Display",
            "[REDACTED]",
            url(&plain()).to_string(),
            Redacted::new(url(&plain())).to_string()
        ),
        redacted!(
            "connection string, `#[redact(url)]`",
            "postgres://app:[REDACTED]@db:5432/app",
            shown(&dsn(&plain())),
            shown(&Masked { dsn: dsn(&plain()) })
        ),
        redacted!(
            "token in a URL query, `#[redact(url)]`",
            "https://host/path?",
            shown(&query(&plain())),
            shown(&Masked {
                dsn: query(&plain())
            })
        ),
        redacted!(
            "Authorization header in a map",
            "[REDACTED]",
            shown(&[("authorization", plain())]),
            shown(&[("authorization", bearer())])
        ),
        refused!(
            "text that is no URL, its error",
            "the secret is not a valid",
            plain().parse::<Echoing>().unwrap_err(),
            every_form(&plain().parse::<Redacted<Echoing>>().unwrap_err())
        ),
    ],
};

#[derive(Redact)]
#[allow(dead_code, reason = "read through `Debug`")]
struct Masked {
    #[redact(url)]
    dsn: String,
}

/// A parser of addresses that quotes what it was given, as many do.
#[derive(Debug)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Echoing(Url);

impl std::str::FromStr for Echoing {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url = text.parse().map_err(|error| format!("`{text}`: {error}"))?;
        Ok(Self(url))
    }
}

fn shown(value: &dyn Debug) -> String {
    format!("{value:?} {value:#?}")
}

fn url(key: &str) -> Url {
    let mut url = Url::parse("https://app@host").unwrap();
    url.set_password(Some(key)).unwrap();
    url
}

fn dsn(key: &str) -> String {
    let key: String = url::form_urlencoded::byte_serialize(key.as_bytes()).collect();
    format!("postgres://app:{key}@db:5432/app")
}

fn query(key: &str) -> String {
    Url::parse_with_params("https://host/path", [("token", key)])
        .unwrap()
        .into()
}

fn bearer() -> SecretString {
    secret().map(|key| format!("Bearer {}", &*key))
}
