//! `cargo +nightly fuzz run load`

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| secret_fuzzing::load(data));
