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

const DIGITS: &[u8; 16] = b"0123456789abcdef";

fn by_table(bytes: &[u8]) -> String {
    let mut text = String::new();
    for pair in bytes.chunks(2) {
        let bits = pair.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        for place in (0..2 * pair.len()).rev() {
            text.push(char::from(DIGITS[(bits >> (4 * place)) as usize & 15]));
        }
    }
    text
}

pub fn leak_looked_up(s: &SecretString) {
    println!("{}", by_table(s.expose_secret().as_bytes())); //~ LEAK secret_in_log
    println!("{}", by_table(b"public")); //~ OK
    let digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    for byte in s.expose_secret().bytes() {
        print!("{}{}", digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]); //~ LEAK secret_in_log
    }
    println!();
    let digit = |byte: u8| char::from_digit(u32::from(byte), 16).unwrap_or('?');
    let text: String = s.expose_secret().bytes().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    println!("{text}"); //~ LEAK secret_in_log
}

pub fn ok_looked_up(s: &SecretString) {
    let grades = ["empty", "short", "long"];
    println!("{}", grades[s.expose_secret().len().min(2)]); //~ OK
    let seed: [u32; 4] = [0x7707_3096, 0xee0e_612c, 0x9909_51ba, 0x076d_c419];
    let sum = s.expose_secret().bytes().fold(1_u32, |sum, byte| (sum >> 2) ^ seed[((sum ^ u32::from(byte)) & 3) as usize]);
    println!("{sum:08x}"); //~ OK
}

fn pack(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |all, byte| (all << 8) | u32::from(*byte))
}

pub fn leak_as_numbers(s: &SecretString) {
    let bytes = s.expose_secret().as_bytes();
    let first = u128::from_be_bytes(bytes[..16].try_into().unwrap());
    let last = pack(&bytes[16..20]);
    println!("{first:x}{last:x}"); //~ LEAK secret_in_log
}

union Word {
    bytes: [u8; 16],
    number: u128,
}

pub fn leak_in_a_union(s: &SecretString) {
    let bytes = s.expose_secret().as_bytes();
    let word = Word { bytes: bytes[..16].try_into().unwrap() };
    // SAFETY: any bytes are a number.
    let number = u128::from_be(unsafe { word.number });
    println!("{number:x}{:x}", pack(&bytes[16..20])); //~ LEAK secret_in_log
}

fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(7, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(31))
}

pub fn ok_as_numbers(s: &SecretString) {
    let bytes = s.expose_secret().as_bytes();
    println!("{:x} {}", checksum(bytes), bytes.len()); //~ OK
    println!("{}", u64::from_be_bytes(bytes[..8].try_into().unwrap()) == 3); //~ OK
    println!("{}", bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>()); //~ OK
}
