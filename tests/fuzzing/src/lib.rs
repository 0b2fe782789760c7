//! What must hold for every input: one function a fuzz target.
//!
//! `cargo fuzz` drives them from `fuzz` for as long as it is let, and `tests/bounded.rs` for some seconds as part of
//! `cargo test`.

mod config;
mod dotenv;
mod load;
mod mask;
mod mir;

pub use dotenv::dotenv;
pub use load::load;
pub use mask::mask;
pub use mir::mir;
