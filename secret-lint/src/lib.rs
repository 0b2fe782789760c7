//! The flow check: follows exposed secrets through a program's MIR to where they are printed, logged or sent.
//!
//! Who calls whom: the `cargo-secret-lint` binary parses the command line and calls `driver`, which runs cargo with
//! itself as rustc's wrapper. For each crate of the workspace the wrapper asks rustc to print the crate's MIR and hands
//! the text to `mir::parse`. `analysis` follows the flows by what `model` says about sources, sinks and other people's
//! functions, and `report` shows what was found. `source` holds the
//! lints that read text and no MIR.

pub mod analysis;
pub mod driver;
pub mod mir;
pub mod model;
pub mod report;
pub mod source;
