//! Runs a second rustc, and reads the MIR that it prints.

use std::{
    collections::HashSet,
    ffi::OsStr,
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
    thread::{self, JoinHandle},
};

use anyhow::{Context, Error, Result, anyhow, bail};

use super::{
    cost::{Clock, Counted, Reading},
    guard::guarded,
    invocation::Invocation,
};
use crate::mir::{self, parse};

/// What Linux lets a pipe hold.
const PIPE: usize = 1 << 16;

/// What the main thread of a program has: types nest in types, which the parser follows.
const STACK: usize = 8 << 20;

/// A rustc that prints the MIR of a crate, which is read meanwhile. Dropped, it is ended.
///
/// It runs beside the rustc that cargo asked for. Both read the same sources and dependencies, which are there when cargo starts
/// the wrapper, and this one writes no files.
pub(super) struct Printing {
    rustc: Running,
    crate_name: String,
    parser: JoinHandle<Parsed>,
    errors: JoinHandle<String>,
}

struct Parsed {
    bodies: Result<mir::Crate>,
    bytes: u64,
    printed: usize,
    seconds: f64,
}

impl Printing {
    /// `RUSTC_BOOTSTRAP` lets a stable rustc print it; only this process has it, never the build and its build scripts.
    pub(super) fn start(rustc: &OsStr, invocation: &Invocation) -> Result<Self> {
        let child = Command::new(rustc)
            .args(invocation.printing_mir())
            .env("RUSTC_BOOTSTRAP", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot run {}", rustc.display()))?;
        let mut rustc = Running(child);
        let stdout = rustc.0.stdout.take().context("rustc has no output")?;
        let mut stderr = rustc.0.stderr.take().context("rustc has no error output")?;
        let errors = thread::spawn(move || {
            let mut text = Vec::new();
            // What rustc says is only shown where it fails.
            let _ = stderr.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        });
        let parser = thread::Builder::new().stack_size(STACK).spawn(move || {
            let clock = Clock::of_thread();
            let mut text = Counted::new(BufReader::with_capacity(PIPE, stdout));
            let bodies = checked(&mut text);
            Parsed {
                bodies,
                bytes: text.bytes,
                printed: text.bodies,
                seconds: clock.seconds(),
            }
        })?;
        Ok(Self {
            rustc,
            crate_name: invocation.crate_name().unwrap_or_default().to_owned(),
            parser,
            errors,
        })
    }

    /// The typed MIR of the crate, and what it took to read.
    pub(super) fn finish(mut self) -> Result<(mir::Crate, Reading)> {
        let parsed = self.parser.join();
        let errors = self.errors.join().unwrap_or_default();
        // No other child ends meanwhile.
        let children = Clock::of_children();
        let status = self.rustc.0.wait()?;
        if !status.success() {
            bail!("rustc cannot print the crate's MIR: {}", errors.trim());
        }
        let parsed = parsed.map_err(|_| anyhow!("cannot read what rustc prints"))?;
        let mut bodies = parsed.bodies?;
        bodies.name = self.crate_name;
        let reading = Reading {
            bytes: parsed.bytes,
            printed: parsed.printed,
            read: fully_read(&bodies),
            rustc: children.seconds(),
            parse: parsed.seconds,
            ..Reading::default()
        };
        Ok((bodies, reading))
    }
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Where it has ended, this does nothing.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn printing(script: &str) -> Result<Printing> {
        let invocation = Invocation::new(["-c", script].map(Into::into))?;
        Printing::start(OsStr::new("sh"), &invocation)
    }

    #[test]
    fn a_rustc_that_nobody_needs_is_ended() {
        let printing = printing("exec sleep 600").unwrap();
        let process = printing.rustc.0.id().to_string();
        drop(printing);
        let asked = Command::new("sh")
            .args(["-c", "kill -0 $0 2>&1", &process])
            .output();
        assert!(!asked.unwrap().status.success());
    }

    #[test]
    fn what_rustc_says_is_told_where_it_fails() {
        let printing = printing("echo no such crate >&2; exit 1").unwrap();
        let said = printing.finish();
        let said = said.unwrap_err().to_string();
        assert_eq!(said, "rustc cannot print the crate's MIR: no such crate");
    }
}
