//! The same under other crates, measured in the same run.

use secrecy::{ExposeSecretMut, SecretBox, SecretString};
use zeroize::Zeroizing;

use super::{Scenario, measured};
use crate::stage::{LENGTH, Stage};

/// Spare capacity that makes an allocator shrink by moving.
const SPACIOUS: usize = 4096;

const COMPARED: &str = "for comparison";

#[inline(never)]
fn array(stage: &mut Stage) -> [u8; LENGTH] {
    let mut key = [0; LENGTH];
    stage.fill(&mut key);
    key
}

pub(super) const SCENARIOS: &[Scenario] = &[
    measured("secrecy: exact String", COMPARED, |stage| {
        let key = SecretString::from(stage.text(LENGTH));
        stage.live(&key);
    }),
    measured("secrecy: spare capacity", COMPARED, |stage| {
        let key = SecretString::from(stage.text(SPACIOUS));
        stage.live(&key);
    }),
    measured("secrecy: trimmed first", COMPARED, |stage| {
        let key = SecretString::from(stage.document("  ", "\n").trim().to_owned());
        stage.live(&key);
    }),
    measured("secrecy: array returned", COMPARED, |stage| {
        let key = SecretBox::new(Box::new(array(stage)));
        stage.live(&key);
    }),
    measured("secrecy: growth, push_str", COMPARED, |stage| {
        let mut key = SecretBox::<String>::new(Box::new(stage.text(LENGTH)));
        for _ in 0..100 {
            key.expose_secret_mut().push_str("-and-more");
        }
        stage.live(&key);
    }),
    measured("Zeroizing: exact String", COMPARED, |stage| {
        let key = Zeroizing::new(stage.text(LENGTH));
        stage.live(&key);
    }),
    measured("Zeroizing: array returned", COMPARED, |stage| {
        let key = Zeroizing::new(array(stage));
        stage.live(&key);
    }),
    measured("Zeroizing: growth of a Vec of arrays", COMPARED, |stage| {
        let mut keys = Vec::new();
        for _ in 0..100 {
            keys.push(Zeroizing::new(array(stage)));
        }
        stage.live(&keys);
    }),
    measured("Zeroizing: growth, push_str", COMPARED, |stage| {
        let mut key = Zeroizing::new(stage.text(LENGTH));
        for _ in 0..100 {
            key.push_str("-and-more");
        }
        stage.live(&key);
    }),
];
