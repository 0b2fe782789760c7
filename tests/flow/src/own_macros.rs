//! macro_rules! that log, nest, or build text.

use secrecy::{ExposeSecret, SecretString};

macro_rules! say {
    ($($text:tt)*) => {
        println!("[flow] {}", format_args!($($text)*)) // alt=say //~ ANY
    };
}

macro_rules! trace_value {
    ($value:expr) => {
        log::trace!("{} = {:?}", stringify!($value), $value) // alt=value //~ ANY
    };
}

macro_rules! length {
    ($value:expr) => {
        $value.len()
    };
}

macro_rules! fields {
    ($name:ident, $($field:ident),*) => {
        struct $name {
            $($field: String),*
        }
        impl $name {
            fn show(&self) {
                $(println!("{}", self.$field);)* // alt=fields //~ ANY
            }
        }
    };
}

fields!(Pair, one, two); // alt=fields //~ ANY

pub fn leak_through_a_macro(s: &SecretString) {
    say!("using {}", s.expose_secret()); // id=say //~ LEAK secret_in_log
    let text = s.expose_secret();
    say!("{text}"); // id=say //~ LEAK secret_in_log
    say!("hello"); //~ OK
}

pub fn leak_traced(s: &SecretString) {
    trace_value!(s.expose_secret()); // id=value //~ LEAK secret_in_log
}

pub fn leak_generated(s: &SecretString) {
    Pair { one: s.expose_secret().into(), two: "public".into() }.show(); // id=fields //~ LEAK secret_in_log
}

pub fn leak_nested(s: &SecretString) {
    macro_rules! twice {
        ($text:expr) => {{
            say!("{}", $text); // alt=say //~ ANY
            $text
        }};
    }
    let kept = twice!(s.expose_secret()); // id=say //~ LEAK secret_in_log
    eprintln!("{}", concat!("kept ", "it")); //~ OK
}

pub fn ok_macros(s: &SecretString) {
    say!("{s:?}"); //~ OK
    say!("{}", length!(s.expose_secret())); //~ OK
    trace_value!(length!(s.expose_secret())); //~ OK
    println!("{}", stringify!(s.expose_secret())); //~ OK
    println!("{}:{}", file!(), line!()); //~ OK
}
