//! Parameters and variables that are named like a secret, of a text type, and printed.

// real: ancwrd1/snx-rs#141 (the trace log has the password)
// real: liveask/liveask#120 (#[instrument] records a password)
pub fn leak_parameter(password: &str) {
    println!("login with {password}"); //~ LEAK undeclared_secret
}

pub fn leak_variable(given: String) {
    let api_key = given.trim().to_owned();
    log::debug!("using {api_key}"); //~ LEAK undeclared_secret
    let auth_token = Some(api_key.as_str());
    tracing::info!(?auth_token, "signing in"); //~ LEAK undeclared_secret
}

#[tracing::instrument] // id=instrument //~ LEAK undeclared_secret
fn sign_in(user: &str, password: &str) -> bool { // alt=instrument //~ ANY
    user.len() < password.len()
}

pub fn leak_instrumented(given: &str) -> bool {
    sign_in("ada", given) // alt=instrument //~ ANY
}

struct Client {
    access_token: String,
    host: String,
}

pub fn leak_field(given: String) {
    let client = Client { access_token: given, host: "h".into() };
    println!("{}", client.access_token); //~ LEAK undeclared_secret
    println!("{}", client.host); //~ OK
}

pub fn leak_failure(private_key: &str) {
    panic!("cannot parse {private_key}"); //~ LEAK undeclared_secret
}

pub fn ok_used(password: &str) -> String {
    println!("{}", password.len()); //~ OK
    println!("{}", password.is_empty()); //~ OK
    log::debug!("password accepted"); //~ OK
    format!("password={password}") //~ OK
}

pub fn ok_harmless_names() {
    let token_count = String::from("12");
    println!("{token_count}"); //~ OK
    let password_hint = "your first pet";
    println!("{password_hint}"); //~ OK
    let author = "ada";
    println!("{author}"); //~ OK
    let secret_name = "prod/db";
    log::info!("{secret_name}"); //~ OK
    let monkey = "key";
    println!("{monkey}"); //~ OK
    let api_key_id = String::from("k1");
    tracing::info!(api_key_id); //~ OK
}

pub fn ok_numbers(password: &str) {
    let token = password.len() as u64;
    println!("{token}"); //~ OK
    let secret = password.is_ascii();
    println!("{secret}"); //~ OK
    let pin = 7u8;
    tracing::info!(pin); //~ OK
}

#[tracing::instrument(skip(password))] //~ OK
fn skipped(user: &str, password: &str) -> bool {
    user.len() < password.len()
}

pub fn ok_skipped(given: &str) -> bool {
    let token: secrecy::SecretString = given.into();
    println!("{token:?}"); //~ OK
    skipped("ada", given) //~ OK
}

pub fn ok_taken_apart() {
    let given = std::process::id().to_string();
    for token in given.split(' ') {
        println!("unexpected {token}"); //~ OK
    }
    let next_token = given.trim();
    println!("more at {next_token}"); //~ OK
    let pass = given.trim();
    println!("{pass} of the optimizer"); //~ OK
}

pub fn ok_constants() {
    let password = "";
    println!("{password}"); //~ OK
    let api_key = String::from("sk-example");
    println!("set your key, such as {api_key}"); //~ OK
}

pub fn ok_shortened(api_key: &str) {
    println!("key {}…", &api_key[..2]); //~ OK
    let masked_key = format!("{}…", &api_key[..2]);
    println!("{masked_key}"); //~ OK
    let masked_password = "*".repeat(api_key.len());
    println!("{masked_password}"); //~ OK
    println!("{}", fingerprint(api_key)); //~ OK
    println!("{}", api_key.chars().filter(char::is_ascii_digit).count()); //~ OK
}

fn fingerprint(api_key: &str) -> String {
    format!("{:x}", api_key.len() * 31)
}

pub fn ok_about() {
    let given = std::process::id().to_string();
    let password_prompt = given.trim();
    print!("{password_prompt}"); //~ OK
    let secret_scanning = Some(given.to_owned());
    println!("{secret_scanning:?}"); //~ OK
    let token_source = given.to_uppercase();
    tracing::info!(%token_source); //~ OK
}

pub fn leak_built(db_password: &str) {
    let mut line = String::from("connecting with ");
    line.push_str(db_password);
    eprintln!("{line}"); //~ LEAK undeclared_secret
}

pub fn leak_captured(secret_key: String) {
    let report = || log::warn!("rejected {secret_key}"); //~ LEAK undeclared_secret
    report();
}

pub async fn waits(refresh_token: String) {
    tokio::task::yield_now().await;
    tracing::warn!(%refresh_token, "expired"); // id=waits //~ LEAK undeclared_secret
}

pub fn leak_after_waiting(given: String) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(waits(given)); // alt=waits //~ ANY
}
