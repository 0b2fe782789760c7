//! What is known of a compiled crate, kept beside its `.rmeta` file: cargo decides when a crate is compiled again, and
//! whoever finds a crate's file finds its record.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::{digest, digest::Digest};
use crate::mir::{Crate, interned};

/// What is known of a compiled crate, but for its bodies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// The checker that wrote it: another one reads the MIR in another way.
    pub(super) checker: String,
    /// Its name, with `_`.
    pub(super) name: String,
    /// Whether it is compiled with its tests.
    pub(super) is_test: bool,
    /// Where rustc ran; the paths in spans start there.
    pub(super) directory: PathBuf,
    /// The source files.
    pub(super) sources: Vec<PathBuf>,
    /// The records of the workspace's crates that it uses.
    pub(super) dependencies: Vec<PathBuf>,
    /// Why there are no bodies.
    pub(super) failure: Option<String>,
    /// Of the file with the bodies.
    pub(super) bodies: Digest,
}

/// Where the record of a crate is, whose files are named `output`: `deps/krate-0123`.
pub(super) fn path(output: &Path) -> PathBuf {
    with_suffix(output, ".secret-lint.json")
}

/// Where the record of the crate in `library` would be: `deps/libkrate-0123.rmeta`.
pub(super) fn path_of_library(library: &Path) -> Option<PathBuf> {
    let name = library.file_stem()?.to_str()?;
    Some(path(
        &library.with_file_name(name.strip_prefix("lib").unwrap_or(name)),
    ))
}

/// Where rustc lists the sources of the crate with this record: `deps/krate-0123.d`.
pub(super) fn dependency_info(record: &Path) -> PathBuf {
    record.with_extension("").with_extension("d")
}

impl Record {
    /// Reads it; nothing if there is none, or none of this checker's.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let record: Self = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        (record.checker == super::checker()).then_some(record)
    }

    /// Writes it and the bodies, each file at once, so that another process reads the one or the other.
    pub(super) fn write(mut self, path: &Path, bodies: &Crate) -> Result<()> {
        let (encoded, texts) = interned::writing(|| postcard::to_allocvec(bodies));
        let file = postcard::to_allocvec(&(texts_as_strings(&texts), encoded?))?;
        self.bodies = digest::of(&file);
        write_at_once(&bodies_path(path), &file)?;
        write_at_once(path, &serde_json::to_vec(&self)?)
    }

    /// The bodies.
    pub(super) fn read_bodies(&self, path: &Path) -> Result<Crate> {
        let path = bodies_path(path);
        let file = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if digest::of(&file) != self.bodies {
            bail!("{} was changed", path.display());
        }
        let (texts, encoded): (Vec<String>, Vec<u8>) = postcard::from_bytes(&file)?;
        let texts = texts.into_iter().map(Arc::from).collect();
        Ok(interned::reading(texts, || postcard::from_bytes(&encoded))?)
    }
}

fn texts_as_strings(texts: &[Arc<str>]) -> Vec<&str> {
    texts.iter().map(|text| &**text).collect()
}

/// Removes what is known: a crate that is being compiled again is not what it was.
pub(super) fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

fn bodies_path(record: &Path) -> PathBuf {
    record.with_extension("mir")
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

/// A reader finds the old file or the new one, never a part.
pub(super) fn write_at_once(path: &Path, content: &[u8]) -> Result<()> {
    let temporary = with_suffix(path, &format!(".{}", std::process::id()));
    let written = fs::write(&temporary, content).and_then(|()| fs::rename(&temporary, path));
    written.with_context(|| format!("cannot write {}", path.display()))
}
