//! `cargo secret-lint` itself, as a program of this package: cargo builds it for this package's tests, so none of them starts a
//! build that replaces the program which another one runs.

use std::process::ExitCode;

fn main() -> ExitCode {
    secret_lint::driver::main()
}
