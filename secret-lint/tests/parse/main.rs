//! The parser of MIR text: construct by construct, by printing and reading again, on damaged text, and on what the
//! installed rustc prints.

mod constructs;
mod damage;
mod print;
mod property;
mod rustc;
