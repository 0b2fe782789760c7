//! What a function of the corpus is given, and which of what it returns gets out.

use std::error::Error;
use std::fmt::Debug;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use flow_score::{HARDCODED, REDACTED_SENT};
use http::{HeaderMap, HeaderValue, Uri};
use secrecy::ExposeSecret;
use url::Url;

fn canary() -> String {
    env::var("CANARY").unwrap_or_default()
}

/// The secret that a function is called with, in the form that it takes.
pub(crate) trait Given {
    fn make() -> Self;
}

pub(crate) fn given<T: Given>() -> T {
    T::make()
}

impl Given for &secrecy::SecretString {
    fn make() -> Self {
        Box::leak(Box::new(canary().into()))
    }
}

impl Given for secrecy::SecretString {
    fn make() -> Self {
        canary().into()
    }
}

impl Given for &secret_core::SecretString {
    fn make() -> Self {
        Box::leak(Box::new(canary().into()))
    }
}

impl Given for secret_core::SecretString {
    fn make() -> Self {
        canary().into()
    }
}

impl Given for Url {
    fn make() -> Self {
        let url = Url::parse("https://ada@h/");
        url.expect("the URL is right")
    }
}

impl Given for String {
    fn make() -> Self {
        canary()
    }
}

impl Given for &str {
    fn make() -> Self {
        canary().leak()
    }
}

/// Prints of a returned value what gets out of the program in real ones.
pub(crate) trait Observe {
    fn observe(self);
}

/// One line for each way out, so that they can be counted.
fn show(text: &str) {
    println!("{}", text.replace('\n', "\\n"));
}

/// What is sent may hold the secret, but not the placeholder.
fn sent(text: &str) {
    // A query encodes the brackets.
    if ["[REDACTED]", "%5BREDACTED%5D"]
        .iter()
        .any(|placeholder| text.contains(placeholder))
    {
        println!("{REDACTED_SENT}");
    }
}

/// Whether the value of a secret can be read in the corpus's source.
fn hardcoded(value: &str) {
    let case = env::args().nth(1).unwrap_or_default();
    let case = case.split("::").next().unwrap_or_default();
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../flow/src")
        .join(case)
        .with_extension("rs");
    if !value.is_empty()
        && fs::read_to_string(source).is_ok_and(|text| text.contains(&format!("{value}\"")))
    {
        println!("{HARDCODED}");
    }
}

macro_rules! stays_inside {
    ($($name:ty),*) => {
        $(impl Observe for $name {
            fn observe(self) {}
        })*
    };
}

// Text that is returned has not got out yet.
stays_inside!(
    (),
    bool,
    usize,
    u8,
    u16,
    u32,
    u64,
    String,
    Vec<u8>,
    Vec<String>
);

impl<T: Observe> Observe for Option<T> {
    fn observe(self) {
        if let Some(value) = self {
            value.observe();
        }
    }
}

impl<T: Observe, E: Debug> Observe for Result<T, E> {
    fn observe(self) {
        match self {
            Ok(value) => value.observe(),
            Err(error) => show(&format!("{error:?}")),
        }
    }
}

impl Observe for Box<dyn Debug> {
    fn observe(self) {
        show(&format!("{self:?}"));
    }
}

impl Observe for Box<dyn Error> {
    fn observe(self) {
        show(&format!("{self} {self:?}"));
    }
}

impl Observe for serde_json::Value {
    fn observe(self) {
        show(&self.to_string());
    }
}

impl Observe for Url {
    fn observe(self) {
        show(self.as_str());
        sent(self.as_str());
        hardcoded(self.password().unwrap_or_default());
    }
}

impl Observe for Uri {
    fn observe(self) {
        show(&self.to_string());
    }
}

impl Observe for Command {
    fn observe(self) {
        for argument in self.get_args() {
            show(&argument.to_string_lossy());
        }
        for (_, value) in self.get_envs() {
            show(&value.unwrap_or_default().to_string_lossy());
        }
    }
}

impl Observe for HeaderValue {
    fn observe(self) {
        let text = String::from_utf8_lossy(self.as_bytes());
        sent(&text);
        for scheme in ["Bearer ", "Basic "] {
            if let Some(value) = text.strip_prefix(scheme) {
                hardcoded(value);
            }
        }
    }
}

impl Observe for HeaderMap {
    fn observe(self) {
        if let Some(Ok(key)) = self.get("x-api-key").map(HeaderValue::to_str) {
            hardcoded(key);
        }
        for value in self.into_iter().map(|header| header.1) {
            value.observe();
        }
    }
}

impl Observe for reqwest::Request {
    fn observe(self) {
        self.url().clone().observe();
        self.headers().clone().observe();
        if let Some(body) = self.body().and_then(reqwest::Body::as_bytes) {
            sent(&String::from_utf8_lossy(body));
        }
    }
}

impl Observe for http::Request<String> {
    fn observe(self) {
        self.uri().clone().observe();
        self.headers().clone().observe();
        sent(self.body());
    }
}

impl Observe for secrecy::SecretString {
    fn observe(self) {
        hardcoded(self.expose_secret());
    }
}

impl Observe for secret_core::SecretString {
    fn observe(self) {
        hardcoded(&self.expose_secret());
    }
}
