//! Counting instructions with valgrind, which gives the same figure on a busy machine.

use std::process::Command;

use crate::Result;

/// Instructions of one call of a case: two runs that differ in the number of calls alone.
pub(crate) fn per_call(case: &str) -> Result<f64> {
    const FEW: u32 = 100;
    const MANY: u32 = 1100;
    let difference = collected(case, MANY)? - collected(case, FEW)?;
    Ok(difference / f64::from(MANY - FEW))
}

fn collected(case: &str, count: u32) -> Result<f64> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["case", case, &count.to_string()])
        .output()
        .map_err(|error| format!("valgrind could not be started: {error}"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    text.lines()
        .find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok())
        .ok_or_else(|| format!("valgrind counted nothing for `{case}`:\n{text}"))
}
