//! `#[derive(Redact)]`, re-exported by `secret-core` under its feature `derive`.
//!
//! A pipeline, one file each: `attribute` parses what the user wrote, `model` says what each field is, `validate`
//! holds every rule and its message, `expand` writes the code.

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

mod attribute;
mod expand;
mod model;
mod validate;
#[allow(
    unreachable_pub,
    reason = "the file is a public module of `secret-core`"
)]
mod words;

/// Implements `Debug` so that nothing is printed that nobody decided to print, and `LogSafe` and `Redact`.
///
/// The output has the layout of std's own `Debug`. A field that is neither marked nor `LogSafe` does not compile, nor
/// does an unmarked field whose name says secret and whose type does not redact itself.
///
/// | on a field | shows |
/// |---|---|
/// | nothing | a `LogSafe` value as it is; a `Secret` as `[REDACTED]` |
/// | `#[redact(safe)]` | the value, by decision |
/// | `#[redact]` | `[REDACTED]`; of an `Option`, a list or a map the outer shape is kept |
/// | `#[redact(first = 2, last = 4)]` | so many characters, at most half of them |
/// | `#[redact(fixed = 8)]` | so many stars |
/// | `#[redact(email)]`, `#[redact(url)]` | the domain; the URL without its secrets |
/// | `#[redact(fingerprint)]` | `[REDACTED #9f3a52]`, with feature `fingerprint` |
/// | `#[redact(with = path::to::function)]` | what `fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result` writes |
///
/// On the type: `#[redact(all)]` marks every field that is not marked, `#[redact(default = safe)]` makes them safe
/// (names that say secret still need a decision), `#[redact(variant)]` hides which variant an enum is, and
/// `#[redact(crate = path)]` names the crate where it is re-exported.
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
#[proc_macro_derive(Redact, attributes(redact))]
pub fn derive_redact(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    match model::Model::new(&input) {
        Ok(model) => expand::expand(&model),
        Err(errors) => {
            let errors = errors.into_compile_error();
            let fallback = expand::fallback(&input);
            quote::quote!(#errors #fallback)
        }
    }
    .into()
}
