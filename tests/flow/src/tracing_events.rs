//! tracing events: fields by Display, Debug and Value, shorthand, messages, levels, targets.

use secrecy::{ExposeSecret, SecretString};
use tracing::{Level, debug, error, event, info, trace, warn};

pub fn leak_fields(s: &SecretString) {
    let value = s.expose_secret();
    info!(code = value, "signed in"); //~ LEAK secret_in_log
    info!(code = %value); //~ LEAK secret_in_log
    info!(code = ?value); //~ LEAK secret_in_log
    warn!(%value, "refused"); //~ LEAK secret_in_log
    warn!(?value, attempts = 3); //~ LEAK secret_in_log
    warn!(value, "refused"); //~ LEAK secret_in_log
    warn!(attempts = 3, "refused"); //~ OK
}

pub fn leak_messages(s: &SecretString) {
    error!("refused {}", s.expose_secret()); //~ LEAK secret_in_log
    debug!(user = "ada", "refused {}", s.expose_secret()); //~ LEAK secret_in_log
    event!(Level::INFO, code = s.expose_secret(), "x"); //~ LEAK secret_in_log
    trace!(target: "auth", { code = %s.expose_secret() }, "x"); //~ LEAK secret_in_log
}

pub fn leak_wrapped_field(s: &SecretString) {
    let text = s.expose_secret().to_string();
    info!(code = tracing::field::display(&text)); //~ LEAK secret_in_log
    info!(code = tracing::field::debug(Some(&text))); //~ LEAK secret_in_log
    info!( // alt=nested //~ ANY
        user = "ada",
        nested.code = text.as_str(), // id=nested //~ LEAK secret_in_log
        "over several lines"
    ); // alt=nested //~ ANY
    info!( // id=long //~ LEAK secret_in_log
        code = text.as_str(), // alt=long //~ ANY
        user = "ada",
    ); // alt=long //~ ANY
}

pub fn ok_fields(s: &SecretString) {
    info!(code = ?s, "placeholder"); //~ OK
    info!(length = s.expose_secret().len()); //~ OK
    info!(code = tracing::field::Empty, "later"); //~ OK
    warn!(known = s.expose_secret() == "letmein", "compared"); //~ OK
}

pub fn ok_same_names(user: &SecretString) {
    let code = user.expose_secret().len() as u64;
    info!(code, "a number"); //~ OK
    let value = "public";
    debug!(value, %value, ?value); //~ OK
    error!(name: "login", "code"); //~ OK
}
