//! `std::env::var` and friends, called with a name that says secret.

// real: makarski/gauth-rs#30 (a token is logged as it is loaded)
use std::env;

pub fn leak_variable() {
    let text = env::var("API_KEY").unwrap_or_default();
    println!("{text}"); //~ LEAK secret_in_log|undeclared_secret
    log::info!("{}", env::var("GITHUB_TOKEN").unwrap()); //~ LEAK secret_in_log|undeclared_secret
}

pub fn leak_os_variable() {
    if let Some(value) = env::var_os("DATABASE_PASSWORD") {
        eprintln!("{}", value.to_string_lossy()); //~ LEAK secret_in_log|undeclared_secret
    }
}

fn setting(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

struct Settings {
    host: String,
    client: String,
}

impl Settings {
    fn load() -> Result<Self, env::VarError> {
        Ok(Self { host: env::var("HOSTNAME").unwrap_or_default(), client: env::var("CLIENT_SECRET")? })
    }
}

pub fn leak_stored() -> Result<(), env::VarError> {
    let settings = Settings::load()?;
    println!("{}", settings.client); //~ LEAK secret_in_log|undeclared_secret
    println!("{}", settings.host); //~ OK
    Ok(())
}

pub fn leak_matched() {
    match env::var("API_KEY") {
        Ok(value) => tracing::debug!(%value, "loaded"), //~ LEAK secret_in_log|undeclared_secret
        Err(error) => tracing::error!(%error, "API_KEY is missing"), //~ OK
    }
}

const KEY_VARIABLE: &str = "API_KEY";
const LOGIN_VARIABLES: [&str; 2] = ["PGUSER", "GITHUB_TOKEN"];

fn required(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("{name} is missing"))
}

pub fn leak_named_elsewhere() -> Result<(), String> {
    println!("{:?}", env::var(KEY_VARIABLE).ok()); //~ LEAK secret_in_log|undeclared_secret
    let name = "API_KEY";
    let key = env::var(name).unwrap_or_default();
    println!("{name}={key}"); //~ LEAK secret_in_log|undeclared_secret
    println!("{name}, {KEY_VARIABLE}, {LOGIN_VARIABLES:?}"); //~ OK
    let (account, code) = (required("PATH")?, required("DATABASE_PASSWORD")?);
    println!("{account}"); //~ OK
    println!("{code}"); //~ LEAK secret_in_log|undeclared_secret
    println!("{}", setting("CLIENT_SECRET")); //~ LEAK secret_in_log|undeclared_secret
    println!("{}", setting("LANG")); //~ OK
    Ok(())
}

pub fn leak_each_variable() {
    for name in LOGIN_VARIABLES {
        if let Ok(value) = env::var(name) {
            println!("{name}: {value}"); //~ LEAK secret_in_log|undeclared_secret
        }
    }
}

struct Source {
    prefix: String,
    variable: &'static str,
}

impl Source {
    fn read(&self) -> Option<String> {
        env::var(self.variable).ok()
    }
}

pub fn leak_named_by_a_field() {
    let source = Source { prefix: "app".into(), variable: "API_KEY" };
    if let Some(text) = source.read() {
        log::debug!("{} has {text}", source.prefix); //~ LEAK secret_in_log|undeclared_secret
        log::debug!("{} of {}", source.variable, source.prefix); //~ OK
    }
    let source = Source { variable: "HOME", ..source };
    println!("{:?}", source.read()); //~ OK
}

impl Source {
    const VARIABLE: &'static str = "GITHUB_TOKEN";
    const PUBLIC: &'static str = "HOME";

    fn load() -> String {
        env::var(Self::VARIABLE).unwrap_or_default()
    }
}

pub fn leak_named_by_an_associated_constant() {
    println!("{}", Source::load()); //~ LEAK secret_in_log|undeclared_secret
    println!("{:?}", env::var(Source::PUBLIC)); //~ OK
}

pub fn ok_missing() {
    if let Err(error) = required("MISSING_API_KEY") {
        eprintln!("{error}"); //~ OK
    }
    for name in LOGIN_VARIABLES {
        println!("{name}: {}", env::var(name).is_ok()); //~ OK
        println!("{name}: {}", required(name).map_or(0, |text| text.len())); //~ OK
    }
}

pub fn ok_public_names() {
    println!("{:?}", env::var("HOME")); //~ OK
    println!("{:?}", env::var("TOKEN_TTL")); //~ OK
    println!("{:?}", env::var("API_KEY_FILE")); //~ OK
    println!("{}", setting("PATH").len()); //~ OK
    println!("{:?}", env::var("PASSWORD_MIN_LENGTH")); //~ OK
    println!("{:?}", env::var("SECRET_NAME")); //~ OK
}

pub fn ok_presence() {
    println!("{}", env::var("API_KEY").is_ok()); //~ OK
    println!("{}", env::var_os("API_KEY").is_some()); //~ OK
    println!("{}", env::var("API_KEY").map_or(0, |text| text.len())); //~ OK
    if env::var("DATABASE_PASSWORD").is_err() {
        eprintln!("DATABASE_PASSWORD is missing"); //~ OK
    }
}

pub fn ok_wrapped() {
    let key: secrecy::SecretString = env::var("API_KEY").unwrap_or_default().into(); //~ OK
    println!("{key:?}"); //~ OK
    let typed = secret_core::SecretString::from(env::var("GITHUB_TOKEN").unwrap_or_default()); //~ OK
    println!("{typed}"); //~ OK
}

pub fn leak_set(s: &secrecy::SecretString) {
    // SAFETY: there is one thread.
    unsafe { env::set_var("CORPUS_SET", secrecy::ExposeSecret::expose_secret(s)) };
    println!("{:?}", env::var("CORPUS_SET")); //~ LEAK secret_in_log
}

pub fn ok_set(s: &secrecy::SecretString) {
    // SAFETY: there is one thread.
    unsafe { env::set_var("CORPUS_KEPT", secrecy::ExposeSecret::expose_secret(s)) };
    // SAFETY: there is one thread.
    unsafe { env::set_var("CORPUS_SHOWN", "public") };
    println!("{:?} {}", env::var("CORPUS_SHOWN"), env::var("CORPUS_KEPT").is_ok()); //~ OK
}
