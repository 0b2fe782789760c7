//! Wiping beside `memset`: buffers are dropped that were filled before.

use std::hint::black_box;

use secret_core::{Secret, SecretBytes, SecretString};
use zeroize::{Zeroize, Zeroizing};

use crate::report;
use crate::timing::{Variant, medians};

const SMALL: usize = 4 << 10;
const LARGE: usize = 1 << 20;

pub(crate) fn table() {
    let small = times::<SMALL>(64, 501);
    let large = times::<LARGE>(4, 201);
    let rows: Vec<_> = small
        .iter()
        .zip(&large)
        .map(|((name, small), (_, large))| {
            let ratio = |ratio: &f64| format!("{ratio:.2}");
            vec![(*name).to_owned(), ratio(small), ratio(large)]
        })
        .collect();
    report::print(
        "a buffer wiped and freed: speed beside memset and free (1.00 is as fast, 0.10 ten times slower)",
        &["", "4 KiB", "1 MiB"],
        &rows,
    );
}

/// The speed of each way to wipe `N` bytes, memset being 1.
fn times<const N: usize>(batch: usize, rounds: usize) -> Vec<(&'static str, f64)> {
    let variants = [
        dropping("memset", batch, || Memset(bytes::<N>())),
        dropping("SecretString", batch, || SecretString::from(text::<N>())),
        dropping("SecretBytes", batch, || SecretBytes::from(bytes::<N>())),
        dropping("Secret<String>", batch, || {
            Secret::new(Box::new(text::<N>()))
        }),
        dropping("Secret<Vec<u8>>", batch, || {
            Secret::new(Box::new(bytes::<N>()))
        }),
        dropping("Secret<[u8; N]>", batch, || {
            Secret::<[u8; N]>::new(array::<N>())
        }),
        dropping("secrecy SecretString", batch, || {
            secrecy::SecretString::from(text::<N>())
        }),
        dropping("secrecy SecretBox<Vec<u8>>", batch, || {
            secrecy::SecretBox::new(Box::new(bytes::<N>()))
        }),
        dropping("Zeroizing<String>", batch, || Zeroizing::new(text::<N>())),
        dropping("Zeroizing<Vec<u8>>", batch, || Zeroizing::new(bytes::<N>())),
        dropping("zeroize of a slice", batch, || Slice(bytes::<N>())),
    ];
    let times = medians(&variants, rounds);
    let memset = times[0].as_secs_f64();
    variants
        .iter()
        .zip(times)
        .map(|((name, _), time)| (*name, memset / time.as_secs_f64()))
        .collect()
}

fn dropping<T: 'static>(
    name: &'static str,
    batch: usize,
    make: impl Fn() -> T + 'static,
) -> Variant<'static> {
    let prepare = move || -> Box<dyn FnOnce()> {
        let buffers: Vec<T> = (0..batch).map(|_| make()).collect();
        Box::new(move || drop(black_box(buffers)))
    };
    (name, Box::new(prepare))
}

/// Filled with zeros in a way the compiler may not leave out, as fast as it goes.
struct Memset(Vec<u8>);

impl Drop for Memset {
    fn drop(&mut self) {
        self.0.fill(0);
        black_box(self.0.as_slice());
    }
}

struct Slice(Vec<u8>);

impl Drop for Slice {
    fn drop(&mut self) {
        self.0.as_mut_slice().zeroize();
    }
}

fn bytes<const N: usize>() -> Vec<u8> {
    vec![b'x'; N]
}

fn text<const N: usize>() -> String {
    "x".repeat(N)
}

#[allow(
    clippy::unnecessary_box_returns,
    reason = "an array of this size would fill the stack"
)]
fn array<const N: usize>() -> Box<[u8; N]> {
    bytes::<N>()
        .into_boxed_slice()
        .try_into()
        .unwrap_or_else(|_| unreachable!("the slice has `N` bytes"))
}
