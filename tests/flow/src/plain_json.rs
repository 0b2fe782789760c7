//! serde_json: json!, to_string of what holds a secret, printed or only sent; serialize_with.

// real: kent8192/reinhardt-web#324 (a secret type that serialises its value)
use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

pub fn leak_json_printed(s: &SecretString) {
    let body = json!({ "user": "ada", "code": s.expose_secret() });
    println!("{body}"); //~ LEAK secret_in_log
    println!("{}", body["code"]); //~ LEAK secret_in_log
    log::debug!("{}", serde_json::to_string(&body).unwrap()); //~ LEAK secret_in_log
    log::debug!("{:?}", body.as_object().map(|map| map.len())); //~ OK
}

pub fn leak_map_printed(s: &SecretString) {
    let mut map = serde_json::Map::new();
    map.insert("code".into(), Value::String(s.expose_secret().into()));
    println!("{map:?}"); //~ LEAK secret_in_log
    println!("{}", serde_json::to_string_pretty(&map).unwrap().replace('\n', "")); //~ LEAK secret_in_log
}

struct Opened(SecretString);

impl Serialize for Opened {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose_secret()) // id=opened //~ LEAK secret_to_plain|secret_in_log
    }
}

pub fn leak_serialize(s: &SecretString) -> Value {
    serde_json::to_value(Opened(s.clone())).unwrap() // alt=opened //~ ANY
}

fn open<S: Serializer>(s: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(s.expose_secret()) // id=with //~ LEAK secret_to_plain|secret_in_log
}

#[derive(Serialize)] // alt=with //~ ANY
struct Export {
    name: String,
    #[serde(serialize_with = "open")] // alt=with //~ ANY
    key: SecretString, // alt=with //~ ANY
}

pub fn leak_serialize_with(s: &SecretString) -> Value {
    serde_json::to_value(Export { name: "ada".into(), key: s.clone() }).unwrap() // alt=with //~ ANY
}

struct Hidden(SecretString);

impl Serialize for Hidden {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = if self.0.expose_secret().is_empty() { "unset" } else { "set" };
        serializer.serialize_str(text) //~ OK
    }
}

pub fn ok_sent(s: &SecretString) -> String {
    let body = json!({ "user": "ada", "code": s.expose_secret() }); //~ OK
    serde_json::to_string(&body).unwrap() //~ OK
}

pub fn ok_hidden(s: &SecretString) -> Value {
    let value = serde_json::to_value(Hidden(s.clone())).unwrap(); //~ OK
    println!("{value}"); //~ OK
    value
}

pub fn ok_shape(s: &SecretString) -> Value {
    let value = json!({ "length": s.expose_secret().len(), "ascii": s.expose_secret().is_ascii() }); //~ OK
    log::info!("{value}"); //~ OK
    if let Err(error) = serde_json::from_str::<Value>(s.expose_secret()) {
        log::warn!("{error}"); //~ OK
    }
    value
}

pub fn leak_assigned(s: &SecretString) {
    let mut body = json!({ "user": "ada" });
    body["code"] = s.expose_secret().into();
    println!("{body}"); //~ LEAK secret_in_log
    println!("{:?}", body.pointer("/code")); //~ LEAK secret_in_log
    let mut list = json!(["ada", s.expose_secret()]);
    println!("{}", list[1].take()); //~ LEAK secret_in_log
}

pub fn ok_other_keys(s: &SecretString) {
    let mut body = json!({ "user": "ada", "auth": { "code": s.expose_secret(), "kind": "basic" } });
    println!("{} {}", body["user"], body["auth"]["kind"]); //~ OK
    println!("{:?}", body.get("user").and_then(Value::as_str)); //~ OK
    println!("{:?}", body.pointer("/auth/kind")); //~ OK
    println!("{:?}", body.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>())); //~ OK
    body["auth"]["code"] = json!("***");
    println!("{body}"); //~ OK
}

pub fn leak_echo(s: &SecretString) {
    let text = json!(s.expose_secret()).to_string();
    if let Err(error) = serde_json::from_str::<u32>(&text) {
        log::warn!("{error}"); //~ LEAK secret_in_log
    }
    if let Err(error) = serde_json::from_str::<String>(s.expose_secret()) {
        log::warn!("{error}"); //~ OK
    }
}

fn stars<S: Serializer>(_: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("***") //~ OK
}

#[derive(Serialize)]
struct Starred<'a> {
    user: &'a str,
    #[serde(serialize_with = "stars")]
    code: &'a str,
}

pub fn ok_serialize_with(s: &SecretString) {
    let starred = Starred { user: "ada", code: s.expose_secret() };
    println!("{}", serde_json::to_string(&starred).unwrap()); //~ OK
}
