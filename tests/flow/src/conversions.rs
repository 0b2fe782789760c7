//! From, Into, TryFrom, FromStr, AsRef, Deref, Index, Add, ToString of types that hold an exposed secret.

use std::ops::{Add, Deref, Index};
use std::str::FromStr;

use secrecy::{ExposeSecret, SecretString};

struct Code(String);

impl From<&SecretString> for Code {
    fn from(s: &SecretString) -> Self {
        Self(s.expose_secret().to_owned())
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}

impl FromStr for Code {
    type Err = std::convert::Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.into()))
    }
}

impl Deref for Code {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<[u8]> for Code {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl Add<&str> for Code {
    type Output = Self;
    fn add(self, other: &str) -> Self {
        Self(self.0 + other)
    }
}

struct Table(Vec<String>, String);

impl Index<usize> for Table {
    type Output = String;
    fn index(&self, at: usize) -> &String {
        &self.0[at]
    }
}

pub fn leak_into(s: &SecretString) {
    let text: String = Code::from(s).into();
    println!("{text}"); //~ LEAK secret_in_log
    let code: Code = s.into();
    println!("{}", code.0); //~ LEAK secret_in_log
}

pub fn leak_parsed(s: &SecretString) {
    let code: Code = s.expose_secret().parse().unwrap();
    println!("{}", &*code); //~ LEAK secret_in_log
    println!("{}", code.to_uppercase()); //~ LEAK secret_in_log
    println!("{:?}", AsRef::<[u8]>::as_ref(&code)); //~ LEAK secret_in_log
    println!("{}", code.len()); //~ OK
}

pub fn leak_operators(s: &SecretString) {
    let code = Code::from(s) + "!";
    println!("{}", code.0); //~ LEAK secret_in_log
    let table = Table(vec![code.0], "name".into());
    println!("{}", table[0]); //~ LEAK secret_in_log
    println!("{}", table.1); //~ OK
}

struct Length(usize);

impl From<&Code> for Length {
    fn from(code: &Code) -> Self {
        Self(code.0.len())
    }
}

impl TryFrom<&SecretString> for Length {
    type Error = &'static str;
    fn try_from(s: &SecretString) -> Result<Self, Self::Error> {
        if s.expose_secret().is_empty() { Err("empty") } else { Ok(Self(s.expose_secret().len())) }
    }
}

pub fn ok_converted(s: &SecretString) -> bool {
    println!("{}", Length::from(&Code::from(s)).0); //~ OK
    match Length::try_from(s) {
        Ok(length) => println!("{}", length.0), //~ OK
        Err(reason) => println!("{reason}"),    //~ OK
    }
    Code::from(s).starts_with("x") //~ OK
}

pub fn ok_public(s: &SecretString) {
    let code: Code = "public".parse().unwrap();
    println!("{}", code.0); //~ OK
    println!("{}", (code + "!").0); //~ OK
    println!("{}", Table(vec!["a".into()], s.expose_secret().into())[0]); //~ OK
}
