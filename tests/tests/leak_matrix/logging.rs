//! `tracing` through its own subscriber in each layout, and `log` through `env_logger` and a logger of one's own.

use std::fmt::{Debug, Display};

use secret_core::{Redact, SecretString};
use tracing::instrument;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::canary::{plain, secret};
use crate::channel::{PRINTED, Theme, does_not_compile, redacted};

pub(crate) const THEME: Theme = Theme {
    name: "logging",
    channels: &[
        does_not_compile!(
            "tracing event, message",
            ["exposed/tracing_message"],
            PRINTED,
            child,
            |key| full(|| tracing::info!("using {key}"))
        ),
        does_not_compile!(
            "tracing event, %field and ?field",
            ["exposed/tracing_display", "exposed/tracing_debug"],
            PRINTED,
            child,
            |key| full(|| tracing::info!(%key, "signing in"))
        ),
        does_not_compile!(
            "tracing event, plain field",
            ["exposed/tracing_field"],
            "`Exposed<'_, str>: Value` is not satisfied",
            child,
            |key| full(|| tracing::info!(key = key.as_str(), "signing in"))
        ),
        does_not_compile!(
            "tracing span field",
            ["exposed/tracing_span"],
            PRINTED,
            child,
            |key| full(|| drop(tracing::info_span!("login", %key).entered()))
        ),
        does_not_compile!(
            "log macros",
            ["exposed/log_info", "exposed/log_error_debug"],
            PRINTED,
            child,
            |key| {
                env_logger::builder()
                    .filter_level(log::LevelFilter::Info)
                    .init();
                log::info!("using {key}");
            }
        ),
        redacted!("tracing event, full layout", child, |key| full(|| event(
            &key
        ))),
        redacted!("tracing event, compact layout", child, |key| {
            tracing_subscriber::fmt().compact().init();
            event(&key);
        }),
        redacted!("tracing event, pretty layout", child, |key| {
            tracing_subscriber::fmt().pretty().init();
            event(&key);
        }),
        redacted!("tracing event, JSON layout", child, |key| {
            tracing_subscriber::fmt().json().init();
            event(&key);
        }),
        redacted!("tracing span, full layout", child, |key| full(|| span(
            &key
        ))),
        redacted!("tracing span, JSON layout", child, |key| {
            tracing_subscriber::fmt()
                .json()
                .with_span_events(FmtSpan::FULL)
                .init();
            span(&key);
        }),
        redacted!("tracing span, recorded later", child, |key| full(|| {
            let span = tracing::info_span!("login", key = tracing::field::Empty);
            span.record("key", tracing::field::display(&key));
            drop(span.entered());
        })),
        redacted!("tracing error as a field", child, |key| full(|| {
            let error = std::io::Error::other(format!("refused {key}"));
            tracing::error!(error = &error as &dyn std::error::Error, "signing in");
        })),
        redacted!("#[instrument] with an argument", child, |key| full(|| {
            sign_in(key);
        })),
        redacted!(
            "#[instrument] with a config as argument",
            "[REDACTED]",
            child,
            full(|| start(Plain {
                host: "db",
                key: plain()
            })),
            full(|| start(Config {
                host: "db",
                key: secret()
            }))
        ),
        redacted!("#[instrument(fields(…))]", child, |key| full(|| {
            with_field(&key);
        })),
        redacted!("#[instrument(ret)]", child, |key| full(|| drop(returning(
            key
        )))),
        redacted!("#[instrument(err)]", child, |key| full(|| drop(failing(
            &key
        )))),
        redacted!("#[instrument(err(Debug))]", child, |key| full(|| drop(
            failing_debug(key)
        ))),
        redacted!("log macros through env_logger", child, |key| {
            env_logger::builder()
                .filter_level(log::LevelFilter::Info)
                .init();
            log::error!("using {key} {key:?}");
        }),
        redacted!("log macros through a logger of one's own", child, |key| {
            log::set_logger(&Printer).expect("it is the first");
            log::set_max_level(log::LevelFilter::Info);
            log::info!("using {key:#?}");
        }),
    ],
};

#[derive(Debug)]
#[allow(dead_code, reason = "read through `Debug`")]
struct Plain {
    host: &'static str,
    key: String,
}

#[derive(Redact)]
#[allow(dead_code, reason = "read through `Debug`")]
struct Config {
    #[redact(safe)]
    host: &'static str,
    key: SecretString,
}

struct Printer;

impl log::Log for Printer {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        println!("{} {record:?}", record.args());
    }

    fn flush(&self) {}
}

/// Installs the subscriber as most programs do, with spans shown as they open and close.
fn full(work: impl FnOnce()) {
    tracing_subscriber::fmt()
        .with_span_events(FmtSpan::FULL)
        .init();
    work();
}

fn event<T: Debug + Display>(key: &T) {
    tracing::info!(%key, also = ?key, "signing in with {key}");
}

fn span<T: Debug + Display>(key: &T) {
    let _span = tracing::info_span!("login", %key, also = ?key).entered();
    tracing::info!("inside");
}

#[instrument]
fn sign_in<T: Debug>(key: T) {
    tracing::info!("inside");
}

#[instrument]
fn start<T: Debug>(config: T) {
    tracing::info!("inside");
}

#[instrument(skip_all, fields(key = ?key))]
fn with_field<T: Debug>(key: &T) {
    tracing::info!("inside");
}

#[instrument(skip_all, ret)]
fn returning<T: Debug>(key: T) -> T {
    key
}

#[instrument(skip_all, err)]
fn failing<T: Display>(key: &T) -> Result<(), std::io::Error> {
    Err(std::io::Error::other(format!("refused {key}")))
}

#[instrument(skip_all, err(Debug))]
fn failing_debug<T: Debug>(key: T) -> Result<(), T> {
    Err(key)
}
