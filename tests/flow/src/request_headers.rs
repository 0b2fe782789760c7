//! Authorization and cookie headers that were read from a request, and headers that carry a secret.

// real: vectordotdev/vector#6685 (request headers are logged)
// real: actix/actix-web#2953 (a request's Debug shows Authorization)
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST};
use http::{HeaderMap, HeaderValue, Request};
use secrecy::{ExposeSecret, SecretString};

fn incoming(s: &SecretString) -> Request<()> {
    let header = format!("Bearer {}", s.expose_secret());
    Request::builder().uri("/login").header(HOST, "h").header(AUTHORIZATION, header).body(()).unwrap()
}

pub fn leak_header_read(s: &SecretString) {
    let request = incoming(s);
    if let Some(value) = request.headers().get(AUTHORIZATION) {
        println!("{value:?}"); //~ LEAK secret_in_log
        log::info!("{}", value.to_str().unwrap()); //~ LEAK secret_in_log
    }
    println!("{:?}", request.headers().get(HOST)); //~ OK
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get("authorization")?.to_str().ok()?.strip_prefix("Bearer ")
}

pub fn leak_parsed(s: &SecretString) {
    let request = incoming(s);
    let presented = bearer(request.headers()).unwrap_or("none");
    tracing::warn!(presented, "refused"); //~ LEAK secret_in_log
}

pub fn leak_all_headers(s: &SecretString) {
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, HeaderValue::from_str(s.expose_secret()).unwrap());
    println!("{headers:?}"); //~ LEAK secret_in_log
    for (name, value) in &headers {
        println!("{value:?}"); //~ LEAK secret_in_log
        println!("{name}"); //~ OK
    }
}

pub fn leak_request_debug(s: &SecretString) {
    println!("{:?}", incoming(s)); //~ LEAK secret_in_log
}

fn received(s: &secret_core::SecretString) -> Request<()> {
    let text = s.expose_secret().declassify("so that only the name of the header says what it is").to_owned();
    let request = Request::builder().header(HOST, "h").header(AUTHORIZATION, text.as_str());
    request.header("x-api-key", text.as_str()).header(COOKIE, text).body(()).unwrap()
}

pub fn leak_received(s: &secret_core::SecretString) {
    let request = received(s);
    let headers = request.headers();
    if let Some(value) = headers.get(AUTHORIZATION) {
        log::info!("{}", value.to_str().unwrap_or("?")); //~ LEAK secret_in_log
    }
    println!("{:?}", headers["x-api-key"]); //~ LEAK secret_in_log
    for value in headers.get_all(COOKIE) {
        println!("{value:?}"); //~ LEAK secret_in_log
    }
    println!("{:?}", headers.get(HOST)); //~ OK
    println!("{:?}", headers.get("x-request-id")); //~ OK
    println!("{:?}", bearer(headers).map(str::len)); //~ OK
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, String> {
    let value = headers.get(name).ok_or_else(|| format!("{name} is missing"))?;
    value.to_str().map_err(|_| format!("{name} is no text"))
}

pub fn leak_received_by_a_helper(s: &secret_core::SecretString) {
    let request = received(s);
    match header(request.headers(), "x-api-key") {
        Ok(text) => eprintln!("{text}"), //~ LEAK secret_in_log
        Err(error) => eprintln!("{error}"), //~ OK
    }
    println!("{}", header(request.headers(), "host").unwrap_or_default()); //~ OK
}

pub fn ok_received(s: &secret_core::SecretString) -> bool {
    let request = received(s);
    println!("{}", request.headers().contains_key(COOKIE)); //~ OK
    println!("{:?}", request.headers().get(AUTHORIZATION).is_some()); //~ OK
    println!("{:?}", request.headers().get(AUTHORIZATION).map(|value| value.len())); //~ OK
    println!("{:?}", request.headers().get("access-control-allow-credentials")); //~ OK
    let right = header(request.headers(), "x-api-key") == Ok("expected");
    println!("{right}"); //~ OK
    right
}

pub fn ok_sent(s: &SecretString) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut value = HeaderValue::from_str(&format!("Bearer {}", s.expose_secret())).unwrap(); //~ OK
    value.set_sensitive(true);
    println!("{value:?}"); //~ OK
    headers.insert(AUTHORIZATION, value); //~ OK
    println!("{}", headers.len()); //~ OK
    headers
}

pub fn ok_other_headers() {
    let request = Request::builder().header(CONTENT_TYPE, "text/plain").uri("/x").body(()).unwrap();
    println!("{:?}", request.headers().get(CONTENT_TYPE)); //~ OK
    println!("{} {}", request.method(), request.uri()); //~ OK
}

pub fn ok_checked(s: &SecretString) -> bool {
    let request = incoming(s);
    println!("{}", request.headers().contains_key(AUTHORIZATION)); //~ OK
    println!("{}", request.uri()); //~ OK
    let right = bearer(request.headers()) == Some(s.expose_secret());
    log::info!("accepted: {right}"); //~ OK
    right
}

pub fn leak_sensitive_read(s: &SecretString) {
    let mut value = HeaderValue::from_str(s.expose_secret()).unwrap();
    value.set_sensitive(true);
    println!("{}", value.to_str().unwrap()); //~ LEAK secret_in_log
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, value);
    println!("{:?}", headers[AUTHORIZATION].as_bytes()); //~ LEAK secret_in_log
}

pub fn leak_body(s: &SecretString) {
    let request = Request::builder().body(s.expose_secret().to_owned()).unwrap();
    println!("{request:?}"); //~ LEAK secret_in_log
    println!("{:?}", request.headers()); //~ OK
}

pub fn ok_sensitive(s: &SecretString) {
    let mut value = HeaderValue::from_str(s.expose_secret()).unwrap();
    value.set_sensitive(true);
    let request = Request::builder().header(AUTHORIZATION, value).header(HOST, "h").body(()).unwrap();
    println!("{request:?}"); //~ OK
    println!("{:?}", request.headers()); //~ OK
}

pub fn ok_parts(s: &SecretString) {
    let mut request = incoming(s);
    println!("{:?}", request.headers().keys().collect::<Vec<_>>()); //~ OK
    println!("{:?} {}", request.headers().get(HOST), request.uri()); //~ OK
    request.headers_mut().remove(AUTHORIZATION);
    println!("{:?}", request.headers()); //~ OK
}
