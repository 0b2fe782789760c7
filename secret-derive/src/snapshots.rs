//! What the derive writes, for review: each test is a type, its snapshot the code. Refresh them with
//! `INSTA_UPDATE=always cargo test -p secret-derive` and read the change.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{File, Item};

/// Asserts that the code for a type is that of the test's snapshot.
macro_rules! assert_code {
    ($($input:tt)*) => {
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(code_of(quote!($($input)*)));
        });
    };
}

fn code_of(input: TokenStream) -> String {
    let mut file: File = syn::parse2(crate::derive(input)).expect("the derive writes items");
    for item in &mut file.items {
        // The formatter leaves what stands in a macro as it is.
        if let Item::Macro(guarded) = item
            && guarded
                .mac
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == "__with_serde")
        {
            *item = syn::parse2(guarded.mac.tokens.clone()).expect("the macro guards an item");
        }
    }
    prettyplease::unparse(&file)
}

#[test]
fn named_struct() {
    assert_code! {
        struct Config {
            port: u16,
            api_key: SecretString,
            #[redact(safe)]
            host: String,
            #[redact]
            cookie: Option<String>,
            #[redact(first = 2, last = 4)]
            card: String,
            #[redact(fixed = 8)]
            pin: String,
            #[redact(email)]
            mail: String,
            #[redact(url)]
            dsn: String,
            #[redact(fingerprint)]
            token: String,
            #[redact(with = path::to::function)]
            other: Custom,
        }
    }
}

#[test]
fn tuple_struct() {
    assert_code! {
        #[redact(all)]
        pub struct Pair(#[redact(safe)] pub String, String);
    }
}

#[test]
fn enumeration() {
    assert_code! {
        #[redact(default = safe)]
        enum Login {
            Anonymous,
            #[redact]
            ByPassword(String, #[redact(safe)] u16),
            ByToken { r#type: String, token: SecretString },
        }
    }
}

#[test]
fn hidden_variant() {
    assert_code! {
        #[redact(variant)]
        enum Login {
            Anonymous,
            ByPassword(String),
        }
    }
}

#[test]
fn generics() {
    assert_code! {
        #[redact(crate = elsewhere::secret_core)]
        struct Page<'a, T: Iterator, K, const N: usize = 4>
        where
            T: Clone,
        {
            first: T::Item,
            keys: Vec<Secret<K>>,
            #[redact(safe)]
            name: &'a str,
            #[redact]
            cursor: T,
            counts: [u32; N],
            next: Option<Box<Page<'a, T, K, N>>>,
        }
    }
}

#[test]
fn display() {
    assert_code! {
        #[redact(display = "{user}:{password} on {port:>5}, {port:?}")]
        struct Login {
            #[redact(first = 1)]
            user: String,
            password: SecretString,
            port: u16,
        }
    }
}

#[test]
fn zeroize() {
    assert_code! {
        #[redact(zeroize)]
        struct Session {
            id: u64,
            #[redact]
            cookie: String,
        }
    }
}

#[test]
fn serialize() {
    assert_code! {
        #[redact(serialize)]
        #[serde(rename_all = "camelCase")]
        struct Config {
            port: u16,
            #[serde(rename = "key")]
            api_key: SecretString,
            #[redact(url)]
            #[serde(skip_serializing_if = "Option::is_none")]
            dsn: Option<String>,
        }
    }
}

#[test]
fn faulty_type() {
    assert_code! {
        #[redact(display = "{host}")]
        struct Config<T> {
            #[redact(safe, url)]
            host: String,
            #[redact(unknown)]
            port: T,
        }
    }
}
