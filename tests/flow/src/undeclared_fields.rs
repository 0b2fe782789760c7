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
