//! What the check costs, for those who measure it: `--timings FILE`.
//!
//! Times are those of processors, which other work on the machine does not lengthen; where the system does not tell them,
//! they are those of the clock.

use std::{
    fs,
    io::{self, BufRead, Read},
    path::{Path, PathBuf},
    process,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::record::write_at_once;

/// What it took to read the MIR of a crate. It is written beside the record and not into it: what was found before is known
/// by the record, and no two runs take the same time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Reading {
    /// How much rustc printed.
    pub(super) bytes: u64,
    /// The functions, constants and statics that it printed, by the lines that they begin with.
    pub(super) printed: usize,
    /// Those of which every line was understood.
    pub(super) read: usize,
    /// What rustc took to print them, in seconds.
    pub(super) rustc: f64,
    /// What the parser took.
    pub(super) parse: f64,
    /// What it took to write them down.
    pub(super) write: f64,
    /// The most memory that the wrapper had, in bytes; rustc is a process of its own.
    pub(super) peak_memory: Option<u64>,
}

impl Reading {
    pub(super) fn write_beside(&self, record: &Path) -> Result<()> {
        write_at_once(&path(record), &serde_json::to_vec(self)?)
    }

    fn read_beside(record: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(path(record)).ok()?).ok()
    }
}

fn path(record: &Path) -> PathBuf {
    record.with_extension("cost")
}

/// What the command took, in seconds, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(super) struct Cost {
    /// What cargo took by the clock, with all that it ran.
    pub(super) cargo: f64,
    /// The bodies read back from the records.
    pub(super) load: f64,
    /// The analysis.
    pub(super) analysis: f64,
    /// How many findings there are, before comments and the baseline take some out.
    pub(super) findings: usize,
    /// What could not be checked.
    pub(super) not_checked: usize,
}

/// Writes what everything took to `file`. The crates' part is from when they were last compiled.
pub(super) fn write<'a>(
    file: &Path,
    cost: &Cost,
    records: impl Iterator<Item = (&'a str, &'a Path)>,
) -> Result<()> {
    let crates: Vec<_> = records
        .filter_map(|(name, record)| {
            let reading = Reading::read_beside(record)?;
            Some(serde_json::json!({"name": name, "reading": reading}))
        })
        .collect();
    let all = serde_json::json!({
        "command": cost,
        "peak_memory": peak_memory(),
        "crates": crates,
    });
    fs::write(file, format!("{all:#}\n"))
        .with_context(|| format!("cannot write {}", file.display()))
}

/// Measures what the thread does, or what ended child processes did.
pub(super) struct Clock {
    began: Instant,
    before: Option<Duration>,
    now: fn() -> Option<Duration>,
}

impl Clock {
    /// What this thread does from now on.
    pub(super) fn of_thread() -> Self {
        Self::new(thread_time)
    }

    /// What the child processes do that end from now on.
    pub(super) fn of_children() -> Self {
        Self::new(children_time)
    }

    fn new(now: fn() -> Option<Duration>) -> Self {
        Self {
            began: Instant::now(),
            before: now(),
            now,
        }
    }

    /// In seconds.
    pub(super) fn seconds(&self) -> f64 {
        let used = self
            .before
            .zip((self.now)())
            .and_then(|(before, now)| now.checked_sub(before));
        used.unwrap_or_else(|| self.began.elapsed()).as_secs_f64()
    }
}

/// Linux tells it to the nanosecond.
fn thread_time() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(
        text.split_whitespace().next()?.parse().ok()?,
    ))
}

/// In ticks, of which Linux shows a hundred a second on every machine.
fn children_time() -> Option<Duration> {
    const MILLISECONDS: u64 = 10;
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program stands in brackets and may hold spaces.
    let (_, numbers) = text.rsplit_once(") ")?;
    let mut numbers = numbers.split_whitespace().skip(13).map(str::parse::<u64>);
    let ticks = numbers.next()?.ok()? + numbers.next()?.ok()?;
    Some(Duration::from_millis(ticks * MILLISECONDS))
}

/// Of this process, in bytes.
pub(super) fn peak_memory() -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{}/status", process::id())).ok()?;
    let kilobytes = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(
        1024 * kilobytes
            .trim()
            .strip_suffix(" kB")?
            .trim()
            .parse::<u64>()
            .ok()?,
    )
}

/// Counts what goes through it by the look of single lines, independently of the parser.
pub(super) struct Counted<R> {
    inner: R,
    pub(super) bytes: u64,
    /// Bodies.
    pub(super) bodies: usize,
}

impl<R> Counted<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            bytes: 0,
            bodies: 0,
        }
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

/// The parser reads by lines, and so are they counted.
impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
    }

    fn read_until(&mut self, end: u8, text: &mut Vec<u8>) -> io::Result<usize> {
        let length = self.inner.read_until(end, text)?;
        self.bytes += length as u64;
        if begins_body(&text[text.len() - length..]) {
            self.bodies += 1;
        }
        Ok(length)
    }
}

/// Whether a line is a header such as `fn f() -> () {`, or a constant on one line. The footers show allocations.
fn begins_body(line: &[u8]) -> bool {
    if matches!(line.first(), None | Some(b' ' | b'}' | b'/' | b'|' | b'\n')) {
        return false;
    }
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    !line.starts_with(b"alloc") && (line.ends_with(b" {") || line.ends_with(b";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_counted_by_their_first_lines() {
        let text = b"// a comment\n\nconst A: u8 = const 1_u8;\n\nfn f() -> () {\n    let mut _0: ();\n\n    bb0: {\n        return;\n    }\n}\n\nalloc1 (size: 1, align: 1) {\n    61 \xe2\x94\x82 a\n}\n";
        let mut counted = Counted::new(&text[..]);
        let krate = crate::mir::parse::read(&mut counted).unwrap();
        assert_eq!((counted.bodies, counted.bytes), (2, text.len() as u64));
        assert_eq!(krate.bodies.len(), 2);
    }

    #[test]
    fn a_clock_runs() {
        for clock in [Clock::of_thread(), Clock::of_children()] {
            assert!((0.0..60.0).contains(&clock.seconds()));
        }
    }
}
