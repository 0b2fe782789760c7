//! A Secret that goes as Display or Debug into what is sent: the peer would get the placeholder.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use reqwest::{Client, Request, Url};
use secret_core::{Redact, SecretString};

pub fn leak_bearer(s: &SecretString) -> Result<Request, reqwest::Error> {
    Client::new().get("https://h/").bearer_auth(s).build() //~ LEAK redacted_on_the_wire
}

pub fn leak_basic(s: &SecretString) -> Result<Request, reqwest::Error> {
    let request = Client::new().get("https://h/");
    let text = format!("ada:{s}");
    request.header(AUTHORIZATION, text).build() //~ LEAK redacted_on_the_wire
}

pub fn leak_header_value(s: &SecretString) -> HeaderValue {
    HeaderValue::from_str(&format!("Bearer {s}")).unwrap() //~ LEAK redacted_on_the_wire
}

pub fn leak_to_string(s: &SecretString) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("x-api-key", HeaderValue::try_from(s.to_string()).unwrap()); //~ LEAK redacted_on_the_wire
    headers
}

pub fn leak_body(s: &SecretString) -> Result<Request, reqwest::Error> {
    Client::new().post("https://h/").body(format!("code={s}")).build() //~ LEAK redacted_on_the_wire
}

pub fn leak_debug(s: &secrecy::SecretString) -> http::Request<String> {
    http::Request::get("https://h/").header("x-api-key", format!("{s:?}")).body(String::new()).unwrap() //~ LEAK redacted_on_the_wire
}

pub fn ok_bearer(s: &SecretString) -> Result<Request, reqwest::Error> {
    Client::new().get("https://h/").bearer_auth(&*s.expose_secret()).build() //~ OK
}

pub fn ok_header(s: &SecretString) -> HeaderValue {
    let text = ["Bearer ", &s.expose_secret()].concat();
    HeaderValue::from_str(&text).unwrap() //~ OK
}

pub fn ok_logged(s: &SecretString) -> Result<Request, reqwest::Error> {
    let shown = format!("using {s}"); //~ OK
    log::info!("{shown}"); //~ OK
    println!("{s:?}"); //~ OK
    Client::new().post("https://h/").body("ping").build() //~ OK
}

pub fn ok_error(s: &SecretString) -> Result<(), String> {
    Err(format!("{s} was refused")) //~ OK
}

#[derive(Redact)]
struct Login {
    #[redact(safe)]
    user: String,
    api_key: SecretString,
}

#[derive(Debug)]
struct Session {
    user: &'static str,
    token: Option<SecretString>,
}

#[derive(serde::Serialize)]
struct Body {
    #[serde(serialize_with = "secret_core::serde::redacted")]
    shown: SecretString,
}

#[derive(serde::Serialize)]
struct Real {
    #[serde(serialize_with = "secret_core::serde::exposed")]
    sent: SecretString,
}

pub fn leak_redact_derive(s: &SecretString) -> Result<Request, reqwest::Error> {
    let login = Login { user: "ada".into(), api_key: s.clone() };
    println!("{}", login.user); //~ OK
    Client::new().post("https://h/").body(format!("{login:?}")).build() //~ LEAK redacted_on_the_wire
}

pub fn leak_debug_derive(s: &SecretString) -> Result<Request, reqwest::Error> {
    let session = Session { user: "ada", token: Some(s.clone()) };
    println!("{session:?}"); //~ OK
    let text = format!("{session:?}");
    println!("{}", session.user); //~ OK
    Client::new().put("https://h/").body(text).build() //~ LEAK redacted_on_the_wire
}

pub fn leak_serialised(s: &SecretString) -> Result<Request, reqwest::Error> {
    let text = serde_json::to_string(&Body { shown: s.clone() }).unwrap();
    Client::new().post("https://h/").body(text).build() //~ LEAK redacted_on_the_wire
}

pub fn leak_query(s: &SecretString) -> Result<Request, reqwest::Error> {
    Client::new().get("https://h/").query(&[("key", s.to_string())]).build() //~ LEAK redacted_on_the_wire
}

pub fn leak_url(s: &SecretString) -> Url {
    Url::parse(&format!("https://h/?key={s}")).unwrap() //~ LEAK redacted_on_the_wire
}

pub fn leak_some(s: &SecretString) -> HeaderValue {
    let given = Some(s);
    HeaderValue::from_str(&format!("{given:?}")).unwrap() //~ LEAK redacted_on_the_wire
}

fn authorization(s: &SecretString) -> String {
    format!("Bearer {s}")
}

pub fn leak_helper(s: &SecretString) -> Result<Request, reqwest::Error> {
    Client::new().get("https://h/").header("authorization", authorization(s)).build() //~ LEAK redacted_on_the_wire
}

fn key_header(text: impl std::fmt::Display) -> HeaderValue {
    text.to_string().parse().unwrap() // id=key_header //~ LEAK redacted_on_the_wire
}

pub fn leak_generic(s: &SecretString) -> HeaderValue {
    key_header(s) // alt=key_header //~ ANY
}

pub fn ok_generic(s: &SecretString) -> HeaderValue {
    HeaderValue::from_str(&s.expose_secret()).unwrap() //~ OK
}

pub fn ok_basic(s: &SecretString) -> Result<Request, reqwest::Error> {
    let user = "ada"; //~ OK
    Client::new().get("https://h/").basic_auth(user, Some(&*s.expose_secret())).build() //~ OK
}

pub fn ok_serialised(s: &SecretString) -> Result<Request, reqwest::Error> {
    println!("{}", serde_json::to_string(&Body { shown: s.clone() }).unwrap()); //~ OK
    let text = serde_json::to_string(&Real { sent: s.clone() }).unwrap(); //~ OK
    Client::new().post("https://h/").body(text).build() //~ OK
}

pub fn ok_length(s: &SecretString) -> HeaderValue {
    HeaderValue::from_str(&s.to_string().len().to_string()).unwrap() //~ OK
}

pub fn ok_overwritten(s: &SecretString) -> HeaderValue {
    let mut text = format!("{s}");
    println!("{text}"); //~ OK
    text = "none".to_owned();
    HeaderValue::from_str(&text).unwrap() //~ OK
}
