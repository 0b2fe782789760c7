//! What runs in place of rustc for each crate of the workspace.

use std::{
    env,
    ffi::{OsStr, OsString},
    io::{BufRead, BufReader, Write, stderr},
    path::{Path, PathBuf},
    process::{Command, ExitCode, ExitStatus, Stdio},
};

use anyhow::{Context, Result};

use super::{
    alone,
    bodies::Printing,
    cost::{self, Clock},
    findings,
    invocation::Invocation,
    record,
    record::Record,
    settings::Settings,
    show, tracked,
};
use crate::{mir::Crate, model::Model, report::levels::Levels};

/// A crate whose MIR has been read.
pub(super) struct Compiled {
    pub(super) record: Record,
    pub(super) bodies: Crate,
}

/// What people write for the checker.
pub(super) struct Given {
    pub(super) model: Model,
    pub(super) levels: Levels,
    pub(super) baseline: Option<PathBuf>,
    check_tests: bool,
}

impl Given {
    fn read(configuration: Option<&Path>, baseline: Option<PathBuf>) -> Result<Self> {
        let settings = Settings::read(configuration)?;
        Ok(Self {
            model: findings::model(configuration)?,
            levels: settings.levels_of_build()?,
            check_tests: settings.check_tests,
            baseline,
        })
    }
}

/// Runs `rustc` as cargo asked, and checks the crate, if it is one.
pub(super) fn run(rustc: &OsStr, arguments: Vec<OsString>) -> Result<ExitCode> {
    let invocation = Invocation::new(arguments.clone())?;
    let mut command = Command::new(rustc);
    command.args(arguments);
    let output = match invocation.output() {
        Some(output) if invocation.is_checked() => output,
        _ => return Ok(code(status(command)?)),
    };
    let record_path = record::path(&output);
    record::remove(&record_path)?;
    if env::var_os(tracked::MODE).is_some() {
        let printing = Printing::start(rustc, &invocation);
        let status = status(command)?;
        if status.success() {
            compiled(printing, &invocation, &record_path, &[])?;
        }
        return Ok(code(status));
    }
    let folder = crate_folder()?;
    let configuration = tracked::configuration(&folder);
    let baseline = tracked::baseline(&folder);
    let files: Vec<_> = configuration.iter().chain(&baseline).cloned().collect();
    let given = Given::read(configuration.as_deref(), baseline);
    let is_left_out = |given: &Given| !given.check_tests && invocation.is_for_tests(&folder);
    let printing = match &given {
        Ok(given) if !is_left_out(given) => Some(Printing::start(rustc, &invocation)),
        _ => None,
    };
    let (status, held) = run_and_hold(command)?;
    if !status.success() {
        release(&held)?;
        return Ok(code(status));
    }
    // Said after what rustc says of the crate, which may be the more urgent.
    let given = match given {
        Ok(given) => given,
        Err(error) => {
            let text = show::note_of_rustc("error", &format!("{error:#}"), invocation.wants_json());
            stderr().write_all(text.as_bytes())?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let Some(printing) = printing else {
        // What is not test code is checked where it is compiled without its tests.
        tracked::add(&dependency_info(&invocation)?, &files)?;
        release(&held)?;
        return Ok(ExitCode::SUCCESS);
    };
    let compiled = compiled(printing, &invocation, &record_path, &files)?;
    release(&held)?;
    Ok(alone::check(compiled, &given, invocation.wants_json()))
}

/// Waits for the MIR and writes the record. What goes wrong with the MIR is written down, so that it is reported as not checked
/// and blocks nothing; only what endangers the record itself is an error.
fn compiled(
    printing: Result<Printing>,
    invocation: &Invocation,
    record_path: &Path,
    files: &[PathBuf],
) -> Result<Compiled> {
    let ((bodies, mut reading), failure) = match printing.and_then(Printing::finish) {
        Ok(read) => (read, None),
        Err(error) => (Default::default(), Some(format!("{error:#}"))),
    };
    let dependency_info = dependency_info(invocation)?;
    let record = Record {
        checker: super::checker(),
        name: invocation.crate_name().unwrap_or_default().to_owned(),
        is_test: invocation.is_test(),
        directory: env::current_dir()?,
        sources: tracked::sources(&dependency_info)?,
        dependencies: dependencies(invocation),
        failure,
        bodies: String::new(),
    };
    let clock = Clock::of_thread();
    record.clone().write(record_path, &bodies)?;
    reading.write = clock.seconds();
    reading.peak_memory = cost::peak_memory();
    reading.write_beside(record_path)?;
    tracked::add(&dependency_info, files)?;
    Ok(Compiled { record, bodies })
}

fn dependency_info(invocation: &Invocation) -> Result<PathBuf> {
    invocation
        .dependency_info()
        .context("the crate has no name")
}

/// The records of the crates that have one, or had one: what a compiler cache gives out was checked somewhere, and the record
/// is not among the files that it keeps.
fn dependencies(invocation: &Invocation) -> Vec<PathBuf> {
    let mut found: Vec<_> = invocation
        .dependencies()
        .filter_map(record::path_of_library)
        .filter(|path| path.is_file() || tracked::was_checked(&record::dependency_info(path)))
        .collect();
    found.sort();
    found
}

fn crate_folder() -> Result<PathBuf> {
    env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| Ok(env::current_dir()?), |folder| Ok(folder.into()))
}

fn status(mut command: Command) -> Result<ExitStatus> {
    command
        .status()
        .with_context(|| format!("cannot run {}", Path::new(command.get_program()).display()))
}

/// Runs rustc and passes on what it says, but for the news that the crate's interface is written: cargo starts the crates that
/// use it upon that, and they need the record.
fn run_and_hold(mut command: Command) -> Result<(ExitStatus, Vec<u8>)> {
    let mut child = command
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot run rustc")?;
    let mut said = BufReader::new(child.stderr.take().context("rustc has no error output")?);
    let mut held = Vec::new();
    let mut line = Vec::new();
    let mut passed_on = stderr().lock();
    while said.read_until(b'\n', &mut line)? > 0 {
        if line.starts_with(br#"{"$message_type":"artifact""#) {
            held.append(&mut line);
        } else {
            passed_on.write_all(&line)?;
            line.clear();
        }
    }
    Ok((child.wait()?, held))
}

fn release(held: &[u8]) -> Result<()> {
    Ok(stderr().lock().write_all(held)?)
}

fn code(status: ExitStatus) -> ExitCode {
    // Ended by a signal, there is none.
    status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(101)
        .into()
}
