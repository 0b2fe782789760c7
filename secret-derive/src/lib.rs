//! `#[derive(Redact)]`, re-exported by `secret-core` under its feature `derive`.
//!
//! A pipeline, one file each: `input`, `attribute`, `template` and `serde_attribute` parse what the user wrote, `model` says what
//! each field is, `validate` holds every rule and its message, `expand`, `display`, `serialize` and `zeroize` write the
//! code.

use proc_macro::TokenStream;

use crate::input::Input;
use crate::model::Model;
mod attribute;
mod bound;
mod display;
mod expand;
mod fault;
mod input;
mod model;
mod serde_attribute;
mod serialize;
#[cfg(test)]
mod snapshots;
mod template;
mod validate;
#[allow(
    unreachable_pub,
    reason = "the file is a public module of `secret-core`"
)]
mod words;
mod zeroize;

/// Implements `Debug` so that nothing is printed that nobody decided to print, and `LogSafe` and `Redact`.
///
/// The output has the layout of std's own `Debug`. A field that is neither marked nor `LogSafe` does not compile, nor
/// does an unmarked field whose name says secret and whose type does not redact itself. The name of a variant or of
/// a struct with one unnamed field speaks for what is inside: `Otp(u32)`, `struct Pin(u32)`.
///
/// | on a field | shows |
/// |---|---|
/// | nothing | a `LogSafe` value as it is; a `Secret` as `[REDACTED]` |
/// | `#[redact(safe)]` | the value, by decision |
/// | `#[redact]` | `[REDACTED]`; of an `Option`, a map, or a `Vec` of anything but bytes and characters the outer shape is kept |
/// | `#[redact(first = 2, last = 4)]` | so many characters, at most half of them |
/// | `#[redact(fixed = 8)]` | so many stars |
/// | `#[redact(email)]`, `#[redact(url)]` | the domain; the URL without its secrets |
/// | `#[redact(fingerprint)]` | `[REDACTED #9f3a52]`, with feature `fingerprint` |
/// | `#[redact(with = path::to::function)]` | what `fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result` writes |
///
/// On the type: `#[redact(all)]` marks every field that is not marked, `#[redact(default = safe)]` makes them safe
/// (names that say secret still need a decision), `#[redact(variant)]` hides which variant an enum is, and
/// `#[redact(crate = path)]` names the crate where it is re-exported. `#[redact]` on a variant marks every field of it
/// that is not marked.
///
/// # Serialising
///
/// `#[redact(serialize)]` on the type, with features `derive` and `serde`, adds two methods. Neither makes the type
/// itself `Serialize`, and serde's own attributes (`rename`, `tag`, `flatten`, `skip_serializing_if`, `with`, …) hold.
///
/// | method | its view serialises |
/// |---|---|
/// | `redacted()` | what `Debug` shows: for a dump of the configuration |
/// | `revealed("why")` | the real values as `Deserialize` reads them: for a file that is meant to hold them |
///
/// `#[derive(Serialize)]` beside `Redact` knows nothing of the marks: it writes a field marked `#[redact]` in plain, as it
/// does any `String`. Derive one or the other, or hold the secret in a `SecretString`, which has no `Serialize`.
///
/// A nested type of your own needs the option as well, or `#[redact(safe)]` on the field, which vouches for what its
/// `Serialize` writes. The keys of a redacted map are written `[REDACTED]`, `[REDACTED 2]` and so on, since most
/// formats refuse a key that stands twice.
///
/// ```
/// use secret_core::{Redact, SecretString};
///
/// #[derive(Redact, serde::Deserialize)]
/// #[redact(serialize)]
/// struct Config {
///     port: u16,
///     #[serde(rename = "key")]
///     api_key: SecretString,
///     #[redact(url)]
///     dsn: Option<String>,
/// }
///
/// let text = r#"{"port":80,"key":"k-4711","dsn":"postgres://app:hunter2@db/app"}"#;
/// let config: Config = serde_json::from_str(text).unwrap();
/// assert_eq!(
///     serde_json::to_string(&config.redacted()).unwrap(),
///     r#"{"port":80,"key":"[REDACTED]","dsn":"postgres://app:[REDACTED]@db/app"}"#,
/// );
/// assert_eq!(serde_json::to_string(&config.revealed("saved to the user's file")).unwrap(), text);
/// ```
///
/// ```
/// use secret_core::{Redact, SecretString};
///
/// #[derive(Redact)]
/// struct Config {
///     port: u16,
///     api_key: SecretString,
///     #[redact(safe)]
///     host: String,
///     #[redact(url)]
///     dsn: String,
/// }
///
/// let config = Config {
///     port: 8080,
///     api_key: String::from("k-4711").into(),
///     host: String::from("localhost"),
///     dsn: String::from("postgres://app:hunter2@db/app"),
/// };
/// assert_eq!(
///     format!("{config:?}"),
///     r#"Config { port: 8080, api_key: [REDACTED], host: "localhost", dsn: postgres://app:[REDACTED]@db/app }"#,
/// );
/// ```
///
/// # A template for `Display`
///
/// `#[redact(display = "…{field}…")]` on a struct, or on each variant of an enum, implements `Display`. `{field}` shows
/// a marked field as `Debug` does, and by its own `Display` a number, a network address, a type with such a template, or
/// a field marked `#[redact(safe)]`; `{field:?}` shows it as `Debug` does. Fields of a tuple are `{0}`, `{1}`; width and alignment work as in `format!`; `{{` is a brace.
///
/// ```
/// # use secret_core::{Redact, SecretString};
/// #[derive(Redact)]
/// #[redact(display = "{user}:{password} on port {port:>5}")]
/// struct Login {
///     #[redact(first = 1)]
///     user: String,
///     password: SecretString,
///     port: u16,
/// }
///
/// let password = String::from("hunter2").into();
/// let login = Login { user: String::from("ada"), password, port: 443 };
/// assert_eq!(login.to_string(), "a[REDACTED]:[REDACTED] on port   443");
/// ```
///
/// # Wiping marked fields
///
/// `#[redact(zeroize)]` implements `Drop` and `ZeroizeOnDrop`: every marked field is wiped when the value is dropped,
/// spare capacity of strings and vectors included. A marked field whose type can neither be wiped nor wipes itself does
/// not compile. As with any `Drop`, fields can no longer be moved out of the value. Memory that a field left before,
/// such as the old block of a `String` that has grown, is not wiped; a `SecretString` has none.
///
/// ```
/// # use secret_core::Redact;
/// #[derive(Redact)]
/// #[redact(zeroize)]
/// struct Session {
///     id: u64,
///     #[redact]
///     cookie: String,
/// }
/// # drop(Session { id: 1, cookie: String::new() });
/// ```
///
/// # Generic types
///
/// As with std's derives, a type parameter must be what the fields that mention it need: `LogSafe + Debug` where they
/// are printed, nothing where they are marked `#[redact]`. An associated type (`T::Item`) is bounded itself, and so is
/// a `Secret<T>`, which is safe whatever `T` is.
#[proc_macro_derive(Redact, attributes(redact, serde))]
pub fn derive_redact(input: TokenStream) -> TokenStream {
    derive(input.into()).into()
}

/// The derive as a function of tokens, for tests to call.
fn derive(tokens: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let input = match Input::parse(tokens) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    match Model::new(&input) {
        Ok(model) => {
            let mut code = expand::expand(&model);
            if model.serialize {
                code.extend(serialize::expand(&model, &input).unwrap_or_else(|errors| {
                    let mut code = errors.into_compile_error();
                    code.extend(serialize::fallback(&input, &model.krate));
                    code
                }));
            }
            code
        }
        Err(faulty) => {
            let fallback = expand::fallback(&input, &faulty);
            let mut code = faulty.errors.into_compile_error();
            code.extend(fallback);
            if faulty.serialize {
                code.extend(serialize::fallback(&input, &faulty.krate));
            }
            code
        }
    }
}
