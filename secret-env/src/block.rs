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
        let mut memory = current_strings(names);
        memory.push(original_block().ok_or(ClearError::Unknown)?);
        // All of it is checked before any is wiped, so that a failure changes nothing.
        if !memory.iter().all(|part| part.is_within(&writable)) {
            return Err(ClearError::ReadOnly);
        }
        for part in memory {
            wipe(&part, names);
        }
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

    /// Strings `NAME=value` of the environment, each ended by NUL.
    struct Memory {
        start: *mut u8,
        length: usize,
    }

    impl Memory {
        fn is_within(&self, ranges: &[Range<usize>]) -> bool {
            let (start, end) = (self.start.addr(), self.start.addr() + self.length);
            ranges
                .iter()
                .any(|range| range.start <= start && end <= range.end)
        }
    }

    /// The strings of these variables of which the environment consists now. Those set since the start are on the heap.
    fn current_strings(names: &BTreeSet<String>) -> Vec<Memory> {
        let mut strings = Vec::new();
        // SAFETY: reading the pointer is sound since no other thread changes it.
        let mut next = unsafe { environ };
        if next.is_null() {
            return strings;
        }
        loop {
            // SAFETY: `next` points into the array, which ends with the null pointer that ends this loop.
            let string = unsafe { next.read() };
            if string.is_null() {
                return strings;
            }
            // SAFETY: a pointer of the array that is not null points to a string that ends with NUL and lives until
            // the variable is changed, which happens after this function.
            let bytes = unsafe { CStr::from_ptr(string) }.to_bytes();
            if value_start(bytes, names).is_some() {
                strings.push(Memory {
                    start: string.cast(),
                    length: bytes.len(),
                });
            }
            // SAFETY: the entry was not the null pointer at the end, so another one follows it.
            next = unsafe { next.add(1) };
        }
    }

    /// The block that the kernel filled at the start, which is what `/proc/self/environ` shows, and which still has the
    /// first value of a variable that was set to another since (proc(5), fields 50 and 51 of `/proc/pid/stat`).
    fn original_block() -> Option<Memory> {
        /// The second field is the program's name in parentheses, which may hold spaces; the third follows it.
        const FIRST: usize = 3;
        const START: usize = 50 - FIRST;

        let status = fs::read_to_string("/proc/self/stat").ok()?;
        let (_, fields) = status.rsplit_once(')')?;
        let mut fields = fields.split_ascii_whitespace().skip(START);
        let start = fields.next()?.parse().ok()?;
        let end: usize = fields.next()?.parse().ok()?;
        // Zeros are a kernel that does not tell.
        (0 < start && start <= end).then(|| Memory {
            start: ptr::with_exposed_provenance_mut(start),
            length: end - start,
        })
    }

    /// Wipes the values of the variables in this memory.
    fn wipe(memory: &Memory, names: &BTreeSet<String>) {
        // SAFETY: the memory is mapped and can be written to, as was checked, so it is initialised. It is the
        // environment's: safe code gets copies of it only, and this is the only thread, so nobody reads it meanwhile. The
        // slice is gone when this function returns.
        let strings = unsafe { slice::from_raw_parts_mut(memory.start, memory.length) };
        for string in strings.split_mut(|byte| *byte == 0) {
            if let Some(start) = value_start(string, names) {
                string[start..].zeroize();
            }
        }
    }

    /// Where the value begins in a string `NAME=value`, if it is one of these variables.
    fn value_start(string: &[u8], names: &BTreeSet<String>) -> Option<usize> {
        let end = string.iter().position(|byte| *byte == b'=')?;
        let name = str::from_utf8(&string[..end]).ok()?;
        names.contains(name).then_some(end + 1)
    }
}
