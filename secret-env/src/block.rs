//! Removing secrets from the process's own environment: from what child processes inherit, and from the memory that
//! `/proc/self/environ` and core dumps show.
//!
//! `unsafe` since the environment is global memory of the C library, which nothing locks for readers outside of Rust.
//! Both its parts are sound while the process has one thread, which is checked first.

use std::collections::BTreeSet;

use crate::problem::ClearError;

#[cfg(target_os = "linux")]
pub(crate) use linux::remove;

/// Where it cannot be told whether other threads are running, nothing is removed.
#[cfg(not(target_os = "linux"))]
pub(crate) fn remove(_: &BTreeSet<String>) -> Result<(), ClearError> {
    Ok(())
}

#[cfg(target_os = "linux")]
#[allow(
    unsafe_code,
    reason = "the environment is memory of the C library; see the module's documentation"
)]
mod linux {
    use super::{BTreeSet, ClearError};
    use std::ffi::{CStr, c_char};
    use std::fs;
    use std::ops::Range;
    use std::ptr;
    use std::slice;

    use secret_core::zeroize::Zeroize;

    unsafe extern "C" {
        /// POSIX `environ(7)`: the strings `NAME=value`, ended by a null pointer.
        static mut environ: *mut *mut c_char;
    }

    /// Wipes the values of the variables and removes them.
    pub(crate) fn remove(names: &BTreeSet<String>) -> Result<(), ClearError> {
        if names.is_empty() {
            return Ok(());
        }
        only_thread()?;
        let writable = writable_memory().ok_or(ClearError::Unknown)?;
        wipe_current(names, &writable)?;
        wipe_original(names, &writable)?;
        for name in names {
            // SAFETY: no other thread is running, as was checked above, so none reads or changes the environment.
            unsafe { std::env::remove_var(name) };
        }
        Ok(())
    }

    fn only_thread() -> Result<(), ClearError> {
        match fs::read_dir("/proc/self/task").map(Iterator::count) {
            Ok(1) => Ok(()),
            Ok(0) | Err(_) => Err(ClearError::Unknown),
            Ok(count) => Err(ClearError::Threads(count)),
        }
    }

    /// The addresses that can be written to (proc(5), `/proc/pid/maps`).
    fn writable_memory() -> Option<Vec<Range<usize>>> {
        let maps = fs::read_to_string("/proc/self/maps").ok()?;
        maps.lines()
            .filter_map(|line| line.split_once(' '))
            .filter(|(_, rest)| rest.starts_with("rw"))
            .map(|(range, _)| {
                let (start, end) = range.split_once('-')?;
                let address = |text| usize::from_str_radix(text, 16).ok();
                Some(address(start)?..address(end)?)
            })
            .collect()
    }

    /// Wipes the strings that the environment consists of now. Those that were set after the start are on the heap.
    fn wipe_current(names: &BTreeSet<String>, writable: &[Range<usize>]) -> Result<(), ClearError> {
        // SAFETY: reading the pointer is sound since no other thread changes it.
        let mut next = unsafe { environ };
        if next.is_null() {
            return Ok(());
        }
        loop {
            // SAFETY: `next` points into the array, which ends with the null pointer that ends this loop.
            let string = unsafe { next.read() };
            if string.is_null() {
                return Ok(());
            }
            // SAFETY: a pointer of the array that is not null points to a string that ends with NUL and lives until
            // the variable is changed, which happens after this function.
            let bytes = unsafe { CStr::from_ptr(string) }.to_bytes();
            let length = bytes.len();
            if value_start(bytes, names).is_some() {
                wipe_within(string.cast(), length, names, writable)?;
            }
            // SAFETY: the entry was not the null pointer at the end, so another one follows it.
            next = unsafe { next.add(1) };
        }
    }

    /// Wipes the block that the kernel filled at the start, which is what `/proc/self/environ` shows, and which still
    /// has the first value of a variable that was set to another since.
    fn wipe_original(
        names: &BTreeSet<String>,
        writable: &[Range<usize>],
    ) -> Result<(), ClearError> {
        let block = original_block().ok_or(ClearError::Unknown)?;
        if block.is_empty() {
            return Ok(());
        }
        let start = ptr::with_exposed_provenance_mut(block.start);
        wipe_within(start, block.len(), names, writable)
    }

    /// The addresses of that block (proc(5), fields 50 and 51 of `/proc/pid/stat`).
    fn original_block() -> Option<Range<usize>> {
        /// The second field is the program's name in parentheses, which may hold spaces; the third follows it.
        const FIRST: usize = 3;
        const START: usize = 50 - FIRST;

        let status = fs::read_to_string("/proc/self/stat").ok()?;
        let (_, fields) = status.rsplit_once(')')?;
        let mut fields = fields.split_ascii_whitespace().skip(START);
        let start = fields.next()?.parse().ok()?;
        let end = fields.next()?.parse().ok()?;
        (start <= end).then_some(start..end)
    }

    /// Wipes the values of the variables in the strings `NAME=value` that stand, each ended by NUL, in this memory.
    fn wipe_within(
        start: *mut u8,
        length: usize,
        names: &BTreeSet<String>,
        writable: &[Range<usize>],
    ) -> Result<(), ClearError> {
        let end = start.addr() + length;
        if !writable
            .iter()
            .any(|range| range.start <= start.addr() && end <= range.end)
        {
            return Err(ClearError::ReadOnly);
        }
        // SAFETY: the memory is mapped and can be written to, as was just checked, so it is initialised; it belongs to
        // the environment, of which nobody else has a reference while this is the only thread; and the slice is gone
        // when this function returns.
        let memory = unsafe { slice::from_raw_parts_mut(start, length) };
        for string in memory.split_mut(|byte| *byte == 0) {
            if let Some(start) = value_start(string, names) {
                string[start..].zeroize();
            }
        }
        Ok(())
    }

    /// Where the value begins in a string `NAME=value`, if it is one of these variables.
    fn value_start(string: &[u8], names: &BTreeSet<String>) -> Option<usize> {
        let end = string.iter().position(|byte| *byte == b'=')?;
        let name = str::from_utf8(&string[..end]).ok()?;
        names.contains(name).then_some(end + 1)
    }
}
