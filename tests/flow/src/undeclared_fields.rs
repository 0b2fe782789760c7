//! Fields that are named like a secret, of a plain text type, behind a derive that prints.

// real: maulanasdqn/stynx-code#2 (credentials as plain text with derived Debug)
// real: dsx-ai-factory/nv-redfish#142 (generated structs with a password do so)
use std::fmt::{self, Debug};

use serde::Serialize;

#[derive(Debug)] // alt=login //~ ANY
struct Login { // alt=login //~ ANY
    user: String,     //~ OK
    password: String, // id=login //~ LEAK undeclared_secret
}

pub fn leak_password(given: String) -> Box<dyn Debug> {
    Box::new(Login { user: "ada".into(), password: given }) // alt=login //~ ANY
}

#[derive(Clone, Debug)] // alt=credential //~ ANY
enum Credential { // alt=credential //~ ANY
    ApiKey { // alt=credential //~ ANY
        api_key: String,  // id=credential //~ LEAK undeclared_secret
        base_url: String, //~ OK
    },
    OAuth { // alt=credential //~ ANY
        access_token: String, // id=credential //~ LEAK undeclared_secret
        expires_at: u64,      //~ OK
    },
}

pub fn leak_variants(given: String) -> Box<dyn Debug> {
    let key = Credential::ApiKey { api_key: given.clone(), base_url: "h".into() }; // alt=credential //~ ANY
    let oauth = Credential::OAuth { access_token: given, expires_at: 1 }; // alt=credential //~ ANY
    println!("{key:?}"); // alt=credential //~ ANY
    Box::new(oauth)
}

#[derive(Serialize)] // alt=settings //~ ANY
struct Settings { // alt=settings //~ ANY
    issuer: String,                //~ OK
    client_secret: Option<String>, // id=settings //~ LEAK undeclared_secret
}

pub fn leak_serialized(given: String) -> serde_json::Value {
    serde_json::to_value(Settings { issuer: "i".into(), client_secret: Some(given) }).unwrap() // alt=settings //~ ANY
}

#[derive(Debug)]
struct Limits {
    token_count: String,    //~ OK
    password_length: usize, //~ OK
    secret_name: String,    //~ OK
    api_key_path: String,   //~ OK
    has_token: bool,        //~ OK
    author: String,         //~ OK
    tokenizer: String,      //~ OK
}

#[derive(Debug)]
struct Typed {
    password: secrecy::SecretString,            //~ OK
    api_key: Option<secret_core::SecretString>, //~ OK
}

struct Silent {
    password: String, //~ OK
}

struct ByHand {
    password: String, //~ OK
}

impl Debug for ByHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByHand").field("password", &"[hidden]").finish() //~ OK
    }
}

#[derive(Serialize)]
struct Skipping {
    user: String, //~ OK
    #[serde(skip_serializing)]
    password: String, //~ OK
}

pub fn ok_kept(given: String) -> usize {
    println!("{:?}", ByHand { password: given.clone() }); //~ OK
    println!("{}", serde_json::to_string(&Skipping { user: "ada".into(), password: given.clone() }).unwrap()); //~ OK
    Silent { password: given }.password.len() //~ OK
}

pub fn ok_typed(given: String) -> Box<dyn Debug> {
    Box::new(Typed { password: given.into(), api_key: None }) //~ OK
}

struct Hinting {
    password: String, // alt=hinting //~ ANY
}

impl Debug for Hinting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hinting").field("password", &self.password).finish() // id=hinting //~ LEAK undeclared_secret
    }
}

struct TakenApart {
    api_key: String, // alt=taken_apart //~ ANY
}

impl Debug for TakenApart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { api_key } = self;
        f.debug_struct("TakenApart").field("api_key", api_key).finish() // id=taken_apart //~ LEAK undeclared_secret
    }
}

pub fn leak_taken_apart(given: String) -> Box<dyn Debug> {
    Box::new(TakenApart { api_key: given }) // alt=taken_apart //~ ANY
}

pub fn leak_by_hand(given: String) -> Box<dyn Debug> {
    Box::new(Hinting { password: given }) // alt=hinting //~ ANY
}

struct Masking {
    password: String, //~ OK
    token: Option<String>, //~ OK
}

impl Debug for Masking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let token = self.token.as_ref().map(|_| "set");
        f.debug_struct("Masking").field("password", &self.password.len()).field("token", &token).finish() //~ OK
    }
}

#[derive(Debug)]
struct Permissions {
    secrets: Option<String>, //~ OK
    secret_scanning: Option<String>, //~ OK
    next_page_token: Option<String>, //~ OK
    private_key: Vec<u8>, //~ OK
}

fn serialize_hidden<S: serde::Serializer>(_: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("hidden")
}

#[derive(Serialize)]
struct Hiding {
    #[serde(serialize_with = "serialize_hidden")]
    api_key: String, //~ OK
}

pub fn ok_masked(given: String) -> Box<dyn Debug> {
    println!("{:?}", Masking { password: given.clone(), token: Some(given.clone()) }); //~ OK
    println!("{}", serde_json::to_string(&Hiding { api_key: given }).unwrap()); //~ OK
    let permissions = Permissions { secrets: None, secret_scanning: None, next_page_token: None, private_key: Vec::new() };
    Box::new(permissions) //~ OK
}
