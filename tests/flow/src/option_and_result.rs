//! Combinators of Option and Result: map, and_then, unwrap_or, ok_or, filter, zip, transpose, inspect, `?`.

use secrecy::{ExposeSecret, SecretString};

pub fn leak_option(s: &SecretString) {
    let value = Some(s).map(|s| s.expose_secret());
    println!("{}", value.unwrap_or("none")); //~ LEAK secret_in_log
    println!("{value:?}"); //~ LEAK secret_in_log
    println!("{}", value.map_or_else(String::new, str::to_uppercase)); //~ LEAK secret_in_log
    println!("{:?}", value.and_then(|text| text.get(4..))); //~ LEAK secret_in_log
    println!("{:?}", value.zip(Some(1))); //~ LEAK secret_in_log
    println!("{:?}", value.map(str::len)); //~ OK
    println!("{}", value.is_some_and(|text| text.len() > 3)); //~ OK
}

pub fn leak_result(s: &SecretString) {
    let value: Result<&str, u8> = Ok(s.expose_secret());
    println!("{}", value.unwrap_or_default()); //~ LEAK secret_in_log
    println!("{:?}", value.ok()); //~ LEAK secret_in_log
    println!("{:?}", value.err()); //~ OK
    _ = value.inspect(|text| eprintln!("{text}")); //~ LEAK secret_in_log
    let failed: Result<u8, &str> = Err(s.expose_secret());
    println!("{}", failed.unwrap_or(0)); //~ OK
    if let Err(text) = failed {
        println!("{text}"); //~ LEAK secret_in_log
    }
}

fn open(s: Option<&SecretString>) -> Option<String> {
    let text = s?.expose_secret();
    let rest = text.strip_prefix("q")?;
    Some(rest.to_owned())
}

pub fn leak_question_mark(s: &SecretString) {
    if let Some(text) = open(Some(s)) {
        println!("{text}"); //~ LEAK secret_in_log
    }
    println!("{}", open(None).is_none()); //~ OK
}

pub fn leak_taken(s: &SecretString) {
    let mut slot = None;
    slot.get_or_insert_with(|| s.expose_secret().to_owned());
    let taken = slot.take();
    println!("{slot:?}"); //~ OK
    println!("{taken:?}"); //~ LEAK secret_in_log
}

pub fn ok_combined(s: &SecretString) -> Result<usize, &'static str> {
    let length = Some(s.expose_secret()).filter(|text| text.len() < 5).map(str::len);
    println!("{length:?}"); //~ OK
    let port: Result<u16, _> = s.expose_secret().parse::<u16>().or(Ok::<_, ()>(80));
    println!("{port:?}"); //~ OK
    s.expose_secret().split_once('@').map(|parts| parts.0.len()).ok_or("no user in it") //~ OK
}

pub fn ok_chosen(s: &SecretString) {
    let shown = Some(s.expose_secret()).map(|_| "set").unwrap_or("unset");
    println!("{shown}"); //~ OK
    let user = Some("ada").xor(None::<&str>);
    println!("{user:?}"); //~ OK
    println!("{:?}", Some(s).map(|s| s.expose_secret().is_empty())); //~ OK
}
