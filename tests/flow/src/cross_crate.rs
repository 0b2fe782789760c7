//! Flows through another crate: its functions, types, macros and trait implementations.

use flow_other::{Journal, Keeper, Notes, note, open, shout, upper};
use secrecy::{ExposeSecret, SecretString};

pub fn leak_there(s: &SecretString) {
    note(s.expose_secret()); // id=far_note //~ LEAK secret_in_log
    println!("noted"); //~ OK
}

pub fn leak_here(s: &SecretString) {
    println!("{}", upper(s.expose_secret())); //~ LEAK secret_in_log
    println!("{}", open(s)); //~ LEAK secret_in_log
    println!("{}", upper("public")); //~ OK
}

pub fn leak_their_type(s: &SecretString) {
    let keeper = Keeper::new("ada", s.expose_secret());
    println!("{}", keeper.code()); //~ LEAK secret_in_log
    println!("{}", keeper.user); //~ OK
}

pub fn leak_their_macro(s: &SecretString) {
    shout!("using {}", s.expose_secret()); //~ LEAK secret_in_log
}

struct Console;

impl Journal for Console {
    fn write(&self, text: &str) {
        println!("{text}"); // id=far_console //~ LEAK secret_in_log
    }
}

pub fn leak_our_implementation(s: &SecretString) {
    flow_other::run(&Console, s.expose_secret()); // alt=far_console //~ ANY
}

pub fn ok_their_functions(s: &SecretString) -> usize {
    let notes = Notes::default();
    flow_other::run(&notes, s.expose_secret()); //~ OK
    println!("{}", flow_other::length(s)); //~ OK
    println!("{}", Keeper::new("ada", s.expose_secret()).length()); //~ OK
    shout!("done"); //~ OK
    note("public"); //~ OK
    open(s).len()
}

fn session(s: &secret_core::SecretString) -> flow_other::Session {
    let cookie = s.expose_secret().declassify("so that only the mark in the other crate says it").to_owned();
    flow_other::Session { user: "ada".into(), cookie }
}

pub fn leak_marked_in_another_crate(s: &secret_core::SecretString) {
    let session = session(s);
    println!("{}", session.cookie); //~ LEAK secret_in_log
    println!("{} {session:?}", session.user); //~ OK
}
