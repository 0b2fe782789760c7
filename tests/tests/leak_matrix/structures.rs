//! `Debug` of what holds a secret: containers, structs and enums, with std's derive and with ours.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fmt::Debug;
use std::rc::Rc;
use std::sync::{Arc, Mutex, OnceLock, RwLock};

use secret_core::{Redact, Redacted, SecretString};

use crate::canary::{NUMBER, plain, secret};
use crate::channel::{PRINTED, Theme, UNDECIDED, does_not_compile, redacted};

pub(crate) const THEME: Theme = Theme {
    name: "structures",
    channels: &[
        does_not_compile!(
            "std derive(Debug) around an exposed secret",
            ["exposed/derive_debug"],
            PRINTED,
            |key| format!("{:?}", Login { user: "ada", key })
        ),
        does_not_compile!(
            "unmarked field `password: String` in a derived Debug",
            [
                "derive/undecided_string",
                "derive/undecided_option",
                "derive/undecided_nested",
                "derive/undecided_map"
            ],
            UNDECIDED,
            |key| format!("{:?}", Login { user: "ada", key })
        ),
        does_not_compile!(
            "unmarked number whose name says secret",
            [
                "derive/secret_name_on_number",
                "derive/secret_name_raw",
                "derive/secret_name_under_default_safe"
            ],
            "the name says that this is secret",
            |_key| format!(
                "{:?}",
                Login {
                    user: "ada",
                    key: NUMBER
                }
            )
        ),
        redacted!(
            "a foreign type in `Redacted`, {:?}",
            "[REDACTED]",
            format!(
                "{:?}",
                Login {
                    user: "ada",
                    key: plain()
                }
            ),
            format!(
                "{:?}",
                Redacted::new(Login {
                    user: "ada",
                    key: plain()
                })
            )
        ),
        redacted!("Option, {:?}", |key| both(&Some(key))),
        redacted!("Result, {:?}", |key| both(&Err::<(), _>(key))),
        redacted!("tuple, {:?}", |key| both(&("ada", key))),
        redacted!("array, {:?}", |key| both(&[key])),
        redacted!("Vec, {:?}", |key| both(&vec![key])),
        redacted!("VecDeque, {:?}", |key| both(&VecDeque::from([key]))),
        redacted!("HashMap, {:?}", |key| both(&HashMap::from([("ada", key)]))),
        redacted!("BTreeMap, {:?}", |key| both(&BTreeMap::from([(
            "ada", key
        )]))),
        redacted!("Box, {:?}", |key| both(&Box::new(key))),
        redacted!("Rc, {:?}", |key| both(&Rc::new(key))),
        redacted!("Arc, {:?}", |key| both(&Arc::new(key))),
        redacted!("RefCell, {:?}", |key| both(&RefCell::new(key))),
        redacted!("Mutex, {:?}", |key| both(&Mutex::new(key))),
        redacted!("RwLock, {:?}", |key| both(&RwLock::new(key))),
        redacted!("OnceLock, {:?}", |key| both(&OnceLock::from(key))),
        redacted!("Arc<Mutex<HashMap>>, {:?}", |key| both(&Arc::new(
            Mutex::new(HashMap::from([("ada", Some(key))]))
        ))),
        redacted!("std derive(Debug) around the secret", |key| both(&Login {
            user: "ada",
            key
        })),
        redacted!(
            "derive(Redact) with a secret",
            "user: \"ada\"",
            both(&Login {
                user: "ada",
                key: plain()
            }),
            both(&Typed {
                user: "ada",
                key: secret()
            })
        ),
        redacted!(
            "derive(Redact) with `#[redact]` on a String",
            "[REDACTED]",
            both(&Login {
                user: "ada",
                key: plain()
            }),
            both(&Marked {
                user: "ada",
                key: plain()
            })
        ),
        redacted!(
            "derive(Redact) with a masked String",
            "hu[REDACTED]nter",
            both(&plain()),
            both(&Masked { card: plain() })
        ),
        redacted!(
            "derive(Redact) with a fingerprint",
            "[REDACTED #",
            both(&plain()),
            both(&Fingerprinted { key: plain() })
        ),
        redacted!(
            "derive(Redact) with a template, Display",
            "ada with [REDACTED]",
            Login {
                user: "ada",
                key: plain()
            }
            .key,
            Template {
                user: "ada",
                key: plain()
            }
            .to_string()
        ),
        redacted!(
            "enum with derive(Redact)",
            "Password(",
            both(&Some(plain())),
            both(&Method::Password(plain()))
        ),
    ],
};

#[derive(Debug)]
#[allow(dead_code, reason = "read through `Debug`")]
struct Login<T> {
    user: &'static str,
    key: T,
}

#[derive(Redact)]
#[allow(dead_code, reason = "read through `Debug`")]
struct Typed {
    #[redact(safe)]
    user: &'static str,
    key: SecretString,
}

#[derive(Redact)]
#[allow(dead_code, reason = "read through `Debug`")]
struct Marked {
    #[redact(safe)]
    user: &'static str,
    #[redact]
    key: String,
}

#[derive(Redact)]
#[allow(dead_code, reason = "read through `Debug`")]
struct Masked {
    #[redact(first = 2, last = 4)]
    card: String,
}

#[derive(Redact)]
#[allow(dead_code, reason = "read through `Debug`")]
struct Fingerprinted {
    #[redact(fingerprint)]
    key: String,
}

#[derive(Redact)]
#[redact(display = "{user} with {key}")]
struct Template {
    #[redact(safe)]
    user: &'static str,
    #[redact]
    key: String,
}

#[derive(Redact)]
#[allow(dead_code, reason = "read through `Debug`")]
enum Method {
    Password(#[redact] String),
}

fn both(value: &dyn Debug) -> String {
    format!("{value:?}\n{value:#?}")
}
