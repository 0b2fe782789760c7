//! Reading a file that holds secrets: into a buffer that is wiped, and only if others cannot read it too.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use secret_core::SecretBytes;
use secret_core::zeroize::Zeroize;

/// Files larger than this are no secrets: 1 MiB, the limit of a Kubernetes `Secret` and of all systemd credentials
/// of a unit together.
const LARGEST: u64 = 1 << 20;

/// Why a file could not be read. Names no path: who asked for it knows the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileFault {
    /// There is none.
    NotFound,
    /// It is a directory, a socket or a device.
    NotAFile,
    /// It is larger than 1 MiB.
    TooLarge,
    /// Reading failed.
    Unreadable(ErrorKind),
}

/// What was read, and whether everybody on the machine can read it too.
#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) bytes: SecretBytes,
    pub(crate) open_to_others: bool,
}

pub(crate) fn read(path: &Path) -> Result<Contents, FileFault> {
    // Before it is opened: opening a pipe waits for somebody to write to it.
    if !path.metadata().map_err(fault)?.is_file() {
        return Err(FileFault::NotAFile);
    }
    let mut file = File::open(path).map_err(fault)?;
    let metadata = file.metadata().map_err(fault)?;
    if metadata.len() > LARGEST {
        return Err(FileFault::TooLarge);
    }
    let bytes = read_all(&mut file, metadata.len())?;
    Ok(Contents {
        bytes,
        open_to_others: is_open_to_others(path, &metadata),
    })
}

/// Reads into a buffer of the file's size; `read_to_end` would grow one, and try the end through one on the stack.
fn read_all(file: &mut impl Read, size: u64) -> Result<SecretBytes, FileFault> {
    // INVARIANT: `size` is at most `LARGEST`, which fits every `usize` that `std` supports.
    let mut buffer = vec![0; usize::try_from(size).unwrap_or_default() + 1];
    let mut filled = 0;
    let result = loop {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break Ok(()),
            Ok(count) => filled += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => break Err(fault(error)),
        }
        if filled == buffer.len() {
            // It grew while it was read, or its size is not known beforehand, as under /proc.
            let mut larger = vec![0; buffer.len() * 2];
            larger[..filled].copy_from_slice(&buffer);
            buffer.as_mut_slice().zeroize();
            buffer = larger;
        }
        if filled as u64 > LARGEST {
            break Err(FileFault::TooLarge);
        }
    };
    let bytes = result.map(|()| SecretBytes::from(Vec::from(&buffer[..filled])));
    buffer.as_mut_slice().zeroize();
    bytes
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "passed to `map_err` as it is"
)]
fn fault(error: io::Error) -> FileFault {
    match error.kind() {
        ErrorKind::NotFound => FileFault::NotFound,
        kind => FileFault::Unreadable(kind),
    }
}

/// Whether others than owner and group can read the file: its mode says so, and every directory on the way lets them in.
#[cfg(unix)]
fn is_open_to_others(path: &Path, metadata: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;

    /// The permission bits of others (`S_IROTH` and `S_IXOTH` of POSIX `sys/stat.h`).
    const READ: u32 = 0o004;
    const ENTER: u32 = 0o001;

    let allows = |metadata: &Metadata, bits| metadata.permissions().mode() & bits != 0;
    let lets_in = |directory: &Path| {
        directory
            .metadata()
            .is_ok_and(|found| allows(&found, ENTER))
    };
    allows(metadata, READ)
        && path
            .canonicalize()
            .is_ok_and(|path| path.ancestors().skip(1).all(lets_in))
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Path, _: &Metadata) -> bool {
    false
}
