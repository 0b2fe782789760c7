//! Measures all scenarios and prints the table; the programs that it runs lie beside it.

use std::process::ExitCode;

fn main() -> ExitCode {
    secret_residue::measure()
}
