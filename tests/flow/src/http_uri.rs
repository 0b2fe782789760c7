//! http: Uri, its builder, PathAndQuery, a request's uri; headers are not URLs.

use http::uri::{PathAndQuery, Uri};
use http::{HeaderValue, Request};
use secrecy::{ExposeSecret, SecretString};

pub fn leak_parse(s: &SecretString) -> Uri {
    format!("https://h/?sig={}", s.expose_secret()).parse().unwrap() //~ LEAK secret_in_url
}

pub fn leak_try_from(s: &SecretString) -> Uri {
    let text = format!("/hooks/{}", s.expose_secret());
    Uri::try_from(text).unwrap() //~ LEAK secret_in_url
}

pub fn leak_builder(s: &SecretString) -> Uri {
    let path = format!("/?sig={}", s.expose_secret());
    Uri::builder().scheme("https").authority("h").path_and_query(path).build().unwrap() //~ LEAK secret_in_url
}

pub fn leak_path(s: &SecretString) -> Uri {
    let path: PathAndQuery = format!("/v1/{}", s.expose_secret()).parse().unwrap(); //~ LEAK secret_in_url
    path.into()
}

pub fn leak_request(s: &SecretString) -> http::Request<String> {
    Request::get(format!("https://h/?sig={}", s.expose_secret())).body(String::new()).unwrap() //~ LEAK secret_in_url
}

pub fn leak_request_uri(s: &SecretString) -> http::Request<String> {
    let uri = format!("https://ada:{}@h/", s.expose_secret());
    let builder = Request::builder().method("POST");
    builder.uri(uri).body("x".into()).unwrap() //~ LEAK secret_in_url
}

pub fn ok_header(s: &SecretString) -> http::Request<String> {
    let value = HeaderValue::from_str(s.expose_secret()).unwrap(); //~ OK
    Request::post("https://h/login").header("x-api-key", value).body(String::new()).unwrap() //~ OK
}

pub fn ok_body(s: &SecretString) -> http::Request<String> {
    let body = format!("code={}", s.expose_secret());
    Request::post("https://h/login").body(body).unwrap() //~ OK
}

pub fn ok_uri(s: &SecretString) -> Uri {
    let uri: Uri = format!("https://h/?length={}", s.expose_secret().len()).parse().unwrap(); //~ OK
    println!("{uri}"); //~ OK
    uri
}
