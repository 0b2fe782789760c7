//! Runs cargo, rustc and the checker: what `cargo secret-lint` does. `main.rs` says who calls whom.

mod alone;
mod bodies;
mod cargo;
mod check;
#[cfg(test)]
mod ci_examples;
mod cost;
mod digest;
mod findings;
mod fix;
mod guard;
mod inventory;
mod invocation;
mod options;
mod record;
mod settings;
mod setup;
mod show;
mod texts;
mod toolchain;
mod tracked;
mod wrapper;

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    io::{Write, stderr, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::OnceLock,
    time::UNIX_EPOCH,
};

use anyhow::{Context, Result, bail};

use crate::report::Lint;
use options::{CommandLine, Subcommands};

/// What cargo, rustc and clippy end with when they fail.
const FAILED: u8 = 101;

/// Reads the command line and does what it says, as the command or as rustc's wrapper.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().collect();
    let done = if is_wrapper(&arguments) {
        wrapper::run(&arguments[1], arguments[2..].to_vec())
    } else {
        match CommandLine::read(arguments) {
            Ok(line) => command(line),
            Err(error) => {
                // Nothing is left to say where even this cannot be written.
                let _ = error.print();
                return u8::try_from(error.exit_code()).unwrap_or(FAILED).into();
            }
        }
    };
    done.unwrap_or_else(|error| {
        let _ = writeln!(stderr(), "error: {error:#}");
        FAILED.into()
    })
}

/// Cargo gives its wrapper the compiler first, by its path or as `RUSTC` names it.
fn is_wrapper(arguments: &[OsString]) -> bool {
    let Some(first) = arguments.get(1) else {
        return false;
    };
    let is_path = Path::new(first).components().count() > 1;
    let is_rustc = Path::new(first)
        .file_stem()
        .is_some_and(|stem| stem.to_string_lossy().contains("rustc"));
    let asks_rustc = |argument: &OsString| argument == "-vV" || argument == "--crate-name";
    !first.to_string_lossy().starts_with('-')
        && (is_path || is_rustc || arguments[2..].iter().any(asks_rustc))
}

fn command(line: CommandLine) -> Result<ExitCode> {
    // Which it is must be known before the file can be replaced.
    checker();
    if let Some(name) = &line.explain {
        return explain(name);
    }
    if line.list_declassified {
        return inventory::declassified(&line.options);
    }
    match line.command {
        None => check::run(
            &line.options,
            &line.fix,
            &line.levels,
            line.timings.as_deref(),
        ),
        Some(Subcommands::Setup { manifest_path }) => setup::run(manifest_path.as_deref()),
        Some(Subcommands::Baseline { options }) => check::baseline(&options),
        Some(Subcommands::Inventory {
            options,
            check,
            format,
        }) => inventory::run(&options, format, check.as_deref()),
    }
}

fn explain(name: &str) -> Result<ExitCode> {
    let lint = Lint::from_name(name);
    let Some(lint) = lint else {
        let all: Vec<_> = Lint::ALL.iter().map(|lint| lint.name()).collect();
        let nearest = Lint::nearest(name).map(|lint| format!("; did you mean `{}`?", lint.name()));
        bail!(
            "there is no lint `{name}`{}\nthe lints are: {}",
            nearest.unwrap_or_default(),
            all.join(", ")
        );
    };
    write!(stdout(), "{}", lint.explanation())?;
    Ok(ExitCode::SUCCESS)
}

/// What wrote a record: the version, and the file it came from, which is another after each build of the checker.
fn checker() -> String {
    static CHECKER: OnceLock<String> = OnceLock::new();
    CHECKER.get_or_init(checker_now).clone()
}

fn checker_now() -> String {
    let file = env::current_exe().and_then(fs::metadata).ok();
    let changed = file
        .as_ref()
        .and_then(|file| file.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    let length = file.map_or(0, |file| file.len());
    format!(
        "{} {length} {}",
        env!("CARGO_PKG_VERSION"),
        changed.unwrap_or_default().as_nanos()
    )
}

/// Where the checker is, for cargo to run it or to watch it.
fn checker_path() -> Result<PathBuf> {
    /// What Linux adds to the path of a running program whose file was removed or replaced.
    const REMOVED: &str = " (deleted)";
    let path = env::current_exe().context("cannot tell where the checker is")?;
    let named = path.to_str().and_then(|path| path.strip_suffix(REMOVED));
    let path = named.map_or(path.clone(), PathBuf::from);
    if !path.is_file() {
        bail!(
            "the checker is no longer at {}; install it again, and run `cargo secret-lint setup` if it moved",
            path.display()
        );
    }
    Ok(path)
}

/// An error once the file that this process came from is another: cargo would run that, and neither takes the other's records.
fn ensure_same_checker() -> Result<()> {
    let path = checker_path()?;
    if checker_now() != checker() {
        bail!(
            "the checker at {} was replaced while it ran; run the command again, and `cargo secret-lint setup` if it moved",
            path.display()
        );
    }
    Ok(())
}

/// The compiler that cargo would take.
fn rustc() -> OsString {
    env::var_os("RUSTC")
        .filter(|rustc| !rustc.is_empty())
        .unwrap_or_else(|| OsStr::new("rustc").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_and_people_are_told_apart() {
        let is_wrapper = |line: &str| {
            is_wrapper(
                &line
                    .split_whitespace()
                    .map(OsString::from)
                    .collect::<Vec<_>>(),
            )
        };
        for line in [
            "x rustc -vV",
            "x /usr/bin/rustc --crate-name a",
            "x mycompiler --crate-name a src/lib.rs",
            "x ./cc -",
        ] {
            assert!(is_wrapper(line), "{line}");
        }
        for line in [
            "x",
            "x secret-lint",
            "x setup",
            "x inventry",
            "x -p crates/a",
            "x --version",
            "x secret-lint -p a",
        ] {
            assert!(!is_wrapper(line), "{line}");
        }
    }
}
