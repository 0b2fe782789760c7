//! println!, eprintln!, print!, dbg!, write! to the standard streams; positions, widths, inline names.

use std::io::Write;

use secrecy::{ExposeSecret, SecretString};

pub fn leak_directly(s: &SecretString) {
    println!("{}", s.expose_secret()); //~ LEAK secret_in_log
    eprintln!("value: {:?}", s.expose_secret()); //~ LEAK secret_in_log
    print!("[{:>30}]\n", s.expose_secret()); //~ LEAK secret_in_log
    eprint!("{0}/{0}\n", s.expose_secret()); //~ LEAK secret_in_log
}

pub fn leak_by_name(s: &SecretString) {
    let value = s.expose_secret();
    let width = 4;
    println!("{value}"); //~ LEAK secret_in_log
    println!("{value:width$}"); //~ LEAK secret_in_log
    println!("{v:#?}", v = value); //~ LEAK secret_in_log
    println!("{width}"); //~ OK
}

pub fn leak_dbg(s: &SecretString) -> usize {
    dbg!(s.expose_secret()).len() //~ LEAK secret_in_log
}

pub fn leak_streams(s: &SecretString) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", s.expose_secret())?; //~ LEAK secret_in_log
    let text = s.expose_secret().to_owned() + "\n";
    out.write_all(text.as_bytes())?; //~ LEAK secret_in_log
    std::io::stderr().write_all(text.as_bytes()) //~ LEAK secret_in_log
}

pub fn ok_placeholder(s: &SecretString) {
    println!("{s:?}"); //~ OK
    dbg!(s); //~ OK
    eprintln!("{:?} is {} long", s, s.expose_secret().len()); //~ OK
}

pub fn ok_only_nearby(s: &SecretString) {
    let value = s.expose_secret();
    let user = "ada";
    if value.is_empty() {
        eprintln!("{user} has none"); //~ OK
    } else {
        println!("{user} has one"); //~ OK
    }
    println!("value"); //~ OK
    println!("{{value}} {}", stringify!(value)); //~ OK
}

pub fn ok_elsewhere(s: &SecretString) -> std::io::Result<()> {
    let mut sink = std::io::sink();
    writeln!(sink, "{}", s.expose_secret())?; //~ OK
    std::io::sink().write_all(s.expose_secret().as_bytes())?; //~ OK
    std::io::stdout().write_all(b"written\n") //~ OK
}
