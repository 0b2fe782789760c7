//! Calling cargo.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::Result;

/// The root of this workspace.
pub(crate) fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// The target folder of this workspace.
pub(crate) fn target() -> Result<PathBuf> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let target = program.parent().and_then(Path::parent);
    target
        .map(Path::to_owned)
        .ok_or("there is no target folder".to_owned())
}

/// A folder for what the benchmarks make, inside the target folder.
pub(crate) fn scratch(name: &str) -> Result<PathBuf> {
    Ok(target()?.join("benches").join(name))
}

/// Runs cargo without the network and without incremental builds; returns how long it took and what it printed.
pub(crate) fn run(folder: &Path, target: &Path, arguments: &[&str]) -> Result<(Duration, String)> {
    run_in(&[], folder, target, arguments)
}

/// The same with these variables in its environment.
pub(crate) fn run_in(
    environment: &[(&str, &str)],
    folder: &Path,
    target: &Path,
    arguments: &[&str],
) -> Result<(Duration, String)> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let start = Instant::now();
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .envs(environment.iter().copied())
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TERM_QUIET", "true")
        .output()
        .map_err(|error| format!("cargo could not be started: {error}"))?;
    let time = start.elapsed();
    if output.status.success() {
        Ok((time, String::from_utf8_lossy(&output.stdout).into_owned()))
    } else {
        let text = String::from_utf8_lossy(&output.stderr);
        Err(format!("cargo {} failed:\n{text}", arguments.join(" ")))
    }
}
