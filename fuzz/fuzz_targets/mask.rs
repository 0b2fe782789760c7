//! `cargo +nightly fuzz run mask`

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| secret_fuzzing::mask(data));
