//! A secret in a plain field, on all the ways in: nested, by a constructor, a setter, a reference, text that grows; and
//! fields that nothing shows.

use std::collections::BTreeMap;
use std::fmt::{self, Debug};

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

#[derive(Debug, Default)] // alt=wide //~ ANY
struct Wide { // alt=wide //~ ANY
    spare: Option<String>, // alt=wide //~ ANY
    pairs: Vec<(String, String)>, // alt=wide //~ ANY
    bytes: Vec<u8>, // alt=wide //~ ANY
    by_name: BTreeMap<String, String>, // alt=wide //~ ANY
}

pub fn leak_option(s: &SecretString) -> Box<dyn Debug> {
    Box::new(Wide { spare: Some(s.expose_secret().into()), ..Wide::default() }) // id=wide //~ LEAK secret_to_plain
}

pub fn leak_pairs(s: &SecretString) -> Box<dyn Debug> {
    let pairs = vec![("user".to_owned(), "ada".to_owned()), ("code".to_owned(), s.expose_secret().to_owned())];
    Box::new(Wide { pairs, ..Wide::default() }) // id=wide //~ LEAK secret_to_plain
}

pub fn leak_map(s: &SecretString) -> Box<dyn Debug> {
    let mut by_name = BTreeMap::new();
    by_name.insert("code".to_owned(), s.expose_secret().to_owned());
    Box::new(Wide { by_name, ..Default::default() }) // id=wide //~ LEAK secret_to_plain
}

pub fn leak_pushed(s: &SecretString) -> Box<dyn Debug> {
    let mut wide = Wide::default();
    wide.pairs.push(("code".into(), s.expose_secret().into())); // id=wide //~ LEAK secret_to_plain
    Box::new(wide)
}

#[derive(Debug)] // alt=part //~ ANY
struct Part { // alt=part //~ ANY
    text: String, // alt=part //~ ANY
}

#[derive(Debug)]
struct Whole {
    name: String,
    part: Part,
}

/// The part has it: one report, where it is made.
pub fn leak_nested(s: &SecretString) -> Box<dyn Debug> {
    let part = Part { text: format!("code={}", s.expose_secret()) }; // id=part //~ LEAK secret_to_plain
    Box::new(Whole { name: "ada".into(), part })
}

struct Service {
    name: String,
    part: Part,
}

impl Service {
    fn set(&mut self, text: &str) {
        self.part.text = text.to_owned(); // id=set //~ LEAK secret_to_plain
    }
}

pub fn leak_setter(s: &SecretString) -> Box<dyn Debug> {
    let mut service = Service { name: "ada".into(), part: Part { text: String::new() } };
    service.set(s.expose_secret()); // alt=set //~ ANY
    Box::new(service.part)
}

impl Part {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() } // id=new //~ LEAK secret_to_plain
    }
}

pub fn leak_constructor(s: &SecretString) -> Box<dyn Debug> {
    Box::new(Part::new(s.expose_secret())) // alt=new //~ ANY
}

pub fn leak_reference(s: &SecretString) -> Box<dyn Debug> {
    let mut part = Part { text: String::new() };
    let slot = &mut part.text;
    *slot = s.expose_secret().to_owned(); // id=part //~ LEAK secret_to_plain
    Box::new(part)
}

pub fn leak_grown(s: &SecretString) -> Box<dyn Debug> {
    let mut part = Part { text: "code=".to_owned() };
    part.text.push_str(s.expose_secret()); // id=part //~ LEAK secret_to_plain
    Box::new(part)
}

#[derive(Serialize)] // alt=request //~ ANY
#[serde(tag = "type")]
enum Request { // alt=request //~ ANY
    Open { code: String, tries: u8 }, // alt=request //~ ANY
    Close,
}

pub fn leak_request(s: &SecretString) -> serde_json::Value {
    let request = Request::Open { code: s.expose_secret().to_owned(), tries: 3 }; // id=request //~ LEAK secret_to_plain
    serde_json::to_value(request).unwrap() // alt=request //~ ANY
}

struct Careful {
    name: String,
    code: String,
}

impl Debug for Careful {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Careful").field("name", &self.name).field("code", &"[hidden]").finish() //~ OK
    }
}

pub fn ok_careful(s: &SecretString) -> Box<dyn Debug> {
    let mut careful = Careful { name: "ada".into(), code: s.expose_secret().into() }; //~ OK
    careful.code.push('\n'); //~ OK
    careful.code = format!("{}\n", s.expose_secret()); //~ OK
    Box::new(careful) //~ OK
}

#[derive(Serialize)]
struct Sent {
    name: String,
    #[serde(skip)]
    part: Option<String>,
}

pub fn ok_skipped(s: &SecretString) -> serde_json::Value {
    let mut sent = Sent { name: "ada".into(), part: None }; //~ OK
    sent.part = Some(s.expose_secret().into()); //~ OK
    serde_json::to_value(&sent).unwrap() //~ OK
}

/// A plain local is no place that prints itself, and numbers are no secrets.
pub fn ok_local(s: &SecretString) -> Box<dyn Debug> {
    let mut text = String::new();
    text.push_str(s.expose_secret()); //~ OK
    let pair = ("ada", text); //~ OK
    Box::new(Part { text: pair.1.len().to_string() }) //~ OK
}

/// What stays in the function is seen by nobody who could print it.
pub fn ok_inside(s: &SecretString) -> usize {
    let mut whole = Whole { name: "ada".into(), part: Part { text: s.expose_secret().into() } }; //~ OK
    whole.part.text.push('\n'); //~ OK
    println!("{}", whole.name); //~ OK
    whole.part.text.len()
}

pub fn ok_replaced(s: &SecretString) -> Box<dyn Debug> {
    let mut wide = Wide { spare: Some("public".into()), ..Wide::default() }; //~ OK
    wide.bytes = vec![0; s.expose_secret().len()]; //~ OK
    Box::new(wide) //~ OK
}

#[derive(Debug)]
struct Typed {
    name: String,
    code: SecretString,
}

pub fn ok_typed(s: &SecretString) -> Box<dyn Debug> {
    Box::new(Typed { name: "ada".into(), code: SecretString::from(s.expose_secret().to_owned()) }) //~ OK
}

struct LastFour<'a>(&'a str);

impl Debug for LastFour<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.get(self.0.len() - 4..).unwrap_or_default()) //~ OK
    }
}

/// A view that is made for the moment keeps nothing.
pub fn ok_view(s: &SecretString) -> usize {
    let view = LastFour(s.expose_secret()); //~ OK
    view.0.len()
}
