//! tracing spans: fields at creation, recorded later, in the macros of each level.

use secrecy::{ExposeSecret, SecretString};
use tracing::{Span, debug_span, error_span, field, info_span, span};

pub fn leak_at_creation(s: &SecretString) {
    let _login = info_span!("login", code = s.expose_secret()).entered(); //~ LEAK secret_in_log
    let _call = debug_span!("call", code = %s.expose_secret()); //~ LEAK secret_in_log
    let _retry = span!(tracing::Level::INFO, "retry", code = ?s.expose_secret()); //~ LEAK secret_in_log
}

pub fn leak_recorded(s: &SecretString) {
    let span = info_span!("login", user = "ada", code = field::Empty); //~ OK
    span.record("code", s.expose_secret()); //~ LEAK secret_in_log
    span.record("code", field::display(s.expose_secret())); //~ LEAK secret_in_log
    span.record("user", "bob"); //~ OK
}

pub fn leak_in_scope(s: &SecretString) {
    error_span!("work", n = 1).in_scope(|| {
        tracing::info!("with {}", s.expose_secret()); //~ LEAK secret_in_log
    });
}

fn note(span: &Span, text: &str) {
    span.record("note", text); // id=note //~ LEAK secret_in_log
}

pub fn leak_through_a_helper(s: &SecretString) {
    let span = info_span!("job", note = field::Empty);
    note(&span, s.expose_secret()); // alt=note //~ ANY
}

pub fn ok_spans(s: &SecretString) -> bool {
    let span = info_span!("login", user = "ada", code = ?s); //~ OK
    span.record("user", field::debug(s)); //~ OK
    let _entered = span.enter();
    span.in_scope(|| s.expose_secret().is_ascii()) //~ OK
}

pub fn ok_lengths(s: &SecretString) {
    let span = info_span!("size", length = s.expose_secret().len(), note = field::Empty); //~ OK
    span.record("note", s.expose_secret().len() as u64); //~ OK
}

pub fn leak_fields_alone(s: &SecretString) {
    let code = s.expose_secret();
    let call = info_span!("call", code = code); //~ LEAK secret_in_log
    let _in_call = call.enter();
    let next = info_span!("next", code, user = "ada"); //~ LEAK secret_in_log
    next.in_scope(|| tracing::info!("next")); //~ OK
}

pub fn ok_fields_alone(s: &SecretString) {
    let length = s.expose_secret().len();
    let user = "ada";
    let call = info_span!("call", user, length); //~ OK
    call.in_scope(|| tracing::info!(user, "called")); //~ OK
}
