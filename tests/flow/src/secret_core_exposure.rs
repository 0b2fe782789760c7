//! `secret_core`: Exposed dereferences, map, try_map, ExposedMut, declassify; bytes; what its types keep to themselves.

use secret_core::{SecretBytes, SecretString};

pub fn leak_dereferenced(s: &SecretString) {
    let exposed = s.expose_secret();
    let text: &str = &exposed;
    println!("{text}"); //~ LEAK secret_in_log
    println!("{:?}", &exposed[..]); //~ LEAK secret_in_log
    println!("{}", &*s.expose_secret()); //~ LEAK secret_in_log
    println!("{}", text.len()); //~ OK
}

pub fn leak_copied_out(s: &SecretString) {
    let upper = s.expose_secret().to_uppercase();
    log::info!("{upper}"); //~ LEAK secret_in_log
    let header = "Bearer ".to_owned() + &s.expose_secret();
    log::info!("{header}"); //~ LEAK secret_in_log
    let mut text = String::new();
    text.push_str(&s.expose_secret());
    log::info!("{text}"); //~ LEAK secret_in_log
    log::info!("{}", s.expose_secret().trim()); //~ LEAK secret_in_log
}

fn show(text: impl AsRef<str>) {
    println!("{}", text.as_ref()); // id=show //~ LEAK secret_in_log
}

pub fn leak_as_ref(s: &SecretString) {
    show(s.expose_secret()); // alt=show //~ ANY
}

pub fn leak_mapped(s: SecretString) {
    let upper: SecretString = s.map(|text| text.to_uppercase()); //~ OK
    println!("{upper:?}"); //~ OK
    println!("{}", &upper.expose_secret()[..]); //~ LEAK secret_in_log
    let length = upper.map(|text| {
        println!("{}", text.trim()); //~ LEAK secret_in_log
        text.len().to_string()
    });
}

pub fn leak_bytes(s: SecretString) {
    let key = SecretBytes::from(s);
    let bytes: &[u8] = &key.expose_secret();
    println!("{}", String::from_utf8_lossy(bytes)); //~ LEAK secret_in_log
    println!("{bytes:?}"); //~ LEAK secret_in_log
    println!("{key:?}"); //~ OK
}

pub fn leak_by_trait(s: &SecretString) {
    println!("{}", secrecy::ExposeSecret::expose_secret(s)); //~ LEAK secret_in_log
}

pub fn ok_printed(s: &SecretString) {
    println!("{s} {s:?} {s:#?} {s:>30}"); //~ OK
    log::info!("{s}"); //~ OK
    tracing::info!(key = %s, other = ?s); //~ OK
    println!("{:?}", s.expose_secret().find('-')); //~ OK
    assert!(s == s, "{s} changed"); //~ OK
}

pub fn ok_mapped(s: SecretString) -> SecretString {
    let upper: SecretString = s.map(|text| text.to_uppercase()); //~ OK
    println!("{upper}"); //~ OK
    let text: Result<SecretString, _> = upper.clone().try_map(|text| text.parse::<u64>().map(|number| number.to_string()));
    println!("{}", text.is_ok()); //~ OK
    upper
}

pub fn ok_compared(s: &SecretString) -> bool {
    let same = *s == *"letmein";
    println!("{same}"); //~ OK
    same
}

fn publishable() -> SecretString {
    std::env::var("PUBLISHABLE_KEY").unwrap_or_default().into()
}

pub fn ok_declassified() {
    let secret = publishable();
    let text = secret.expose_secret().declassify("a publishable key is meant for browsers");
    println!("{text}"); //~ OK
    log::info!("{}", format!("key={text}")); //~ OK
}
