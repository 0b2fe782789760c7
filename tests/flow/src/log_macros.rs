//! The log crate: levels, targets, structured key-values, the logger's own functions.

use log::{Level, debug, error, info, log, log_enabled, trace, warn};
use secrecy::{ExposeSecret, SecretString};

pub fn leak_levels(s: &SecretString) {
    error!("refused {}", s.expose_secret()); //~ LEAK secret_in_log
    warn!(target: "auth", "refused {}", s.expose_secret()); //~ LEAK secret_in_log
    info!("{:?}", Some(s.expose_secret())); //~ LEAK secret_in_log
    debug!("{}", s.expose_secret()); //~ LEAK secret_in_log
    trace!("{:?}", (1, s.expose_secret())); //~ LEAK secret_in_log
    log!(Level::Info, "{}", s.expose_secret()); //~ LEAK secret_in_log
}

pub fn leak_key_values(s: &SecretString) {
    let value = s.expose_secret();
    info!(value; "signed in"); //~ LEAK secret_in_log
    info!(user = "ada", code = value; "signed in"); //~ LEAK secret_in_log
    warn!(code:? = value; "refused"); //~ LEAK secret_in_log
    warn!(code:% = value; "refused"); //~ LEAK secret_in_log
    warn!(length = value.len(); "refused"); //~ OK
}

pub fn leak_in_a_branch(s: &SecretString) {
    if log_enabled!(Level::Debug) {
        let shown = s.expose_secret();
        debug!("using {shown}"); //~ LEAK secret_in_log
    }
}

pub fn leak_by_hand(s: &SecretString) {
    let record = log::Record::builder();
    let logger = log::logger();
    logger.log(&{ record }.args(format_args!("{}", s.expose_secret())).build()); //~ LEAK secret_in_log
}

pub fn ok_levels(s: &SecretString) {
    info!("{s:?}"); //~ OK
    info!(user = "ada"; "signed in"); //~ OK
    debug!("{} bytes", s.expose_secret().len()); //~ OK
    trace!("starts right: {}", s.expose_secret().starts_with("sk-")); //~ OK
    warn!(empty = s.expose_secret().is_empty(); "checked"); //~ OK
}

pub fn ok_target_is_a_name(s: &SecretString) -> bool {
    let target = "secret";
    info!(target: target, "opened a secret"); //~ OK
    error!("the secret is wrong"); //~ OK
    s.expose_secret() == "x"
}
