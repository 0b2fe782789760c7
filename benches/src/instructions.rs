//! Counting instructions with valgrind, which gives the same figure on a busy machine.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::{Result, cargo};

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

/// Instructions of the longest process of a cargo call, which is the compiler of what has changed.
pub(crate) fn of_cargo(folder: &Path, target: &Path, arguments: &[&str]) -> Result<f64> {
    let logs = cargo::scratch("instructions")?;
    // What an earlier run left would be counted too; there may be nothing.
    let _ = fs::remove_dir_all(&logs);
    fs::create_dir_all(&logs).map_err(|error| error.to_string())?;
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let (program, folder_of_logs) = (program.to_string_lossy(), logs.to_string_lossy());
    let environment = [
        ("RUSTC_WRAPPER", program.as_ref()),
        (LOGS, folder_of_logs.as_ref()),
    ];
    cargo::run_in(&environment, folder, target, arguments)?;
    let mut longest = 0.0_f64;
    for log in fs::read_dir(&logs).map_err(|error| error.to_string())? {
        let text = log
            .and_then(|log| fs::read_to_string(log.path()))
            .map_err(|error| error.to_string())?;
        let counts = text.lines().filter_map(|line| {
            let (_, count) = line.split_once("refs:")?;
            count.trim().replace(',', "").parse().ok()
        });
        longest = counts.fold(longest, f64::max);
    }
    if longest > 0.0 {
        Ok(longest)
    } else {
        Err("valgrind counted nothing of cargo".to_owned())
    }
}

/// Where [`stand_before_rustc`] writes its counts.
pub(crate) const LOGS: &str = "SECRET_BENCHES_LOG_DIR";

/// Runs what cargo calls, rustc and its arguments, under valgrind.
pub(crate) fn stand_before_rustc(logs: &OsStr) -> ExitCode {
    let log = Path::new(logs).join("%p");
    let status = Command::new("valgrind")
        .args([
            "--tool=cachegrind",
            "--cache-sim=no",
            "--trace-children=yes",
        ])
        .arg("--cachegrind-out-file=/dev/null")
        .arg(format!("--log-file={}", log.display()))
        .args(std::env::args_os().skip(1))
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
