//! `cargo +nightly fuzz run dotenv`

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| secret_fuzzing::dotenv(data));
