//! `#[derive(Redact)]`: a field that is marked is a source wherever it is read.

// real: nats-io/nats.rs#1616 (a password and tokens in the trace log on every connect)
use secret_core::{Redact, SecretString};

#[derive(Redact)]
struct Login {
    #[redact(safe)]
    user: String,
    #[redact]
    cookie: String,
    #[redact(last = 4)]
    card: String,
    api_key: SecretString,
    tries: u32,
}

fn login(s: &SecretString) -> Login {
    let text = s.expose_secret().declassify("so that only the mark on the field says that it is one").to_owned();
    Login { user: "ada".into(), cookie: text.clone(), card: text, api_key: s.clone(), tries: 3 }
}

pub fn leak_field(s: &SecretString) {
    let login = login(s);
    println!("{}", login.cookie); //~ LEAK secret_in_log
    println!("{}", login.card); //~ LEAK secret_in_log
    println!("{}", login.user); //~ OK
    println!("{login:?} {}", login.tries); //~ OK
}

pub fn leak_destructured(s: &SecretString) {
    let Login { cookie, user, .. } = login(s);
    log::info!("{user}"); //~ OK
    log::info!("{cookie}"); //~ LEAK secret_in_log
}

fn header(login: &Login) -> String {
    format!("session={}", login.cookie)
}

pub fn leak_through_a_function(s: &SecretString) {
    tracing::info!("{}", header(&login(s))); //~ LEAK secret_in_log
    tracing::info!("{}", header(&login(s)).len()); //~ OK
}

#[derive(Redact)]
enum Method {
    Anonymous,
    Shared(#[redact] String),
}

pub fn leak_variant(s: &SecretString) {
    if let Method::Shared(text) = Method::Shared(login(s).user) {
        println!("shared"); //~ OK
    }
    if let Method::Shared(text) = Method::Shared(s.expose_secret().declassify("as above").to_owned()) {
        println!("{text}"); //~ LEAK secret_in_log
    }
}

impl Login {
    fn cookie(&self) -> &str {
        &self.cookie
    }

    fn into_header(mut self) -> String {
        let mut text = std::mem::take(&mut self.cookie);
        text.insert_str(0, "session=");
        text
    }
}

pub fn leak_by_a_method(s: &SecretString) {
    let login = login(s);
    eprintln!("{}", login.cookie()); //~ LEAK secret_in_log
    let shown = || println!("{}", login.card.to_uppercase()); //~ LEAK secret_in_log
    shown();
    eprintln!("{}", login.user); //~ OK
    println!("{}", login.into_header()); //~ LEAK secret_in_log
}

#[derive(Redact, Clone, PartialEq)]
struct Account<'a, T> {
    #[redact(safe)]
    name: &'a str,
    #[redact]
    tokens: Vec<String>,
    #[redact(fixed = 3)]
    code: Option<String>,
    #[redact(url)]
    database: String,
    #[redact]
    extra: T,
}

fn account(s: &SecretString) -> Account<'static, (u32, String)> {
    let text = s.expose_secret().declassify("the marks on the fields say it").to_owned();
    let database = format!("https://app:{text}@h/");
    Account { name: "ada", tokens: vec![text.clone()], code: Some(text.clone()), database, extra: (7, text) }
}

pub fn leak_parts(s: &SecretString) {
    let account = account(s);
    for token in &account.tokens {
        println!("{token}"); //~ LEAK secret_in_log
    }
    if let Some(code) = &account.code {
        println!("{code}"); //~ LEAK secret_in_log
    }
    match &account {
        Account { extra: (number, text), .. } => {
            println!("{number}"); //~ OK
            println!("{text}"); //~ LEAK secret_in_log
        }
    }
    println!("{}", account.database); //~ LEAK secret_in_log
    println!("{} {}", account.name, account.extra.0); //~ OK
}

pub fn ok_parts(s: &SecretString) -> bool {
    let one = account(s);
    let other = one.clone();
    println!("{}", one == other); //~ OK
    println!("{} {:?}", one.tokens.len(), one.code.as_ref().map(String::len)); //~ OK
    println!("{one:?}"); //~ OK
    println!("{}", one.code.is_some()); //~ OK
    let url = url::Url::parse(&one.database); //~ OK
    url.is_ok()
}

pub fn ok_moved_whole(s: &SecretString) -> usize {
    let mut all = vec![account(s)];
    all.push(Account { name: "eve", ..account(s) });
    let boxed = Box::new(all.pop().unwrap());
    println!("{} {boxed:?}", boxed.name); //~ OK
    println!("{all:?}"); //~ OK
    all.len()
}

fn exposed(s: &SecretString) -> Login {
    let text = (&*s.expose_secret() as &str).to_owned();
    Login { user: "ada".into(), cookie: text.clone(), card: text, api_key: s.clone(), tries: 0 }
}

pub fn ok_filled_with_the_exposed(s: &SecretString) {
    println!("{:?}", exposed(s)); //~ OK
    println!("{}", exposed(s).user); //~ OK
    println!("{:?}", Method::Shared(exposed(s).cookie)); //~ OK
}

pub fn ok_printed(s: &SecretString) {
    let login = login(s);
    println!("{login:?}"); //~ OK
    log::info!("{login:#?}"); //~ OK
    tracing::info!(?login, tries = login.tries); //~ OK
    println!("{} {:?}", login.api_key, Method::Anonymous); //~ OK
}

pub fn ok_compared(s: &SecretString) -> usize {
    let login = login(s);
    println!("{}", login.cookie.len()); //~ OK
    println!("{}", login.cookie.is_empty()); //~ OK
    println!("{}", login.user.to_uppercase()); //~ OK
    header(&login).len()
}
