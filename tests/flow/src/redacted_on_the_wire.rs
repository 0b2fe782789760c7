//! A Secret that goes as Display or Debug into what is sent: the peer would get the placeholder.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use reqwest::{Client, Request};
use secret_core::SecretString;

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
