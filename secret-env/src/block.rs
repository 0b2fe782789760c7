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
        wipe(names, &writable_memory().ok_or(ClearError::Unknown)?)?;
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

    fn wipe(names: &BTreeSet<String>, writable: &[Range<usize>]) -> Result<(), ClearError> {
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
            let name_end = bytes.iter().position(|byte| *byte == b'=');
            if let Some(end) = name_end
                && let Ok(name) = str::from_utf8(&bytes[..end])
                && names.contains(name)
            {
                let value = string.addr() + end + 1..string.addr() + bytes.len();
                if !writable
                    .iter()
                    .any(|range| range.start <= value.start && value.end <= range.end)
                {
                    return Err(ClearError::ReadOnly);
                }
                wipe_value(string.cast(), end + 1, value.len());
            }
            // SAFETY: the entry was not the null pointer at the end, so another one follows it.
            next = unsafe { next.add(1) };
        }
    }

    /// Wipes `length` bytes from `start` on in a string of the environment that can be written to.
    fn wipe_value(string: *mut u8, start: usize, length: usize) {
        // SAFETY: `start` is within the string.
        let value = unsafe { string.add(start) };
        // SAFETY: the `length` bytes up to the string's NUL can be written to, nobody else has a reference to them
        // while this is the only thread, and the slice is gone when this function returns.
        let value = unsafe { slice::from_raw_parts_mut(value, length) };
        value.zeroize();
    }
}
