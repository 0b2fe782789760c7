use std::collections::BTreeMap;

use secret_core::{LogSafe, Redact};

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
struct User(String);

impl LogSafe for User {}

#[derive(Redact)]
#[redact(serialize)]
struct Config {
    quota: BTreeMap<User, u32>,
}

fn main() {}
