//! What is computed from a secret and tells nothing of its text: lengths, comparisons, hashes, positions, numbers, kinds.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use secrecy::{ExposeSecret, SecretString};

pub fn ok_numbers(s: &SecretString) {
    let text = s.expose_secret();
    println!("{}", text.len()); //~ OK
    println!("{:?}", text.char_indices().map(|at| at.0).max()); //~ OK
    println!("{}", text.bytes().map(u64::from).sum::<u64>()); //~ OK
    println!("{:?}", text.find("-")); //~ OK
    println!("{:?}", text.parse::<u32>().ok()); //~ OK
}

pub fn ok_booleans(s: &SecretString) {
    let text = s.expose_secret();
    println!("{}", text.is_empty()); //~ OK
    println!("{}", text == "letmein"); //~ OK
    println!("{:?}", text.cmp("m")); //~ OK
    println!("{}", text.eq_ignore_ascii_case("LETMEIN")); //~ OK
    println!("{}", ["a", "b"].contains(&text)); //~ OK
}

pub fn ok_hashed(s: &SecretString) {
    let mut hasher = DefaultHasher::new();
    s.expose_secret().hash(&mut hasher);
    println!("{:x}", hasher.finish()); //~ OK
}

pub fn ok_chosen(s: &SecretString) {
    let strength = if s.expose_secret().len() > 16 { "strong" } else { "weak" };
    println!("{strength}"); //~ OK
    let words = ["low", "high"];
    println!("{}", words[s.expose_secret().len() % 2]); //~ OK
    let stars: String = s.expose_secret().chars().map(|_| '*').collect();
    println!("{stars}"); //~ OK
}

pub fn ok_error_of_parsing(s: &SecretString) {
    if let Err(error) = s.expose_secret().parse::<u32>() {
        println!("{error}"); //~ OK
        log::warn!("{error:?}"); //~ OK
    }
    if let Err(error) = std::str::from_utf8(s.expose_secret().as_bytes()) {
        println!("{error}"); //~ OK
    }
}

enum Kind {
    Live,
    Test,
}

pub fn ok_classified(s: &SecretString) {
    let kind = if s.expose_secret().starts_with("sk_live") { Kind::Live } else { Kind::Test };
    match kind {
        Kind::Live => println!("live"), //~ OK
        Kind::Test => println!("test"), //~ OK
    }
}

pub fn leak_parts(s: &SecretString) {
    let text = s.expose_secret();
    println!("{}", text.trim_start_matches("sk-")); //~ LEAK secret_in_log
    println!("{:?}", text.split_once('9')); //~ LEAK secret_in_log
    println!("{:?}", text.get(..10)); //~ LEAK secret_in_log
    println!("{}", text.len()); //~ OK
}
