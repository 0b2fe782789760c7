//! Literals in Authorization headers and password parameters.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use reqwest::{Client, Request};

pub fn leak_header() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, HeaderValue::from_static("Bearer Vt5nXq8ZkL2rWm7C")); //~ LEAK hardcoded_secret
    headers
}

pub fn leak_request() -> http::Request<String> {
    http::Request::get("https://h/").header("Authorization", "Basic YWRhOktxMlpyUDdtVng=").body(String::new()).unwrap() //~ LEAK hardcoded_secret
}

pub fn leak_bearer() -> Result<Request, reqwest::Error> {
    Client::new().get("https://h/").bearer_auth("Jw3ZsB6xTq9PcLm4").build() //~ LEAK hardcoded_secret
}

fn header_of(request: &Request) -> Option<HeaderValue> {
    request.headers().get(AUTHORIZATION).cloned()
}

pub fn ok_header(s: &secrecy::SecretString) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let text = format!("Bearer {}", secrecy::ExposeSecret::expose_secret(s)); //~ OK
    headers.insert(AUTHORIZATION, text.parse().unwrap()); //~ OK
    headers
}

pub fn ok_other_header() -> usize {
    let mut headers = HeaderMap::new();
    headers.insert("accept", HeaderValue::from_static("application/vnd.api+json")); //~ OK
    headers.insert("x-request-source", HeaderValue::from_static("Vt5nXq8ZkL2r")); //~ OK
    headers.len()
}

pub fn ok_bearer(s: &secrecy::SecretString) -> Result<Request, reqwest::Error> {
    let request = Client::new().get("https://h/").bearer_auth(secrecy::ExposeSecret::expose_secret(s)).build()?; //~ OK
    println!("{}", header_of(&request).is_some()); //~ OK
    Ok(request)
}

pub fn ok_compared(s: &secrecy::SecretString) -> bool {
    secrecy::ExposeSecret::expose_secret(s).starts_with("Bearer ") //~ OK
}

pub fn leak_lower_case() -> Result<Request, reqwest::Error> {
    let value = format!("Bearer {}", token()); //~ OK
    Client::new().get("https://h/").header("authorization", value).build() //~ LEAK hardcoded_secret
}

fn token() -> &'static str {
    "Zr6tKw9XnV3mQb7L"
}

pub fn leak_api_key() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("x-api-key", "Pn5vLz8cTk2WxR4q".parse().unwrap()); //~ LEAK hardcoded_secret
    headers
}

pub fn leak_url_password(mut url: reqwest::Url) -> reqwest::Url {
    url.set_password(Some("Fx9cV3mRq7LzT2bK")).unwrap(); //~ LEAK hardcoded_secret
    url
}

pub fn ok_api_key(s: &secrecy::SecretString) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let value = secrecy::ExposeSecret::expose_secret(s).parse().unwrap(); //~ OK
    headers.insert("x-api-key", value); //~ OK
    headers.insert("x-request-id", HeaderValue::from_static("Jw3ZsB6xTq9PcLm5")); //~ OK
    headers
}

pub fn ok_bearer_placeholder() -> bool {
    let request = Client::new().get("https://h/").bearer_auth("your-token-here").build(); //~ OK
    request.is_ok()
}
