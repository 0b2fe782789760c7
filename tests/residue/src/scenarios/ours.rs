//! What the types of `secret-core` do with a secret in memory.

use std::fmt::Write;
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use secret_core::{Mask, Redact, Secret, SecretBytes, SecretString};
use zeroize::Zeroize;

use super::{Scenario, Source, ours};
use crate::stage::{LENGTH, SECRET_FILE, Stage};

/// Spare capacity that makes an allocator shrink by moving.
const SPACIOUS: usize = 4096;

/// The secret as an array with a `Default`, which std gives to arrays of up to 32 items only.
type Array = [[u8; 32]; LENGTH / 32];

#[derive(Redact)]
struct Config {
    port: u16,
    key: SecretString,
    #[redact(fingerprint)]
    token: Secret<String>,
    #[redact(first = 2, last = 4)]
    card: SecretString,
}

/// A plain field that the derive wipes.
#[derive(Redact)]
#[redact(zeroize)]
struct Login {
    #[redact]
    password: String,
}

fn secret(stage: &mut Stage) -> SecretString {
    SecretString::from(stage.text(LENGTH))
}

#[inline(never)]
fn passed_on(key: SecretString) -> SecretString {
    black_box(key)
}

pub(super) const SCENARIOS: &[Scenario] = &[
    ours("exact String", |stage| {
        let key = secret(stage);
        stage.live(&key);
    }),
    ours("String with spare capacity", |stage| {
        let key = SecretString::from(stage.text(SPACIOUS));
        stage.live(&key);
    }),
    ours("bytes with spare capacity", |stage| {
        let key = SecretBytes::from(stage.bytes(SPACIOUS));
        stage.live(&key);
    }),
    ours("Secret<String> with spare capacity", |stage| {
        let key = Secret::<String>::new(Box::new(stage.text(SPACIOUS)));
        stage.live(&key);
    }),
    ours("Secret<Vec<u8>>", |stage| {
        let key = Secret::<Vec<u8>>::new(Box::new(stage.bytes(SPACIOUS)));
        stage.live(&key);
    }),
    Scenario {
        source: Source::File,
        ..ours("file read into a String", |stage| {
            let text = std::fs::read_to_string(stage.file(SECRET_FILE)).expect("the file");
            let key = SecretString::from(text);
            stage.live(&key);
        })
    },
    ours("trimmed with map", |stage| {
        let line = SecretString::from(stage.document("  ", "\n"));
        let key: SecretString = line.map(|text| String::from(text.trim()));
        stage.live(&key);
    }),
    ours("failed try_map", |stage| {
        let key = secret(stage);
        stage.live(&key);
        let number = key.try_map::<u16, _, _>(|text| text.parse::<u16>().map(Box::new));
        assert!(black_box(number).is_err());
    }),
    ours("bytes that are not text", |stage| {
        let mut bytes = stage.bytes(SPACIOUS);
        stage.live(&bytes);
        bytes.push(0xff);
        assert!(black_box(SecretString::try_from(bytes)).is_err());
    }),
    ours("text to bytes and back", |stage| {
        let bytes = SecretBytes::from(secret(stage));
        let text = SecretString::try_from(bytes).expect("text");
        stage.live(&text);
    }),
    ours("array made with init_with_mut", |stage| {
        let key = Secret::<Array>::init_with_mut(|mut key| stage.fill(key.as_flattened_mut()));
        stage.live(&key);
    }),
    ours("array filled in its box", |stage| {
        let mut key = Secret::new(Box::new([0; LENGTH]));
        stage.fill(&mut *key.expose_secret_mut());
        stage.live(&key);
    }),
    ours("failed try_init_with_mut", |stage| {
        let key = Secret::<Array>::try_init_with_mut(|mut key| {
            stage.fill(key.as_flattened_mut());
            stage.live(&*key);
            Err::<(), ()>(())
        });
        assert!(black_box(key).is_err());
    }),
    Scenario {
        copies: 100,
        ..ours("growth of a Vec of 100 arrays", |stage| {
            let mut keys = Vec::new();
            for _ in 0..100 {
                let mut key = Secret::new(Box::new([0; LENGTH]));
                stage.fill(&mut *key.expose_secret_mut());
                keys.push(key);
            }
            stage.live(&keys);
        })
    },
    ours("moved through functions and a Box", |stage| {
        let key = passed_on(passed_on(secret(stage)));
        let key = Box::new(passed_on(key));
        let key = Some(passed_on(*key));
        stage.live(&key);
    }),
    ours("clone", |stage| {
        let key = secret(stage);
        let copy = key.clone();
        drop(key);
        stage.live(&copy);
    }),
    ours("overwrite", |stage| {
        let mut key = secret(stage);
        stage.live(&key);
        black_box(&key);
        key = SecretString::from(String::from("other"));
        black_box(&key);
    }),
    ours("zeroize on demand", |stage| {
        let mut key = secret(stage);
        stage.live(&key);
        key.zeroize();
        black_box(&key);
    }),
    ours("growth through ExposedMut, push_str", |stage| {
        let mut key = Secret::<String>::new(Box::new(stage.text(LENGTH)));
        for _ in 0..100 {
            key.expose_secret_mut().push_str("-and-more");
        }
        stage.live(&key);
    }),
    ours("growth through ExposedMut, push", |stage| {
        let mut key = Secret::<Vec<u8>>::new(Box::new(stage.bytes(LENGTH)));
        for _ in 0..1000 {
            key.expose_secret_mut().push(0);
        }
        stage.live(&key);
    }),
    ours("cleared, then filled again", |stage| {
        let mut key = Secret::<String>::new(Box::new(stage.text(LENGTH)));
        stage.live(&key);
        key.expose_secret_mut().clear();
        key.expose_secret_mut().push_str("other");
        black_box(&key);
    }),
    ours("panic while in use", |stage| {
        let key = secret(stage);
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let key = key;
            stage.live(&key);
            panic!("the scenario panics with {key}");
        }));
        assert!(panicked.is_err());
    }),
    ours("panic during construction", |stage| {
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            Secret::<Array>::init_with_mut(|mut key| {
                stage.fill(key.as_flattened_mut());
                stage.live(&*key);
                panic!("the scenario panics");
            })
        }));
        assert!(panicked.is_err());
    }),
    ours("compared with a presented text", |stage| {
        let key = secret(stage);
        let mut presented = stage.text(LENGTH);
        assert!(key == presented);
        presented.zeroize();
        stage.live(&key);
    }),
    ours("compared with another secret", |stage| {
        let key = secret(stage);
        assert!(key == secret(stage));
        stage.live(&key);
    }),
    ours("fingerprint", |stage| {
        let key = secret(stage);
        black_box(key.fingerprint());
        stage.live(&key);
    }),
    ours("masks", |stage| {
        let key = secret(stage);
        for mask in [
            Mask::all(),
            Mask::first_last(2, 4),
            Mask::email(),
            Mask::url(),
        ] {
            black_box(mask.apply(&key.expose_secret()).to_string());
        }
        stage.live(&key);
    }),
    Scenario {
        copies: 3,
        ..ours("printed by the derive", |stage| {
            let config = Config {
                port: 8080,
                key: secret(stage),
                token: Secret::new(Box::new(stage.text(LENGTH))),
                card: secret(stage),
            };
            let mut text = String::new();
            write!(text, "{config:?} {config:#?} {}", config.key).expect("a String takes it");
            stage.live(&config);
            black_box((&text, config.port, config.token, config.card));
        })
    },
    ours("plain field under redact(zeroize)", |stage| {
        let login = Login {
            password: stage.text(SPACIOUS),
        };
        stage.live(&login.password);
    }),
    ours("handed to another thread and dropped there", |stage| {
        let key = secret(stage);
        stage.live(&key);
        thread::spawn(move || {
            assert!(black_box(&key).expose_secret().len() == LENGTH);
        })
        .join()
        .expect("the thread");
    }),
    ours("made in another thread", |stage| {
        let key = thread::scope(|scope| scope.spawn(|| secret(stage)).join()).expect("the thread");
        stage.live(&key);
    }),
    ours("into secrecy and back", |stage| {
        let key: secrecy::SecretString = secret(stage).into();
        let key = SecretString::from(key);
        stage.live(&key);
    }),
];
