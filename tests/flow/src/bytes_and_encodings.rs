//! Secrets as bytes: as_bytes, from_utf8_lossy, hex by hand, percent-encoding, OsString, paths, a loop over bytes.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretBox, SecretString};

pub fn leak_bytes(s: &SecretString) {
    let bytes = s.expose_secret().as_bytes();
    println!("{bytes:?}"); //~ LEAK secret_in_log
    println!("{}", String::from_utf8_lossy(bytes)); //~ LEAK secret_in_log
    println!("{}", std::str::from_utf8(bytes).unwrap()); //~ LEAK secret_in_log
    println!("{:?}", bytes.first_chunk::<12>()); //~ LEAK secret_in_log
    println!("{}", bytes.escape_ascii()); //~ LEAK secret_in_log
    println!("{}", bytes.len()); //~ OK
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn leak_hex(s: &SecretString) {
    println!("{}", hex(s.expose_secret().as_bytes())); //~ LEAK secret_in_log
    println!("{}", hex(b"public")); //~ OK
}

pub fn leak_boxed_bytes(s: &SecretString) {
    let key: SecretBox<Vec<u8>> = SecretBox::new(Box::new(s.expose_secret().as_bytes().to_vec()));
    println!("{:?}", String::from_utf8(key.expose_secret().clone())); //~ LEAK secret_in_log
    println!("{key:?}"); //~ OK
}

pub fn leak_encoded(s: &SecretString) {
    let encoded: String = url::form_urlencoded::byte_serialize(s.expose_secret().as_bytes()).collect();
    println!("{encoded}"); //~ LEAK secret_in_log
}

pub fn leak_os_text(s: &SecretString) {
    let text = OsString::from(s.expose_secret());
    println!("{}", text.display()); //~ LEAK secret_in_log
    let path = Path::new("/tmp").join(s.expose_secret());
    println!("{}", path.display()); //~ LEAK secret_in_log
    println!("{:?}", path.parent()); //~ OK
}

pub fn leak_copied(s: &SecretString) {
    let mut buffer = [b' '; 40];
    buffer[..20].copy_from_slice(s.expose_secret().as_bytes());
    println!("{}", String::from_utf8_lossy(&buffer)); //~ LEAK secret_in_log
    let mut grown = Vec::new();
    for byte in s.expose_secret().bytes() {
        grown.push(byte);
    }
    println!("{}", String::from_utf8(grown).unwrap()); //~ LEAK secret_in_log
}

pub fn ok_bytes(s: &SecretString) -> Vec<u8> {
    let bytes = s.expose_secret().as_bytes();
    println!("{}", bytes.is_ascii()); //~ OK
    println!("{}", bytes.iter().filter(|byte| byte.is_ascii_digit()).count()); //~ OK
    println!("{}", hex(&bytes.len().to_be_bytes())); //~ OK
    let checksum = bytes.iter().fold(0u32, |sum, byte| sum.wrapping_mul(31) ^ u32::from(*byte));
    println!("{checksum:08x}"); //~ OK
    bytes.to_vec()
}

pub fn ok_paths(s: &SecretString) -> bool {
    let path = PathBuf::from("/run/secrets/api_key");
    println!("{}", path.display()); //~ OK
    std::fs::read(&path).is_ok_and(|bytes| bytes == s.expose_secret().as_bytes()) //~ OK
}
