//! Searching the memory of another process.

use std::collections::HashMap;
use std::fmt;
use std::fs::{self, File};
use std::ops::Range;
use std::os::unix::fs::FileExt;

use super::canary::Canary;

/// Bytes of the secret in a row that count as residue.
const RUN: usize = 8;

/// The search reads every fourth word of four bytes: wherever a run of eight lies, one of those is within it.
const WORD: usize = 4;

/// Size of a page in bytes on the machines where the test runs (x86-64, and aarch64 as distributions build it).
const PAGE: u64 = 4096;

/// Size of an entry of `/proc/PID/pagemap` in bytes.
const ENTRY: usize = size_of::<u64>();

/// Bits of an entry of `/proc/PID/pagemap`: the page is in memory, or swapped out (kernel documentation,
/// `admin-guide/mm/pagemap`). Neither means that nobody has written to it.
const RESIDENT: u64 = 0b11 << 62;

/// Mappings that the kernel provides and does not let be read through `/proc/PID/mem`.
const UNREADABLE: &[&str] = &["[vvar]", "[vvar_vclock]", "[vsyscall]"];

/// What was found of a secret: the length in bytes of each piece.
#[derive(Default)]
pub(super) struct Residue {
    whole: Vec<usize>,
    partial: Vec<usize>,
}

impl Residue {
    pub(super) fn is_empty(&self) -> bool {
        self.whole.is_empty() && self.partial.is_empty()
    }

    /// How often the whole secret was found.
    pub(super) fn whole(&self) -> usize {
        self.whole.len()
    }

    /// How many pieces were found that are not the whole secret.
    pub(super) fn partial(&self) -> usize {
        self.partial.len()
    }
}

impl fmt::Display for Residue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes: usize = self.whole.iter().chain(&self.partial).sum();
        match (self.whole(), self.partial()) {
            (0, 0) => f.write_str("0"),
            (whole, 0) => write!(f, "{bytes} bytes, {whole} whole"),
            (0, pieces) => write!(f, "{bytes} bytes, {pieces} part"),
            (whole, pieces) => write!(f, "{bytes} bytes, {whole} whole {pieces} part"),
        }
    }
}

/// What is found of the secret in the process, which must be waiting.
pub(super) fn residue(process: u32, canary: &Canary) -> Residue {
    let memory = File::open(format!("/proc/{process}/mem")).expect("a child may be read");
    let mut found = Residue::default();
    for range in resident(process) {
        let length = usize::try_from(range.end - range.start).expect("a mapping fits in memory");
        let mut bytes = vec![0; length];
        memory
            .read_exact_at(&mut bytes, range.start)
            .expect("a resident page can be read");
        for form in canary.forms() {
            search(&bytes, form, &mut found);
        }
    }
    found
}

/// Adds the pieces of `secret` in `memory` to what was found.
fn search(memory: &[u8], secret: &[u8], found: &mut Residue) {
    let words: HashMap<&[u8], usize> = secret
        .windows(WORD)
        .enumerate()
        .map(|(offset, word)| (word, offset))
        .collect();
    let mut searched = 0;
    for (index, word) in memory.chunks_exact(WORD).enumerate() {
        let at = index * WORD;
        if at < searched || word == [0; WORD] {
            continue;
        }
        let Some(&offset) = words.get(word) else {
            continue;
        };
        let before = common(memory[..at].iter().rev(), secret[..offset].iter().rev());
        let after = common(&memory[at..], &secret[offset..]);
        if before + after >= RUN {
            if before + after == secret.len() {
                found.whole.push(before + after);
            } else {
                found.partial.push(before + after);
            }
            searched = at + after;
        }
    }
}

fn common<'a>(
    left: impl IntoIterator<Item = &'a u8>,
    right: impl IntoIterator<Item = &'a u8>,
) -> usize {
    left.into_iter()
        .zip(right)
        .take_while(|(left, right)| left == right)
        .count()
}

/// The resident pages of all readable private mappings, neighbours joined.
fn resident(process: u32) -> Vec<Range<u64>> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).expect("the mappings");
    let pages = File::open(format!("/proc/{process}/pagemap")).expect("the page map");
    let mut ranges: Vec<Range<u64>> = Vec::new();
    for mapping in maps.lines().filter_map(readable_and_private) {
        let count = usize::try_from((mapping.end - mapping.start) / PAGE).expect("fits in memory");
        let mut entries = vec![0; count * ENTRY];
        pages
            .read_exact_at(&mut entries, mapping.start / PAGE * ENTRY as u64)
            .expect("an entry for each page");
        for (index, entry) in entries.chunks_exact(ENTRY).enumerate() {
            let page = mapping.start + index as u64 * PAGE;
            let entry = u64::from_ne_bytes(entry.try_into().expect("eight bytes"));
            if entry & RESIDENT == 0 {
                continue;
            }
            match ranges.last_mut() {
                Some(last) if last.end == page => last.end += PAGE,
                _ => ranges.push(page..page + PAGE),
            }
        }
    }
    ranges
}

/// The address range of a line such as `7f01c000-7f02e000 rw-p 00000000 00:00 0 [heap]`.
fn readable_and_private(line: &str) -> Option<Range<u64>> {
    let mut fields = line.split_ascii_whitespace();
    let (start, end) = fields.next()?.split_once('-')?;
    let permissions = fields.next()?;
    let name = fields.nth(3).unwrap_or_default();
    let wanted = permissions.starts_with('r') && permissions.ends_with('p');
    (wanted && !UNREADABLE.contains(&name))
        .then_some(u64::from_str_radix(start, 16).ok()?..u64::from_str_radix(end, 16).ok()?)
}
