//! A secret text of 40 bytes made, exposed and dropped.

use std::hint::black_box;

use secrecy::ExposeSecret;
use secret_core::SecretString;
use zeroize::{Zeroize, Zeroizing};

use crate::report;
use crate::timing::{Variant, medians};

const LENGTH: usize = 40;
const SPARE: usize = 128;
const CALLS: u32 = 20_000;

pub(crate) fn table() {
    let exact = times(LENGTH);
    let spare = times(SPARE);
    let base = exact
        .iter()
        .find(|(name, _)| *name == SECRECY)
        .map_or(f64::NAN, |(_, time)| *time);
    let rows: Vec<_> = exact
        .iter()
        .zip(&spare)
        .map(|((name, exact), (_, spare))| {
            let cell = |time: &f64| format!("{time:.1} ns, {:.2}", time / base);
            vec![(*name).to_owned(), cell(exact), cell(spare)]
        })
        .collect();
    report::print(
        "a `String` of 40 bytes made, exposed and dropped, beside secrecy on an exact `String`",
        &["", "exact capacity", "capacity of 128"],
        &rows,
    );
}

const SECRECY: &str = "secrecy";

fn times(capacity: usize) -> Vec<(&'static str, f64)> {
    let variants = [
        calling("bare String", move || {
            let text = text(capacity);
            black_box(text.as_str());
        }),
        calling("String wiped by hand", move || {
            let mut text = text(capacity);
            black_box(text.as_str());
            text.as_mut_str().zeroize();
        }),
        calling(SECRECY, move || {
            let secret = secrecy::SecretString::from(text(capacity));
            black_box(secret.expose_secret());
        }),
        calling("Zeroizing<String>", move || {
            let secret = Zeroizing::new(text(capacity));
            black_box(secret.as_str());
        }),
        calling("SecretString", move || {
            let secret = SecretString::from(text(capacity));
            black_box(&*secret.expose_secret());
        }),
    ];
    let times = medians(&variants, 101);
    variants
        .iter()
        .zip(times)
        .map(|((name, _), time)| (*name, time.as_secs_f64() * 1e9 / f64::from(CALLS)))
        .collect()
}

fn calling(name: &'static str, call: impl Fn() + Copy + 'static) -> Variant<'static> {
    let prepare = move || -> Box<dyn FnOnce()> {
        Box::new(move || {
            for _ in 0..CALLS {
                call();
            }
        })
    };
    (name, Box::new(prepare))
}

#[inline(never)]
fn text(capacity: usize) -> String {
    let mut text = String::with_capacity(black_box(capacity));
    text.push_str(black_box("0123456789012345678901234567890123456789"));
    text
}
