//! Runs `cargo check` with this program as the wrapper, and finds the records of the crates that it names.

use std::{
    env,
    ffi::OsString,
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use cargo_metadata::{Artifact, Message, Metadata, MetadataCommand, PackageId, Target, TargetKind};

use super::{
    options::{MessageFormat, Options},
    record::{self, Record},
    tracked,
};

/// A crate of the workspace that was compiled, now or before.
pub(super) struct Unit {
    pub(super) package: PackageId,
    pub(super) manifest_path: PathBuf,
    pub(super) target: Target,
    pub(super) record: Record,
    pub(super) record_path: PathBuf,
}

/// What cargo did.
pub(super) enum Outcome {
    /// All of these are as their sources are.
    Compiled(Vec<Unit>),
    /// Something does not compile; cargo has said what, and ended with this.
    Failed(u8),
}

/// The workspace.
pub(super) fn metadata(manifest_path: Option<&Path>) -> Result<Metadata> {
    let mut command = MetadataCommand::new();
    command.no_deps();
    if let Some(path) = manifest_path {
        command.manifest_path(path);
    }
    command.exec().map_err(|error| match error {
        cargo_metadata::Error::CargoMetadata { stderr } => {
            anyhow::anyhow!("{}", without_prefix(&stderr))
        }
        error => error.into(),
    })
}

fn without_prefix(stderr: &str) -> &str {
    let text = stderr.trim();
    text.strip_prefix("error: ").unwrap_or(text)
}

/// Compiles the workspace's crates as `options` say.
///
/// A crate that cargo takes as compiled but that has no record of this checker's loses its `.rmeta` file, so that the next run
/// compiles it again: its record was written by another version, or somebody's compiler cache answered for the wrapper.
pub(super) fn check(options: &Options, workspace: &Metadata) -> Result<Outcome> {
    const TRIES: usize = 3;
    for attempt in 0..TRIES {
        super::ensure_same_checker()?;
        let (artifacts, code) = run(options, workspace, attempt > 0)?;
        if code != 0 {
            if options.message_format == MessageFormat::Json {
                let finished = serde_json::json!({"reason": "build-finished", "success": false});
                writeln!(std::io::stdout(), "{finished}")?;
            }
            return Ok(Outcome::Failed(code));
        }
        let mut units = Vec::new();
        let mut is_complete = true;
        for artifact in artifacts {
            let Some(library) = artifact
                .filenames
                .iter()
                .find(|file| is_library(file.extension()))
            else {
                continue;
            };
            let path = record::path_of_library(library.as_std_path())
                .context("cargo names a file without a name")?;
            if let Some(record) = Record::read(&path) {
                units.push(Unit {
                    manifest_path: artifact.manifest_path.into_std_path_buf(),
                    package: artifact.package_id,
                    target: artifact.target,
                    record,
                    record_path: path,
                });
            } else {
                is_complete = false;
                // Gone is as good as removed.
                let _ = fs::remove_file(library);
            }
        }
        if is_complete {
            units.sort_by(|left, right| left.record_path.cmp(&right.record_path));
            return Ok(Outcome::Compiled(units));
        }
    }
    super::ensure_same_checker()?;
    bail!(
        "cargo does not run the checker for some crates; is there a cache in RUSTC_WRAPPER or build.rustc-wrapper?"
    )
}

fn is_library(extension: Option<&str>) -> bool {
    matches!(extension, Some("rmeta" | "rlib"))
}

/// Runs cargo once and passes on what it and rustc say.
fn run(
    options: &Options,
    workspace: &Metadata,
    without_cache: bool,
) -> Result<(Vec<Artifact>, u8)> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(&cargo);
    command
        .arg("check")
        .args(options.for_cargo())
        .arg(message_format(options))
        .arg("--target-dir")
        .arg(target_directory(options, workspace))
        .env("RUSTC_WORKSPACE_WRAPPER", super::checker_path()?)
        .env(tracked::MODE, "collect")
        .stdout(Stdio::piped());
    if without_cache {
        command.env("RUSTC_WRAPPER", "");
    }
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot run {}", cargo.display()))?;
    let mut artifacts = Vec::new();
    for line in BufReader::new(child.stdout.take().context("cargo has no output")?).lines() {
        let line = line?;
        let message =
            serde_json::from_str(&line).unwrap_or_else(|_| Message::TextLine(line.clone()));
        if options.message_format == MessageFormat::Json
            && !matches!(message, Message::BuildFinished(_))
        {
            writeln!(std::io::stdout(), "{line}")?;
        }
        match message {
            Message::CompilerArtifact(artifact) if is_checked(&artifact, workspace) => {
                artifacts.push(artifact);
            }
            Message::CompilerMessage(message) if options.message_format != MessageFormat::Json => {
                write!(
                    std::io::stderr(),
                    "{}",
                    message.message.rendered.unwrap_or_default()
                )?;
            }
            _ => {}
        }
    }
    let code = child
        .wait()?
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(101);
    Ok((artifacts, code))
}

/// As the wrapper decides: what runs while compiling is not checked.
fn is_checked(artifact: &Artifact, workspace: &Metadata) -> bool {
    workspace.workspace_members.contains(&artifact.package_id)
        && !artifact
            .target
            .kind
            .iter()
            .any(|kind| matches!(kind, TargetKind::CustomBuild | TargetKind::ProcMacro))
}

/// A folder of its own: the wrapper's files are not mixed with the user's, and neither build invalidates the other.
pub(super) fn target_directory(options: &Options, workspace: &Metadata) -> PathBuf {
    let below = options
        .target_dir
        .clone()
        .unwrap_or_else(|| workspace.target_directory.clone().into());
    below.join("secret-lint")
}

fn message_format(options: &Options) -> OsString {
    let mut format = OsString::from("--message-format=json");
    if options.message_format == MessageFormat::Short {
        format.push(",json-diagnostic-short");
    }
    if options.message_format != MessageFormat::Json && options.has_color() {
        format.push(",json-diagnostic-rendered-ansi");
    }
    format
}
