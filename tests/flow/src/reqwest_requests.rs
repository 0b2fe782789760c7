//! reqwest: URLs and queries that carry a secret; headers, bodies and bearer_auth that do, as they should.

use reqwest::{Client, Method, Request};
use secrecy::{ExposeSecret, SecretString};

pub fn leak_get(s: &SecretString) -> Result<Request, reqwest::Error> {
    Client::new().get(format!("https://h/?sig={}", s.expose_secret())).build() //~ LEAK secret_in_url
}

pub fn leak_query(s: &SecretString) -> Result<Request, reqwest::Error> {
    Client::new().get("https://h/").query(&[("sig", s.expose_secret())]).build() //~ LEAK secret_in_url
}

pub fn leak_request(s: &SecretString) -> Result<Request, reqwest::Error> {
    let url = String::from("https://h/hooks/") + s.expose_secret();
    Client::new().request(Method::POST, url).build() //~ LEAK secret_in_url
}

struct Api {
    client: Client,
    base: String,
    code: SecretString,
}

impl Api {
    fn url(&self, path: &str) -> String {
        format!("{}/{path}?code={}", self.base, self.code.expose_secret())
    }
    fn safe_url(&self, path: &str) -> String {
        format!("{}/{path}", self.base)
    }
}

pub fn leak_method(s: &SecretString) -> Result<Request, reqwest::Error> {
    let api = Api { client: Client::new(), base: "https://h".into(), code: s.clone() };
    let url = api.url("users");
    api.client.delete(&url).build() //~ LEAK secret_in_url
}

pub fn ok_bearer(s: &SecretString) -> Result<Request, reqwest::Error> {
    Client::new().get("https://h/").bearer_auth(s.expose_secret()).build() //~ OK
}

pub fn ok_basic(s: &SecretString) -> Result<Request, reqwest::Error> {
    Client::new().get("https://h/").basic_auth("ada", Some(s.expose_secret())).build() //~ OK
}

pub fn ok_header(s: &SecretString) -> Result<Request, reqwest::Error> {
    Client::new().get("https://h/").header("x-api-key", s.expose_secret()).build() //~ OK
}

pub fn ok_body(s: &SecretString) -> Result<Request, reqwest::Error> {
    let form = format!("client=ada&code={}", s.expose_secret());
    Client::new().post("https://h/oauth").body(form).build() //~ OK
}

pub fn ok_method(s: &SecretString) -> Result<Request, reqwest::Error> {
    let api = Api { client: Client::new(), base: "https://h".into(), code: s.clone() };
    let url = api.safe_url("users"); //~ OK
    log::info!("GET {url}"); //~ OK
    api.client.get(&url).bearer_auth(api.code.expose_secret()).build() //~ OK
}
