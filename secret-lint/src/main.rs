//! The `cargo-secret-lint` binary, both the command and the wrapper that cargo runs in front of rustc.
//!
//! Who calls whom, for `cargo secret-lint`:
//!
//! ```text
//! main > driver::main > driver::check     the command: reads the options (driver::options)
//!          driver::cargo                  `cargo check` with this binary as RUSTC_WORKSPACE_WRAPPER
//!            main > driver::wrapper       once for each crate of the workspace
//!              rustc                      as cargo asked for it
//!              rustc -Zunpretty=mir       driver::invocation makes the command, driver::bodies reads what it prints
//!              driver::record             beside the crate's own .rmeta file
//!          driver::record                 all crates are read again
//!          driver::findings               whole program, or what was found before for the same input
//!          driver::texts                  literals in the crates' sources, files that git tracks
//! ```
//!
//! Where `secret-lint setup` made it the wrapper of every build, cargo starts `driver::wrapper` without the command,
//! and it looks for flows itself, in the crate and the workspace crates that it depends on.

use std::process::ExitCode;

fn main() -> ExitCode {
    secret_lint::driver::main()
}
