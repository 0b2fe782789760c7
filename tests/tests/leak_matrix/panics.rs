//! Panics of a child process: what its standard error holds, and what hooks and joins are given.

use std::error::Error;
use std::fmt::{self, Debug, Display};
use std::panic;

use crate::channel::{PRINTED, Theme, does_not_compile, redacted};

pub(crate) const THEME: Theme = Theme {
    name: "panics",
    channels: &[
        does_not_compile!(
            "panic! with an exposed secret",
            ["exposed/panic"],
            PRINTED,
            child,
            |key| panicking(&key)
        ),
        does_not_compile!(
            "assert! message with an exposed secret",
            ["exposed/assert_message"],
            PRINTED,
            child,
            |key| asserting(&key)
        ),
        does_not_compile!(
            "assert_eq! of exposed secrets",
            ["exposed/assert_eq"],
            PRINTED,
            child,
            |key| assert_eq!(key, "other")
        ),
        does_not_compile!(
            "unwrap of an error with an exposed secret",
            ["exposed/unwrap_error"],
            PRINTED,
            child,
            |key| unwrapping(Err(key))
        ),
        does_not_compile!(
            "expect with an exposed secret as its message",
            ["exposed/expect"],
            "expected `&str`, found `Exposed<'_, str>`",
            child,
            |key| expecting(Err("no session"), &key)
        ),
        redacted!("panic! with the secret", child, |key| panicking(&key)),
        redacted!("assert! message with the secret", child, |key| asserting(
            &key
        )),
        redacted!("assert_eq! of two secrets", child, |key| comparing(&key)),
        redacted!("assert_ne! of two secrets", child, |key| assert_ne!(
            key,
            key.clone()
        )),
        redacted!("unwrap of an error with the secret", child, |key| {
            unwrapping(Err(key));
        }),
        redacted!(
            "expect of an error with the secret",
            child,
            |key| expecting(Err(key), "a session")
        ),
        redacted!("unwrap_err of a value with the secret", child, |key| {
            unwrapping_error(Ok(key));
        }),
        redacted!("unreachable! with the secret", child, |key| unreachable(
            &key
        )),
        redacted!("Result returned by main", child, |key| Err::<(), _>(
            Refused(key)
        )),
        redacted!("Box<dyn Error> returned by main", child, |key| boxed(key)),
        redacted!("panic in a thread, and its payload", child, |key| {
            let thread = std::thread::spawn(move || panicking(&key));
            let payload = thread.join().expect_err("it panics");
            println!("{:?}", payload.downcast::<String>());
        }),
        redacted!("panic hook: payload, location, backtrace", child, |key| {
            panic::set_hook(Box::new(|info| {
                let payload = info.payload().downcast_ref::<String>();
                let backtrace = std::backtrace::Backtrace::force_capture();
                println!(
                    "{payload:?} {:?} {info} {info:?} {backtrace}",
                    info.location()
                );
            }));
            panicking(&key);
        }),
        redacted!("panic_any, downcast by a hook", child, |key| {
            panic::set_hook(Box::new(|info| {
                println!("{:?}", info.payload().downcast_ref::<String>());
                println!(
                    "{:?}",
                    info.payload().downcast_ref::<secret_core::SecretString>()
                );
            }));
            panicking_with(key);
        }),
        redacted!("panic while a value is dropped", child, |key| {
            let _guard = Guard(key);
        }),
    ],
};

#[derive(Debug)]
struct Refused<T>(T);

impl<T: Display> Display for Refused<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused {}", self.0)
    }
}

impl<T: Debug + Display> Error for Refused<T> {}

/// Panics with what it holds, as a guard that finds it still open.
struct Guard<T: Debug>(T);

impl<T: Debug> Drop for Guard<T> {
    fn drop(&mut self) {
        panic!("never closed: {:?}", self.0);
    }
}

fn boxed<T: Debug + Display + 'static>(key: T) -> Result<(), Box<dyn Error>> {
    Err(Box::new(Refused(key)))
}

fn panicking(key: &dyn Display) {
    panic!("bad key {key}");
}

fn asserting(key: &dyn Debug) {
    assert!(std::env::args().count() > 99, "bad key {key:?}");
}

fn unwrapping<T: Debug>(result: Result<(), T>) {
    result.unwrap();
}

fn unreachable(key: &dyn Debug) {
    unreachable!("with {key:?}");
}

fn comparing<T: PartialEq + Debug + From<String>>(key: &T) {
    assert_eq!(*key, T::from(String::from("another")));
}

fn panicking_with<T: Send + 'static>(payload: T) {
    panic::panic_any(payload);
}

fn expecting<T: Debug>(result: Result<(), T>, message: &str) {
    result.expect(message);
}

fn unwrapping_error<T: Debug>(result: Result<T, ()>) {
    result.unwrap_err();
}
