//! Vec, arrays, maps, sets, queues, entries, slices: what is in them is printed, or only their shape.

// real: majiayu000/litellm-rs#677 (whole configurations are exported with their keys)
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use secrecy::{ExposeSecret, SecretString};

pub fn leak_vectors(s: &SecretString) {
    let list = vec!["a".to_owned(), s.expose_secret().to_owned()];
    println!("{list:?}"); //~ LEAK secret_in_log
    println!("{}", list[1]); //~ LEAK secret_in_log
    println!("{:?}", list.last()); //~ LEAK secret_in_log
    println!("{}", list.join("\n")); //~ LEAK secret_in_log
    println!("{}", list.len()); //~ OK
}

pub fn leak_maps(s: &SecretString) {
    let mut map = HashMap::new();
    map.insert("code", s.expose_secret().to_owned());
    println!("{map:?}"); //~ LEAK secret_in_log
    println!("{}", map["code"]); //~ LEAK secret_in_log
    for (name, value) in &map {
        println!("{name}"); //~ OK
        println!("{value}"); //~ LEAK secret_in_log
    }
    if let Some(value) = map.remove("code") {
        println!("{value}"); //~ LEAK secret_in_log
    }
}

pub fn leak_entries(s: &SecretString) {
    let mut map: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    map.entry(1).or_default().push(s.expose_secret().into());
    log::info!("{map:?}"); //~ LEAK secret_in_log
    log::info!("{:?}", map.values().flatten().collect::<Vec<_>>()); //~ LEAK secret_in_log
    log::info!("{:?}", map.keys().collect::<Vec<_>>()); //~ OK
}

pub fn leak_as_key(s: &SecretString) {
    let seen: HashMap<String, u32> = HashMap::from([(s.expose_secret().to_owned(), 1)]);
    log::info!("{:?}", seen.keys()); //~ LEAK secret_in_log
    log::info!("{:?}", seen.values()); //~ OK
    let set: BTreeSet<&str> = [s.expose_secret()].into();
    log::info!("{set:?}"); //~ LEAK secret_in_log
}

pub fn leak_queue(s: &SecretString) {
    let mut queue = VecDeque::from(["a".to_owned()]);
    queue.push_back(s.expose_secret().to_owned());
    while let Some(next) = queue.pop_front() {
        println!("{next}"); //~ LEAK secret_in_log
    }
}

pub fn ok_shape(s: &SecretString) {
    let map = HashMap::from([("code", s.expose_secret().to_owned())]);
    println!("{} {:?}", map.len(), map.keys()); //~ OK
    println!("{}", map.contains_key(s.expose_secret())); //~ OK
    let sizes: Vec<usize> = map.values().map(String::len).collect();
    println!("{sizes:?}"); //~ OK
    let users = HashMap::from([("ada", 7)]);
    println!("{:?}", users.get(s.expose_secret())); //~ OK
}

pub fn ok_typed(s: &SecretString) {
    let mut list = vec![s.clone()];
    list.push(s.clone());
    println!("{list:?}"); //~ OK
    let map = BTreeMap::from([("code", s.clone())]);
    println!("{map:?}"); //~ OK
}

pub fn ok_cleared(s: &SecretString) {
    let mut list = vec![s.expose_secret().to_owned()];
    list.clear();
    list.push("public".into());
    println!("{list:?}"); //~ OK
}

pub fn leak_by_key(s: &SecretString) {
    let mut map = HashMap::new();
    map.insert("user", "ada".to_owned());
    map.insert("code", s.expose_secret().to_owned());
    println!("{:?}", map.get("code")); //~ LEAK secret_in_log
    println!("{}", map["code"]); //~ LEAK secret_in_log
    println!("{map:?}"); //~ LEAK secret_in_log
    let wanted = if map.len() > 1 { "code" } else { "user" };
    println!("{}", map[wanted]); //~ LEAK secret_in_log
    if let Some(user) = map.get_mut(wanted) {
        user.push_str(s.expose_secret());
    }
    println!("{:?}", map.values().max()); //~ LEAK secret_in_log
}

pub fn ok_by_key(s: &SecretString) {
    let mut map = HashMap::new();
    map.insert("user".to_string(), "ada".to_owned());
    map.insert("code".to_string(), s.expose_secret().to_owned());
    println!("{:?} {}", map.get("user"), map["user"]); //~ OK
    map.insert("code".to_string(), "***".to_owned());
    println!("{map:?}"); //~ OK
    map.insert("code".to_string(), s.expose_secret().to_owned());
    map.remove("code");
    println!("{map:?}"); //~ OK
}
