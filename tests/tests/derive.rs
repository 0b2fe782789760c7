//! What `#[derive(Redact)]` prints, against std's own `Debug` and with a canary in every secret field.
#![allow(
    dead_code,
    reason = "most fields are read by `Debug` alone, which does not count"
)]

use std::collections::HashMap;
use std::fmt;

use secret_core::{Redact, Secret, SecretString};

const CANARY: &str = "hunter2-correct-horse";

fn canary() -> String {
    String::from(CANARY)
}

/// Asserts the exact output, and that neither it nor the pretty one holds the canary.
#[track_caller]
fn assert_shows(value: &impl fmt::Debug, expected: &str) {
    assert_eq!(format!("{value:?}"), expected);
    assert!(!format!("{value:#?}").contains(CANARY));
}

/// The same definition under both derives.
macro_rules! both {
    ($($item:item)*) => {
        mod plain { $(#[derive(Debug)] $item)* }
        mod redacting { $(#[derive(secret_core::Redact)] $item)* }
    };
}

both! {
    pub(super) struct Named { pub(super) port: u16, pub(super) r#type: Option<u8>, pub(super) ratio: f64 }
    pub(super) struct Tuple(pub(super) u32, pub(super) bool);
    pub(super) struct Unit;
    pub(super) struct Empty {}
    pub(super) enum Choice { Unit, Tuple(u8, char), Named { first: i64 } }
    pub(super) struct Generic<'a, T, const N: usize> { pub(super) items: [T; N], pub(super) one: &'a T }
}

#[test]
fn safe_fields_look_as_with_std() {
    macro_rules! assert_same {
        ($($value:tt)*) => {{
            let plain = { use plain::*; $($value)* };
            let redacting = { use redacting::*; $($value)* };
            assert_eq!(format!("{redacting:?}"), format!("{plain:?}"));
            assert_eq!(format!("{redacting:#?}"), format!("{plain:#?}"));
            assert_eq!(format!("{redacting:08?}"), format!("{plain:08?}"));
        }};
    }
    assert_same!(Named {
        port: 80,
        r#type: Some(1),
        ratio: 0.5
    });
    assert_same!(Tuple(7, true));
    assert_same!(Unit);
    assert_same!(Empty {});
    assert_same!(Choice::Unit);
    assert_same!(Choice::Tuple(1, 'x'));
    assert_same!(Choice::Named { first: -1 });
    assert_same!(Generic {
        items: [1_u32, 2],
        one: &3
    });
}

fn domain_only(value: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(value.split('/').next().unwrap_or_default())
}

#[derive(Redact)]
struct Marked {
    #[redact]
    cookie: String,
    #[redact]
    spare: Option<String>,
    #[redact]
    backups: Vec<String>,
    #[redact]
    headers: HashMap<String, String>,
    #[redact(first = 2, last = 4)]
    card: String,
    #[redact(fixed = 8)]
    pin: String,
    #[redact(email)]
    mail: String,
    #[redact(url)]
    dsn: String,
    #[redact(with = domain_only)]
    page: &'static str,
    #[redact(safe)]
    host: String,
    api_key: SecretString,
    old_tokens: Vec<SecretString>,
}

#[test]
fn every_mark_hides_its_field() {
    let marked = Marked {
        cookie: canary(),
        spare: Some(canary()),
        backups: vec![canary(), canary()],
        headers: HashMap::from([(canary(), canary())]),
        card: String::from("4111111111111234"),
        pin: canary(),
        mail: format!("{CANARY}@example.com"),
        dsn: format!("postgres://app:{CANARY}@db:5432/app"),
        page: "example.com/hunter2-correct-horse",
        host: String::from("localhost"),
        api_key: canary().into(),
        old_tokens: vec![canary().into()],
    };
    assert_shows(
        &marked,
        "Marked { cookie: [REDACTED], spare: Some([REDACTED]), backups: [[REDACTED], [REDACTED]], \
         headers: {[REDACTED]: [REDACTED]}, card: 41[REDACTED]1234, pin: ********, \
         mail: h[REDACTED]@example.com, dsn: postgres://app:[REDACTED]@db:5432/app, page: example.com, \
         host: \"localhost\", api_key: [REDACTED], old_tokens: [[REDACTED]] }",
    );
}

#[derive(Redact)]
#[redact(all)]
struct Everything {
    name: String,
    #[redact(safe)]
    shown: u32,
}

#[derive(Redact)]
#[redact(default = safe)]
struct Relaxed {
    name: String,
    password: Secret<String>,
}

#[derive(Redact)]
#[redact(variant)]
#[allow(dead_code, reason = "only one variant is made")]
enum Login {
    Password(String),
    Token { value: String },
}

#[derive(Redact)]
struct Nested<T> {
    inner: Relaxed,
    generic: Option<T>,
    next: Option<Box<Nested<T>>>,
}

#[test]
fn options_of_the_type_hold() {
    let relaxed = || Relaxed {
        name: String::from("app"),
        password: Secret::new(Box::new(canary())),
    };
    assert_shows(
        &Everything {
            name: canary(),
            shown: 1,
        },
        "Everything { name: [REDACTED], shown: 1 }",
    );
    assert_shows(
        &relaxed(),
        "Relaxed { name: \"app\", password: [REDACTED] }",
    );
    assert_shows(&Login::Password(canary()), "Login([REDACTED])");
    assert_shows(
        &Nested {
            inner: relaxed(),
            generic: Some(SecretString::from(canary())),
            next: None,
        },
        "Nested { inner: Relaxed { name: \"app\", password: [REDACTED] }, generic: Some([REDACTED]), next: None }",
    );
}

mod hostile {
    //! Local names that must not get in the way of the expansion.
    #![allow(dead_code, reason = "the names are the test")]
    mod core {}
    mod std {}
    mod fmt {}
    struct Debug;
    struct Option;
    type Result = ();

    #[derive(secret_core::Redact)]
    pub(super) struct Config {
        pub(super) formatter: u16,
        #[redact]
        pub(super) f: &'static str,
    }
}

#[test]
fn the_expansion_is_hygienic() {
    assert_shows(
        &hostile::Config {
            formatter: 1,
            f: CANARY,
        },
        "Config { formatter: 1, f: [REDACTED] }",
    );
}

/// What comes out of a macro is grouped, and must be read like what is written out.
macro_rules! assembled {
    ($(#[$on_type:meta])* $visibility:vis $name:ident, $(#[$on_field:meta])* $field_visibility:vis $ty:ty) => {
        #[derive(Redact)]
        $(#[$on_type])*
        $visibility struct $name(
            $(#[$on_field])* $field_visibility $ty,
            $field_visibility $ty,
            pub(crate) Option<fn(u8, u16) -> u32>,
            pub (u32, u16),
        );
    };
}

assembled!(#[redact(default = safe)] pub(crate) Assembled, #[redact(first = 1)] #[doc = "a"] pub(self) String);
assembled!(
    #[redact(all)]
    Hidden,
    #[redact(fixed = 2)]
    String
);

#[test]
fn what_a_macro_puts_together_is_read_as_if_written_out() {
    let assembled = Assembled(canary(), String::from("shown"), None, (1, 2));
    assert_shows(
        &assembled,
        r#"Assembled(h[REDACTED], "shown", None, (1, 2))"#,
    );
    let hidden = Hidden(canary(), canary(), None, (1, 2));
    assert_shows(&hidden, "Hidden(**, [REDACTED], None, [REDACTED])");
}

/// Signs of comparison and arrows among the types, bounds and discriminants.
mod signs {
    use super::Redact;

    const fn sum<const A: isize, const B: isize>() -> isize {
        A + B
    }

    #[derive(Redact)]
    pub(super) enum Discriminant {
        Shifted = 1 << 4,
        Compared = (1 > 2) as isize,
        Called = sum::<1, 2>(),
        Last,
    }

    #[derive(Redact)]
    pub(super) struct Bounded<T, F: Fn(u8) -> Option<T>, const N: usize = { 2 >> 1 }>
    where
        F: Clone,
        [u8; N]: Sized,
    {
        pub(super) value: T,
        #[redact]
        pub(super) function: F,
        pub(super) numbers: [u16; N],
    }

    #[derive(Redact)]
    pub(super) struct Tuple<T>(pub(in crate::signs) T, pub(super) u16)
    where
        T: Iterator<Item: Copy>,
        <T as Iterator>::Item: Send;
}

#[test]
fn angle_brackets_are_told_from_signs() {
    use signs::{Bounded, Discriminant};
    for (value, name) in [
        (Discriminant::Shifted, "Shifted"),
        (Discriminant::Compared, "Compared"),
        (Discriminant::Called, "Called"),
        (Discriminant::Last, "Last"),
    ] {
        assert_shows(&value, name);
    }
    let bounded = Bounded::<_, _, 2> {
        value: 1_u16,
        function: |_| None,
        numbers: [1, 2],
    };
    assert_shows(
        &bounded,
        "Bounded { value: 1, function: [REDACTED], numbers: [1, 2] }",
    );
}
