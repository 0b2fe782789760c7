//! Runs rustc a second time, and reads the MIR that it prints.

use std::{
    collections::HashSet,
    ffi::OsStr,
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
    thread,
};

use anyhow::{Context, Error, Result, bail};

use super::{
    cost::{Clock, Counted, Reading},
    guard::guarded,
    invocation::Invocation,
};
use crate::mir::{self, parse};

/// What Linux lets a pipe hold.
const PIPE: usize = 1 << 16;

/// The typed MIR of the crate that `invocation` compiles, and what it took to read.
///
/// `RUSTC_BOOTSTRAP` lets a stable rustc print it; only this process has it, never the build and its build scripts.
pub(super) fn of(rustc: &OsStr, invocation: &Invocation) -> Result<(mir::Crate, Reading)> {
    let children = Clock::of_children();
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
    let clock = Clock::of_thread();
    let mut text = Counted::new(BufReader::with_capacity(PIPE, stdout));
    let read = checked(&mut text);
    let parse = clock.seconds();
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
    let reading = Reading {
        bytes: text.bytes,
        printed: text.bodies,
        read: fully_read(&bodies),
        rustc: children.seconds(),
        parse,
        ..Reading::default()
    };
    Ok((bodies, reading))
}

/// How many bodies have no line that was not understood.
fn fully_read(bodies: &mir::Crate) -> usize {
    let unparsed = bodies.unparsed.iter();
    let incomplete: HashSet<_> = unparsed
        .filter_map(|unparsed| unparsed.body.as_deref())
        .collect();
    let is_complete = |body: &&mir::Body| !incomplete.contains(&*body.path);
    bodies.bodies.iter().filter(is_complete).count()
}

/// Hands the text to the parser; a panic there is an error of this crate only.
fn checked(text: impl BufRead) -> Result<mir::Crate> {
    guarded(|| parse::read(text))
        .map_err(Error::msg)?
        .context("cannot read what rustc prints")
}
