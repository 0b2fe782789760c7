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

struct User {
    name: String,
    code: String,
}

fn users(s: &SecretString) -> Vec<User> {
    ["ada", "bob"].iter().map(|name| User { name: name.to_string(), code: s.expose_secret().into() }).collect()
}

pub fn leak_collected(s: &SecretString) {
    let users = users(s);
    println!("{}", users[0].code); //~ LEAK secret_in_log
    let codes: HashMap<&str, &str> = users.iter().map(|user| (user.name.as_str(), user.code.as_str())).collect();
    println!("{:?}", codes.values()); //~ LEAK secret_in_log
    let all: Result<Vec<String>, String> = users.iter().map(|user| Ok(user.code.clone())).collect();
    println!("{all:?}"); //~ LEAK secret_in_log
}

pub fn leak_changed_in_place(s: &SecretString) {
    let mut list = vec![String::new(), String::new()];
    list[1] = s.expose_secret().to_owned();
    println!("{list:?}"); //~ LEAK secret_in_log
    let mut other = vec![String::new()];
    for text in &mut other {
        text.push_str(s.expose_secret());
    }
    println!("{other:?}"); //~ LEAK secret_in_log
    let mut map: HashMap<u8, String> = HashMap::new();
    if let std::collections::hash_map::Entry::Vacant(entry) = map.entry(1) {
        entry.insert(s.expose_secret().to_owned());
    }
    println!("{map:?}"); //~ LEAK secret_in_log
}

pub fn ok_collected(s: &SecretString) {
    let users = users(s);
    println!("{}", users[0].name); //~ OK
    let codes: HashMap<&str, &str> = users.iter().map(|user| (user.name.as_str(), user.code.as_str())).collect();
    println!("{:?}", codes.keys().collect::<Vec<_>>()); //~ OK
    let (short, long): (Vec<User>, Vec<User>) = users.into_iter().partition(|user| user.code.len() < 9);
    println!("{:?}", short.iter().chain(&long).map(|user| &user.name).collect::<BTreeSet<_>>()); //~ OK
}

pub fn ok_emptied(s: &SecretString) {
    let mut list = vec![s.expose_secret().to_owned()];
    list.truncate(0);
    println!("{list:?}"); //~ OK
    let mut text = s.expose_secret().to_owned();
    let taken: String = text.drain(..).collect();
    println!("{text} {}", taken.len()); //~ OK
}

pub fn leak_by_number(s: &SecretString) {
    let mut list = ["a", s.expose_secret(), "c"];
    println!("{}", list[0]); //~ OK
    println!("{}", list[1]); //~ LEAK secret_in_log
    list.swap(0, 1);
    println!("{}", list[0]); //~ LEAK secret_in_log
    let [first, second] = ["user", s.expose_secret()];
    println!("{first}"); //~ OK
    println!("{second}"); //~ LEAK secret_in_log
    let mut texts = vec!["a", s.expose_secret()];
    texts.push("c");
    println!("{}", texts[0]); //~ OK
    texts.remove(0);
    println!("{}", texts[0]); //~ LEAK secret_in_log
    let rest = &texts[1..];
    println!("{}", rest.len()); //~ OK
}

pub fn leak_of_a_rest(s: &SecretString) {
    let users = users(s);
    if let [first, rest @ ..] = users.as_slice() {
        println!("{}", first.name); //~ OK
        for user in rest {
            println!("{}", user.name); //~ OK
            println!("{}", user.code); //~ LEAK secret_in_log
        }
    }
}

pub fn ok_by_number(s: &SecretString) {
    let mut list = ["a", s.expose_secret()];
    list[1] = "gone";
    println!("{list:?}"); //~ OK
    let pairs = [("user", "ada"), ("code", s.expose_secret())];
    println!("{}", pairs[0].1); //~ OK
}
