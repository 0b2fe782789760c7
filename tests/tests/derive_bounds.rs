//! What the derive asks of type parameters.
#![allow(dead_code, reason = "the types are the test")]

use std::fmt::Debug;
use std::marker::PhantomData;

use secret_core::zeroize::Zeroize;
use secret_core::{LogSafe, Redact, Redacted, Secret};

/// Has neither `Debug` nor `LogSafe`.
#[derive(Clone)]
struct Opaque;

impl Zeroize for Opaque {
    fn zeroize(&mut self) {}
}

trait Service {
    type Id;
    type Error;
}

impl Service for Opaque {
    type Id = u64;
    type Error = u32;
}

#[derive(Redact)]
struct Associated<S: Service> {
    id: S::Id,
    errors: Vec<Option<<S as Service>::Error>>,
}

#[derive(Redact)]
struct Inside<T: Zeroize, U> {
    key: Secret<T>,
    spare: Option<Secret<T>>,
    other: Redacted<U>,
    tag: PhantomData<U>,
}

#[derive(Redact)]
struct Hidden<T, U = Opaque> {
    #[redact]
    value: T,
    #[redact(with = nothing)]
    other: U,
}

fn nothing<T>(_: &T, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    f.write_str("-")
}

#[derive(Redact)]
struct Tree<T>
where
    T: Clone,
{
    value: T,
    children: Vec<Tree<T>>,
    parent: Option<Box<Tree<T>>>,
}

#[derive(Redact)]
struct Ping<T> {
    value: T,
    pong: Option<Box<Pong<T>>>,
}

#[derive(Redact)]
enum Pong<T> {
    End,
    Ping(Box<Ping<T>>),
}

#[derive(Redact)]
struct Masked<T, const N: usize> {
    #[redact(first = 1)]
    names: [T; N],
}

#[derive(Redact)]
#[redact(variant)]
enum HiddenVariant<T> {
    Only(T),
}

fn is_debug<T: Debug + LogSafe>() {}

#[test]
fn no_more_is_asked_than_needed() {
    is_debug::<Associated<Opaque>>();
    is_debug::<Inside<Opaque, Opaque>>();
    is_debug::<Hidden<Opaque>>();
    is_debug::<HiddenVariant<Opaque>>();
    is_debug::<Masked<String, 2>>();
}

#[test]
fn recursive_types_are_printed() {
    let tree = |value, children| Tree {
        value,
        children,
        parent: None,
    };
    assert_eq!(
        format!("{:?}", tree(1_u32, vec![tree(2, Vec::new())])),
        "Tree { value: 1, children: [Tree { value: 2, children: [], parent: None }], parent: None }"
    );
    let ping = Ping {
        value: 1_u16,
        pong: Some(Box::new(Pong::Ping(Box::new(Ping {
            value: 2,
            pong: Some(Box::new(Pong::End)),
        })))),
    };
    assert_eq!(
        format!("{ping:?}"),
        "Ping { value: 1, pong: Some(Ping(Ping { value: 2, pong: Some(End) })) }"
    );
}
