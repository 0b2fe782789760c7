//! What the corpus calls in another crate.
#![allow(warnings, reason = "as in the corpus")]

use std::cell::RefCell;

use secrecy::{ExposeSecret, SecretString};

mod session {
    #[derive(secret_core::Redact)]
    pub struct Session {
        #[redact(safe)]
        pub user: String,
        #[redact]
        pub cookie: String,
    }
}

pub use session::Session;

pub fn note(text: &str) {
    log::info!("note: {text}"); // alt=far_note //~ ANY
}

pub fn upper(text: &str) -> String {
    text.to_uppercase()
}

pub fn open(s: &SecretString) -> String {
    s.expose_secret().to_owned()
}

pub fn length(s: &SecretString) -> usize {
    println!("length taken"); //~ OK
    s.expose_secret().len()
}

pub struct Keeper {
    pub user: String,
    code: String,
}

impl Keeper {
    pub fn new(user: &str, code: &str) -> Self {
        Self { user: user.into(), code: code.into() }
    }
    pub fn code(&self) -> &str {
        &self.code
    }
    pub fn length(&self) -> usize {
        self.code.len()
    }
}

pub trait Journal {
    fn write(&self, text: &str);
}

#[derive(Default)]
pub struct Notes(RefCell<Vec<String>>);

impl Journal for Notes {
    fn write(&self, text: &str) {
        self.0.borrow_mut().push(text.to_owned()); //~ OK
    }
}

pub fn run(journal: &dyn Journal, text: &str) {
    journal.write(text); // alt=far_console //~ ANY
}

#[macro_export]
macro_rules! shout {
    ($($text:tt)*) => {
        println!("!! {}", format_args!($($text)*)) // alt=shout //~ ANY
    };
}
