//! Iterators: map, filter, for_each, fold, collect, chars, split, zip, a type with its own next.

use secrecy::{ExposeSecret, SecretString};

pub fn leak_adaptors(s: &SecretString) {
    [s].iter().map(|one| one.expose_secret()).for_each(|text| println!("{text}")); //~ LEAK secret_in_log
    let upper: String = s.expose_secret().chars().map(|c| c.to_ascii_uppercase()).collect();
    println!("{upper}"); //~ LEAK secret_in_log
    let texts: Vec<&str> = [s].into_iter().map(|one| one.expose_secret()).collect();
    println!("{texts:?}"); //~ LEAK secret_in_log
    println!("{}", texts.len()); //~ OK
}

pub fn leak_fold(s: &SecretString) {
    let all = ["a", s.expose_secret()].iter().fold(String::new(), |sum, text| sum + text + ";");
    log::warn!("{all}"); //~ LEAK secret_in_log
    let longest = ["a", s.expose_secret()].into_iter().max_by_key(|text| text.len());
    log::warn!("{longest:?}"); //~ LEAK secret_in_log
}

pub fn leak_loops(s: &SecretString) {
    for part in s.expose_secret().split('-') {
        println!("{part}"); //~ LEAK secret_in_log
    }
    for (number, text) in [s.expose_secret()].iter().enumerate() {
        println!("{number}"); //~ OK
        println!("{text}"); //~ LEAK secret_in_log
    }
    let mut lines = s.expose_secret().lines();
    while let Some(line) = lines.next() {
        eprintln!("{line}"); //~ LEAK secret_in_log
    }
}

struct Attempts<'a> {
    left: u8,
    code: &'a str,
}

impl<'a> Iterator for Attempts<'a> {
    type Item = String;
    fn next(&mut self) -> Option<String> {
        self.left = self.left.checked_sub(1)?;
        Some(format!("{}:{}", self.left, self.code))
    }
}

pub fn leak_own_iterator(s: &SecretString) {
    for attempt in (Attempts { left: 1, code: s.expose_secret() }) {
        println!("{attempt}"); //~ LEAK secret_in_log
    }
    let all: Vec<String> = Attempts { left: 1, code: s.expose_secret() }.collect();
    println!("{all:?}"); //~ LEAK secret_in_log
}

pub fn ok_counts(s: &SecretString) {
    println!("{}", s.expose_secret().chars().count()); //~ OK
    println!("{}", s.expose_secret().chars().any(char::is_uppercase)); //~ OK
    println!("{:?}", s.expose_secret().find('-')); //~ OK
    let digits: u32 = s.expose_secret().chars().filter_map(|c| c.to_digit(10)).sum();
    println!("{digits}"); //~ OK
}

pub fn ok_other_items(s: &SecretString) -> usize {
    let pairs = [("ada", s.expose_secret()), ("bob", s.expose_secret())];
    let mut total = 0;
    for (user, code) in pairs {
        println!("{user}"); //~ OK
        total += code.len();
    }
    let users: Vec<&str> = pairs.iter().map(|pair| pair.0).collect();
    println!("{}", users.join(", ")); //~ OK
    println!("{}", Attempts { left: 3, code: s.expose_secret() }.count()); //~ OK
    total
}

pub fn ok_boxed_iterator(s: &SecretString) {
    println!("{}", Attempts { left: 2, code: s.expose_secret() }.count()); //~ OK
    for name in names() {
        println!("{name}"); //~ OK
    }
}

fn names() -> Box<dyn Iterator<Item = String>> {
    Box::new((0..2).map(|number| format!("key {number}")))
}
