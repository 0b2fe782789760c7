//! Derived Debug over plain fields: structs, enums, tuples, generics; and over fields of a secret type.

// real: rathole-org/rathole#128 (the configuration is printed at start-up)
// real: dani-garcia/vaultwarden#7526 (an authenticated user with its tokens)
use std::fmt::Debug;

use secrecy::{ExposeSecret, SecretString};

#[derive(Debug)] // alt=service //~ ANY
struct Service { // alt=service //~ ANY
    bind: String,
    door: String, // alt=service //~ ANY
}

pub fn leak_struct(s: &SecretString) {
    let service = Service { bind: "[::]:80".into(), door: s.expose_secret().into() }; // id=service //~ LEAK secret_to_plain|secret_in_log
    log::debug!("{service:?}"); // alt=service //~ ANY
}

#[derive(Debug)] // alt=method //~ ANY
enum Method { // alt=method //~ ANY
    Anonymous,
    Shared(String), // alt=method //~ ANY
}

pub fn leak_enum(s: &SecretString) -> Box<dyn Debug> {
    let method = Method::Shared(s.expose_secret().to_owned()); // id=method //~ LEAK secret_to_plain
    Box::new(method) // alt=method //~ ANY
}

#[derive(Debug)] // alt=pair //~ ANY
struct Pair<T>(u8, T); // alt=pair //~ ANY

pub fn leak_generic(s: &SecretString) {
    let pair = Pair(1, s.expose_secret().to_owned()); // id=pair //~ LEAK secret_to_plain|secret_in_log
    println!("{pair:#?}"); // alt=pair //~ ANY
    println!("{:?}", Pair(1, "public")); //~ OK
}

pub fn leak_tuple(s: &SecretString) {
    println!("{:?}", (1, s.expose_secret())); //~ LEAK secret_in_log
    println!("{:?}", Some(vec![s.expose_secret()])); //~ LEAK secret_in_log
    println!("{:?}", [Ok::<_, ()>(s.expose_secret())]); //~ LEAK secret_in_log
}

#[derive(Debug)]
struct Typed {
    bind: String,
    door: SecretString,
    spare: Option<SecretString>,
}

pub fn ok_typed(s: &SecretString) {
    let typed = Typed { bind: "[::]:80".into(), door: s.clone(), spare: Some(s.clone()) }; //~ OK
    println!("{typed:?} {:?}", typed.spare); //~ OK
    tracing::info!(?typed, bind = typed.bind); //~ OK
}

struct Silent {
    bind: String,
    door: String,
}

pub fn ok_no_debug(s: &SecretString) -> usize {
    let silent = Silent { bind: "[::]:80".into(), door: s.expose_secret().into() }; //~ OK
    println!("{}", silent.bind); //~ OK
    silent.door.len()
}

pub fn ok_enum(s: &SecretString) {
    let method = if s.expose_secret().is_empty() { Method::Shared("none".into()) } else { Method::Anonymous };
    println!("{method:?}"); //~ OK
    println!("{:?}", std::mem::discriminant(&method)); //~ OK
}
