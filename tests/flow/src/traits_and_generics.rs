//! Trait objects, default methods, generic bounds, associated types, blanket implementations.

// real: Azure/azure-sdk-for-rust#1707 (a pipeline logs what a credential gave it)
use std::fmt::Display;

use secrecy::{ExposeSecret, SecretString};

trait Source {
    fn name(&self) -> String;
    fn value(&self) -> String;
    fn describe(&self) -> String {
        format!("{} is {}", self.name(), self.value())
    }
}

struct Vault(SecretString);

impl Source for Vault {
    fn name(&self) -> String {
        "vault".into()
    }
    fn value(&self) -> String {
        self.0.expose_secret().into()
    }
}

pub fn leak_dynamic(s: &SecretString) {
    let source: Box<dyn Source> = Box::new(Vault(s.clone()));
    println!("{}", source.value()); //~ LEAK secret_in_log
    println!("{}", source.describe()); //~ LEAK secret_in_log
    println!("{}", source.name()); //~ OK
}

fn show_all<T: Source + ?Sized>(source: &T) {
    log::info!("{}", source.value()); // id=all //~ LEAK secret_in_log
}

pub fn leak_generic(s: &SecretString) {
    show_all(&Vault(s.clone())); // alt=all //~ ANY
}

fn show(what: impl Display) {
    println!("{what}"); // id=show //~ LEAK secret_in_log
}

pub fn leak_bound(s: &SecretString) {
    show(5); //~ OK
    show("public"); //~ OK
    show(s.expose_secret()); // alt=show //~ ANY
}

trait Report {
    fn report(&self);
}

impl<T: AsRef<str>> Report for T {
    fn report(&self) {
        eprintln!("{}", self.as_ref()); // id=blanket //~ LEAK secret_in_log
    }
}

pub fn leak_blanket(s: &SecretString) {
    s.expose_secret().report(); // alt=blanket //~ ANY
}

trait Sink {
    fn put(&mut self, text: &str);
}

#[derive(Default)]
struct Memory(Vec<String>);

impl Sink for Memory {
    fn put(&mut self, text: &str) {
        self.0.push(text.to_owned()); //~ OK
    }
}

struct Console;

impl Sink for Console {
    fn put(&mut self, text: &str) {
        println!("{text}"); // id=console //~ LEAK secret_in_log
    }
}

fn fill<S: Sink>(sink: &mut S, text: &str) {
    sink.put(text); // alt=console //~ ANY
}

pub fn leak_sink(s: &SecretString) {
    fill(&mut Console, s.expose_secret()); // alt=console //~ ANY
}

pub fn ok_memory(s: &SecretString) -> usize {
    let mut memory = Memory::default();
    fill(&mut memory, s.expose_secret()); //~ OK
    fill(&mut Console, "public"); //~ OK
    println!("{}", memory.0.len()); //~ OK
    memory.0.len()
}

fn identity<T>(value: T) -> T {
    value
}

pub fn ok_identity(s: &SecretString) -> usize {
    let value = identity(s.expose_secret());
    let host = identity("localhost");
    println!("{host}"); //~ OK
    println!("{}", identity(value.len())); //~ OK
    println!("{}", Vault(s.clone()).name()); //~ OK
    value.len()
}
