//! Runs rustc a second time, and reads the MIR that it prints.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
    thread,
};

use anyhow::{Context, Error, Result, bail};

use super::{guard::guarded, invocation::Invocation};
use crate::mir::{self, parse};

/// The typed MIR of the crate that `invocation` compiles.
///
/// `RUSTC_BOOTSTRAP` lets a stable rustc print it; only this process has it, never the build and its build scripts.
pub(super) fn of(rustc: &OsStr, invocation: &Invocation) -> Result<mir::Crate> {
    let mut child = Command::new(rustc)
        .args(invocation.printing_mir())
        .env("RUSTC_BOOTSTRAP", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", rustc.display()))?;
    let stdout = child.stdout.take().context("rustc has no output")?;
    let mut stderr = child.stderr.take().context("rustc has no error output")?;
    let errors = thread::spawn(move || {
        let mut text = Vec::new();
        // What rustc says is only shown where it fails.
        let _ = stderr.read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    });
    let read = checked(BufReader::new(stdout));
    let status = child.wait()?;
    let errors = errors.join().unwrap_or_default();
    if !status.success() {
        bail!("rustc cannot print the crate's MIR: {}", errors.trim());
    }
    let mut bodies = read?;
    invocation
        .crate_name()
        .unwrap_or_default()
        .clone_into(&mut bodies.name);
    Ok(bodies)
}

/// Hands the text to the parser; a panic there is an error of this crate only.
fn checked(text: impl BufRead) -> Result<mir::Crate> {
    guarded(|| parse::read(text))
        .map_err(Error::msg)?
        .context("cannot read what rustc prints")
}
