//! No freed block of the heap holds a piece of a secret, under an allocator that looks at every block it is given
//! back and moves a block whenever it is resized.
#![allow(
    unsafe_code,
    reason = "looking at freed memory takes an allocator of one's own"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use secret_core::{Redact, Secret, SecretBytes, SecretString};
use serde::Deserialize;

const CANARY: &str = "correct-horse-battery-staple-quagmire";

/// A surviving run of so many bytes counts as a leak.
const RUN: usize = 8;

/// Freed blocks in which a run of the canary was found.
static FOUND: AtomicUsize = AtomicUsize::new(0);

/// Zeroes what it hands out, so that every byte of a block may be read when it comes back.
struct Spy;

// SAFETY: every call is forwarded to the system allocator with the layout it came with, and the block is only read
// before it is given back. `realloc` is the provided one, which allocates, copies and frees.
unsafe impl GlobalAlloc for Spy {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise about `layout` is the one that is needed.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block is live until the next statement, and all of it is initialised since `alloc` zeroed it.
        let bytes = unsafe { std::slice::from_raw_parts(block, layout.size()) };
        if holds_canary(bytes) {
            FOUND.fetch_add(1, Ordering::SeqCst);
        }
        // SAFETY: the block came from `alloc` with this layout.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static SPY: Spy = Spy;

fn holds_canary(block: &[u8]) -> bool {
    block
        .windows(RUN)
        .any(|seen| CANARY.as_bytes().windows(RUN).any(|run| run == seen))
}

/// The canary in a `String` of the given capacity.
fn text(capacity: usize) -> String {
    let mut text = String::with_capacity(capacity);
    text.push_str(CANARY);
    text
}

fn secret() -> SecretString {
    SecretString::from(text(CANARY.len()))
}

/// Plain fields that `#[redact(zeroize)]` wipes.
#[derive(Redact)]
#[redact(zeroize)]
struct Session {
    #[redact]
    text: String,
    #[redact(first = 1)]
    masked: Option<String>,
    #[redact]
    bytes: Vec<u8>,
    #[redact]
    list: Vec<String>,
    #[redact]
    array: [u8; 16],
    #[redact]
    secret: SecretString,
}

#[derive(Redact)]
#[redact(zeroize, all)]
enum Login {
    Guest,
    Password {
        text: String,
        bytes: Option<Box<[u8]>>,
    },
}

/// As `Session`, without being wiped.
#[derive(Redact)]
#[allow(dead_code, reason = "only dropped")]
struct Unwiped {
    #[redact]
    text: String,
}

fn session() -> Session {
    let mut array = [0; 16];
    array.copy_from_slice(&CANARY.as_bytes()[..16]);
    let mut shortened = text(256);
    shortened.truncate(1);
    Session {
        text: text(256),
        masked: Some(shortened),
        bytes: text(256).into_bytes(),
        list: vec![text(256), text(CANARY.len())],
        array,
        secret: secret(),
    }
}

#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Array(#[serde(with = "secret_core::serde::array")] Secret<[u8; 16]>);

#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Base64(#[serde(with = "secret_core::serde::base64")] Secret<[u8; 16]>);

/// A deserializer that hands over bytes it owns, whatever it is asked for.
struct OwnedBytes(Vec<u8>);

impl<'de> serde::Deserializer<'de> for OwnedBytes {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_byte_buf(self.0)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// An error that quotes the secret piece by piece and keeps no copy.
struct Quoting;

impl std::fmt::Display for Quoting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        CANARY.chars().try_for_each(|part| write!(f, "{part}"))
    }
}

const SCENARIOS: &[(&str, fn())] = &[
    ("exact string", || drop(black_box(secret()))),
    ("string with spare capacity", || {
        drop(black_box(SecretString::from(text(4096))));
    }),
    ("bytes with spare capacity", || {
        drop(black_box(SecretBytes::from(text(4096).into_bytes())));
    }),
    ("boxed string", || {
        drop(black_box(Secret::<String>::new(Box::new(text(4096)))));
    }),
    ("clone", || drop(black_box(secret().clone()))),
    ("overwrite", || {
        let mut key = secret();
        black_box(&key);
        key = secret();
        black_box(&key);
    }),
    ("growth of a vector of secrets", || {
        let keys: Vec<_> = (0..100).map(|_| secret()).collect();
        black_box(&keys);
    }),
    ("growth of a vector of arrays", || {
        let mut keys = Vec::new();
        for _ in 0..100 {
            keys.push(Secret::<[u8; 16]>::init_with_mut(|mut key| {
                key.copy_from_slice(&CANARY.as_bytes()[..16]);
            }));
        }
        black_box(&keys);
    }),
    ("growth through ExposedMut, text", || {
        let mut key = Secret::<String>::init_with_mut(|_| ());
        for character in CANARY.chars() {
            key.expose_secret_mut().push(character);
        }
        for _ in 0..10 {
            key.expose_secret_mut().push_str(CANARY);
        }
        key.expose_secret_mut().clear();
        black_box(&key);
    }),
    ("growth during construction", || {
        let key = Secret::<String>::init_with_mut(|mut key| {
            for _ in 0..10 {
                key.push_str(CANARY);
            }
        });
        drop(black_box(key));
        let key = Secret::<Vec<u8>>::init_with_mut(|mut key| {
            for _ in 0..10 {
                key.extend_from_slice(CANARY.as_bytes());
            }
        });
        drop(black_box(key));
    }),
    ("growth through ExposedMut, bytes", || {
        let mut key = Secret::<Vec<u8>>::init_with_mut(|_| ());
        for _ in 0..10 {
            key.expose_secret_mut().extend_from_slice(CANARY.as_bytes());
        }
        drop(black_box(SecretBytes::from(key)));
    }),
    ("map", || {
        let part: SecretString = secret().map(|key| String::from(&key[4..]));
        black_box(&part);
    }),
    ("map to a string with spare capacity", || {
        let copy: SecretString = secret().map(|key| {
            let mut copy = text(4096);
            copy.push_str(&key);
            copy
        });
        black_box(&copy);
    }),
    ("panic during map", || {
        let result = catch_unwind(|| {
            let _: SecretString = secret().map(|key| -> String {
                black_box(&*key);
                std::panic::resume_unwind(Box::new(()))
            });
        });
        assert!(result.is_err());
    }),
    ("failed map", || {
        let number = secret().try_map::<u16, _, _>(|key| key.parse::<u16>().map(Box::new));
        assert!(black_box(number).is_err());
    }),
    ("bytes that are not text", || {
        let mut bytes = text(4096).into_bytes();
        bytes.push(0xff);
        assert!(black_box(SecretString::try_from(bytes)).is_err());
    }),
    ("failed construction", || {
        let key = Secret::<[u8; 16]>::try_init_with_mut(|mut key| {
            key.copy_from_slice(&CANARY.as_bytes()[..16]);
            Err::<(), ()>(())
        });
        assert!(black_box(key).is_err());
    }),
    ("panic during construction", || {
        let result = catch_unwind(|| {
            Secret::<[u8; 16]>::init_with_mut(|mut key| {
                key.copy_from_slice(&CANARY.as_bytes()[..16]);
                std::panic::resume_unwind(Box::new(()));
            })
        });
        assert!(result.is_err());
    }),
    ("panic while in use", || {
        let key = secret();
        let result = catch_unwind(AssertUnwindSafe(move || {
            black_box(&key);
            std::panic::resume_unwind(Box::new(()));
        }));
        assert!(result.is_err());
    }),
    ("JSON text", || {
        let key: SecretString =
            serde_json::from_str("\"correct-horse-battery\"").expect("valid JSON");
        drop(black_box(key));
    }),
    ("marked fields of a struct", || {
        drop(black_box(Box::new(session())));
    }),
    ("marked fields of an enum", || {
        drop(black_box(Login::Guest));
        drop(black_box(Login::Password {
            text: text(4096),
            bytes: Some(text(CANARY.len()).into_bytes().into_boxed_slice()),
        }));
    }),
    ("marked fields and a panic", || {
        let result = catch_unwind(|| {
            let _session = black_box(session());
            std::panic::resume_unwind(Box::new(()));
        });
        assert!(result.is_err());
    }),
    ("JSON list into an array", || {
        let array: Array =
            serde_json::from_str("[99,111,114,114,101,99,116,45,104,111,114,115,101,45,98,97]")
                .expect("sixteen numbers");
        assert!(array.0.expose_secret().starts_with(b"correct-horse"));
        black_box(&array.0);
    }),
    ("base64 text into an array", || {
        let array: Base64 =
            serde_json::from_str("\"Y29ycmVjdC1ob3JzZS1iYQ==\"").expect("sixteen bytes");
        assert!(array.0.expose_secret().starts_with(b"correct-horse"));
        black_box(&array.0);
    }),
    ("base64 text of another length", || {
        let longer = "\"Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5\"";
        assert!(black_box(serde_json::from_str::<Base64>(longer)).is_err());
    }),
    ("base64 text with a fault at its end", || {
        let faulty = "\"Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5!!!!\"";
        assert!(black_box(serde_json::from_str::<Base64>(faulty)).is_err());
    }),
    ("owned bytes that a deserializer hands over", || {
        let key = SecretBytes::deserialize(OwnedBytes(text(4096).into_bytes()));
        drop(black_box(key).expect("bytes"));
        let number = Secret::<u16>::deserialize(OwnedBytes(text(4096).into_bytes()));
        assert!(black_box(number).is_err());
    }),
    ("error that quotes the secret", || {
        let error = secret_core::serde::quiet(Err::<(), _>(Quoting));
        assert!(black_box(error).is_err());
    }),
    ("into secrecy", || {
        let key: secret_core::secrecy::SecretString = secret().into();
        drop(black_box(key));
    }),
];

/// No test of the harness, whose threads would count too.
fn main() {
    drop(black_box(text(CANARY.len())));
    assert_eq!(
        FOUND.swap(0, Ordering::SeqCst),
        1,
        "control: a plain string is found when it is freed"
    );
    drop(black_box(Unwiped {
        text: text(CANARY.len()),
    }));
    assert_eq!(
        FOUND.swap(0, Ordering::SeqCst),
        1,
        "control: a marked field is found when nothing wipes it"
    );
    for (name, scenario) in SCENARIOS {
        scenario();
        let found = FOUND.swap(0, Ordering::SeqCst);
        println!("{name}: {found} freed blocks with a run of {RUN} secret bytes");
        assert_eq!(found, 0, "{name}");
    }
    println!("test result: {} passed; 0 failed", SCENARIOS.len());
}
