//! Values stored in fields and read elsewhere; siblings, `&mut`, swap, replace, builders, nested structs.

use secrecy::{ExposeSecret, SecretString};

#[derive(Default)]
struct Session {
    user: String,
    code: String,
    tries: u32,
}

struct Client {
    session: Session,
    host: String,
}

impl Session {
    fn new(user: &str, code: &str) -> Self {
        Self { user: user.into(), code: code.into(), tries: 0 }
    }
    fn code(&self) -> &str {
        &self.code
    }
    fn user(&self) -> &str {
        &self.user
    }
    fn set_code(&mut self, code: &str) {
        self.code = code.to_owned();
    }
    fn with_code(mut self, code: &str) -> Self {
        self.code = code.into();
        self
    }
}

pub fn leak_field(s: &SecretString) {
    let session = Session::new("ada", s.expose_secret());
    println!("{}", session.code); //~ LEAK secret_in_log
    println!("{}", session.code()); //~ LEAK secret_in_log
    println!("{} {}", session.user(), session.user); //~ OK
    println!("{}", session.tries); //~ OK
}

pub fn leak_through_mut(s: &SecretString) {
    let mut session = Session::default();
    session.set_code(s.expose_secret());
    log::info!("{}", session.code); //~ LEAK secret_in_log
    log::info!("{}", session.user); //~ OK
}

pub fn leak_builder(s: &SecretString) {
    let session = Session::default().with_code(s.expose_secret());
    let client = Client { session, host: "localhost".into() };
    let Client { session: Session { code, user, .. }, host } = &client;
    log::info!("{code}"); //~ LEAK secret_in_log
    log::info!("{user}@{host}"); //~ OK
}

pub fn leak_moved_out(s: &SecretString) {
    let mut session = Session::new("ada", s.expose_secret());
    let old = std::mem::replace(&mut session.code, "new".into());
    println!("{}", session.code); //~ OK
    println!("{old}"); //~ LEAK secret_in_log
    session.set_code(&old);
    let Session { ref user, ref mut code, .. } = session;
    std::mem::swap(code, &mut String::from("spare"));
    println!("{user}"); //~ OK
}

fn fill(out: &mut String, s: &SecretString) {
    *out = s.expose_secret().to_uppercase();
}

pub fn leak_out_parameter(s: &SecretString) {
    let (mut one, two) = (String::new(), String::from("two"));
    fill(&mut one, s);
    println!("{one}"); //~ LEAK secret_in_log
    println!("{two}"); //~ OK
}

pub fn ok_overwritten(s: &SecretString) {
    let mut session = Session::new("ada", s.expose_secret());
    session.code = String::new();
    println!("{}", session.code); //~ OK
    let mut value = s.expose_secret();
    let length = value.len();
    value = "public";
    println!("{value} {length}"); //~ OK
    let value = length * 2; // the same name
    println!("{value}"); //~ OK
}

pub fn ok_before(s: &SecretString) -> String {
    let mut text = String::from("none yet");
    println!("{text}"); //~ OK
    text = s.expose_secret().to_owned();
    text
}
