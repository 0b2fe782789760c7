//! What users of `secrecy` rely on, and what functions that take plain data can be given.

use std::net::IpAddr;

use secret_core::secrecy::{self, ExposeSecret};
use secret_core::{REDACTED, Redacted, Secret, SecretBytes, SecretError, SecretString};

fn key() -> SecretString {
    SecretString::from(String::from("k-4711"))
}

#[test]
fn the_placeholder_is_no_secret_on_any_way_in() {
    let refused = Some(SecretError::AlreadyRedacted);
    assert_eq!(REDACTED.parse::<SecretString>().err(), refused);
    assert_eq!(REDACTED.parse::<Secret<String>>().err(), refused);
    assert_eq!(REDACTED.parse::<Redacted<String>>().err(), refused);
    assert_eq!(SecretString::try_from(Vec::from(REDACTED)).err(), refused);
    let bytes = SecretBytes::from(Vec::from(REDACTED));
    assert_eq!(SecretString::try_from(bytes).err(), refused);
}

#[test]
fn secrets_cross_threads() {
    fn crosses<T: Send + Sync + Unpin + 'static>() {}
    crosses::<SecretString>();
    crosses::<SecretBytes>();
    crosses::<Secret<[u8; 32]>>();
    crosses::<Redacted<String>>();
}

#[test]
fn secrets_convert_from_and_into_those_of_secrecy() {
    let theirs: secrecy::SecretString = key().into();
    assert_eq!(theirs.expose_secret(), "k-4711");
    let ours: SecretString = theirs.into();
    assert!(ours == "k-4711");

    let theirs: secrecy::SecretSlice<u8> = SecretBytes::from(vec![1, 2]).into();
    let ours: SecretBytes = theirs.into();
    assert!(ours == [1, 2]);
}

#[test]
fn functions_that_ask_for_an_exposable_secret_take_ours() {
    fn length(secret: &impl ExposeSecret<str>) -> usize {
        secret.expose_secret().len()
    }
    assert_eq!(length(&key()), 6);
}

#[test]
fn an_open_secret_stands_for_plain_data() {
    fn text(text: &str) -> usize {
        text.len()
    }
    fn bytes(bytes: &[u8]) -> usize {
        bytes.len()
    }
    fn any_bytes(bytes: impl AsRef<[u8]>) -> usize {
        bytes.as_ref().len()
    }
    fn any_text(text: impl AsRef<str>) -> usize {
        text.as_ref().len()
    }
    let (key, raw) = (key(), SecretBytes::from(vec![7; 6]));
    let array = Secret::<[u8; 6]>::init_with_mut(|mut array| array.fill(7));
    let lengths = [
        text(&key.expose_secret()),
        any_text(key.expose_secret()),
        any_bytes(key.expose_secret()),
        bytes(key.expose_secret().as_bytes()),
        bytes(&raw.expose_secret()),
        any_bytes(raw.expose_secret()),
        any_bytes(&*raw.expose_secret()),
        bytes(&*array.expose_secret()),
        any_bytes(array.expose_secret()),
    ];
    assert_eq!(lengths, [6; 9]);
}

#[test]
fn boxes_are_taken_over() {
    let text = SecretString::from(Box::<str>::from("k-4711"));
    let bytes = SecretBytes::from(Box::<[u8]>::from([1, 2]));
    assert!(text == "k-4711" && bytes == [1, 2]);
    let array = Secret::<[u8; 2]>::try_from(bytes).unwrap();
    assert_eq!(array.expose_secret()[1], 2);
}

#[test]
fn parsing_does_not_echo() {
    let error = "hunter2".parse::<Redacted<IpAddr>>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the secret is not a valid `core::net::ip_addr::IpAddr`"
    );
    let error = Secret::<[u8; 2]>::try_from(SecretBytes::from(vec![1, 2, 3])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the secret does not have exactly 2 bytes"
    );
}
