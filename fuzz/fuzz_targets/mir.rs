//! `cargo +nightly fuzz run mir`

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| secret_fuzzing::mir(data));
