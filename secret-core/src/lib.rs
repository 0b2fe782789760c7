//! API keys, tokens and passwords that cannot be printed.
//!
//! ```
//! use secret_core::SecretString;
//!
//! let key = SecretString::from(std::env::var("PATH").unwrap_or_default());
//! println!("{key:?}");                      // [REDACTED]
//! let length = key.expose_secret().len();   // the one way in
//! assert!(key == key.clone());              // constant time
//! # assert!(length < 1 << 20);
//! ```
//!
//! # Guarantees
//!
//! * `Debug` and `Display` of a [`Secret`] print [`REDACTED`], and never its length or shape.
//! * What [`Secret::expose_secret`] hands out has no `Debug`, `Display`, `ToString`, `Clone` or `Serialize`, so
//!   `println!("{}", key.expose_secret())` does not compile.
//! * The value lives in one heap allocation that is wiped when the secret is dropped, replaced or abandoned by a
//!   panic. Making a secret from a `String` or `Vec<u8>` leaves no copy, whatever its spare capacity.
//! * `==` takes the same time wherever two values of one length differ.
//! * No error of this crate carries a secret.
//!
//! # What is not guaranteed
//!
//! * A reference can be taken out on purpose: `let k: &str = &key.expose_secret(); println!("{k}")` compiles, and so
//!   does `*key.expose_secret()` in a format string. Types stop the direct leak, not every indirect one.
//! * Dereferencing happens by itself where a plain reference is asked for. These compile, and each leaves a plain copy:
//!   `text.push_str(&key.expose_secret())`, `"Bearer ".to_owned() + &key.expose_secret()`, the value's own methods that
//!   make new text (`key.expose_secret().to_uppercase()`), `result.expect(&key.expose_secret())`. So does an
//!   `impl AsRef<str>`, as the parameters of a URL are. `OsStr` and `Path` are refused, and with them process arguments,
//!   environment variables and file names. Beware of a compiler hint that says to dereference.
//! * So are methods that return a plain reference, in a format string: `{}` of `key.expose_secret().trim()`, `{:?}` of
//!   `.as_bytes()` or `.chars()`, and `*exposed` of a number or another `Copy` type.
//! * A function that takes `key: &str` may log its arguments, as one under `#[tracing::instrument]` does; there, skip the
//!   argument or take a [`Secret`]. `assert_ne!(key, presented)` prints the presented text, which equals the key when
//!   it fails; use `assert!(key != presented)`.
//! * serde's error of a plain `String` or number may quote the value, marked `#[redact]` or not; a [`Secret`] field's does
//!   not.
//! * What other code copies from an exposed secret is not wiped: a socket's buffer, a parser's scratch space, a
//!   `String` made on the way.
//! * Memory is neither locked nor kept out of core dumps. A value that was on the stack before it came here may
//!   still be there; [`Secret::init_with_mut`] makes it on the heap in the first place.
//! * `secrecy::ExposeSecret` is implemented so that crates which take it keep working, and its `expose_secret` is a
//!   plain reference. It is out of reach unless that trait is imported, and the method here wins where both are.
//!   `ExposeSecretMut` is not implemented, since growing a value through a plain `&mut` leaves copies.
//! * There is no `Default`: an empty secret is a missing one. Use `Option<SecretString>`.
//!
//! # Features
//!
//! | feature | what |
//! |---|---|
//! | `subtle` (default) | `==` in constant time |
//! | `derive` | `#[derive(Redact)]` |
//! | `serde` | `Deserialize`; [`serde::redacted`] and [`serde::exposed`] to serialise; with `derive`, `#[redact(serialize)]` |
//! | `fingerprint` | [`Fingerprint`]: tell which key was used without revealing it |
//! | `base64ct`, `base16ct` | base64 and hex input for bytes |
//! | `clap` | secrets as arguments, read from a file with `@path` and from standard input with `-`: [`clap`] |
//! | `schemars` | `JsonSchema`: format `password`, write-only |
//! | `arbitrary`, `proptest` | secrets as input of fuzz targets and property tests |
//! | `std` | `LogSafe` for types that only `std` has |
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[cfg(feature = "derive")]
#[doc(hidden)]
pub mod __private;
#[cfg(feature = "arbitrary")]
mod arbitrary;
#[cfg(feature = "clap")]
pub mod clap;
#[cfg(feature = "subtle")]
mod compare;
mod error;
mod exposed;
#[cfg(feature = "fingerprint")]
mod fingerprint;
mod log_safe;
mod mask;
mod placeholder;
#[cfg(feature = "proptest")]
mod proptest;
mod redacted;
#[cfg(feature = "schemars")]
mod schemars;
mod secret;
#[cfg(feature = "serde")]
pub mod serde;
mod wall;
mod wipe;
pub mod words;

pub use error::SecretError;
pub use exposed::{ChangeInPlace, Exposed, ExposedMut};
#[cfg(feature = "fingerprint")]
pub use fingerprint::{Fingerprint, FingerprintKey};
pub use log_safe::{LogSafe, Redact};
pub use mask::{Mask, MaskText, Masked};
pub use placeholder::REDACTED;
pub use redacted::{Redacted, RedactedMut};
pub use secret::{Secret, SecretBytes, SecretString};
#[cfg(feature = "derive")]
pub use secret_derive::Redact;

pub use secrecy;
pub use zeroize;
