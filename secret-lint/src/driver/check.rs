//! `cargo secret-lint` itself: compiles, collects, checks and shows.

use std::{
    io::{Write, stderr},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use anyhow::Result;
use cargo_metadata::Metadata;

use super::{
    cargo::{self, Outcome, Unit},
    cost::{self, Cost},
    findings::{self, Checked},
    fix,
    options::{Fix, Flag, Options},
    settings::Settings,
    show, texts,
    toolchain::Toolchain,
    tracked,
};
use crate::report::{levels::Levels, sources::Sources};

/// The crates of the workspace, ready to be checked.
pub(super) struct Workspace {
    pub(super) metadata: Metadata,
    pub(super) units: Vec<Unit>,
    settings: Settings,
}

impl Workspace {
    /// Compiles what changed; nothing but the exit code where something does not compile.
    pub(super) fn compile(options: &Options) -> Result<Result<Self, ExitCode>> {
        let metadata = cargo::metadata(options.manifest_path.as_deref())?;
        let root = metadata.workspace_root.as_std_path();
        let settings = Settings::read(tracked::configuration(root).as_deref())?;
        if let Some(warning) = Toolchain::of(&super::rustc())?.warning() {
            writeln!(stderr(), "warning: {warning}")?;
        }
        Ok(match cargo::check(options, &metadata)? {
            Outcome::Compiled(units) => Ok(Self {
                metadata,
                units,
                settings,
            }),
            Outcome::Failed(code) => Err(code.into()),
        })
    }

    /// Where cargo runs rustc, and where the paths in spans start.
    pub(super) fn root(&self) -> &Path {
        self.metadata.workspace_root.as_std_path()
    }

    pub(super) fn configuration(&self) -> Option<PathBuf> {
        tracked::configuration(self.root())
    }

    fn check(&self, options: &Options) -> Result<Checked> {
        let target = cargo::target_directory(options, &self.metadata);
        let mut checked = findings::of_workspace(
            &self.units,
            self.root(),
            &target,
            self.configuration().as_deref(),
        )?;
        let records = self.units.iter().map(|unit| &unit.record);
        texts::leave_out_tests(&mut checked.findings, records.clone(), self.root());
        checked
            .findings
            .extend(texts::of_workspace(records, self.root(), &target));
        Ok(checked)
    }
}

/// Checks the workspace and shows what is found, or what is left of it once sources are changed.
///
/// What it took is written to `timings`.
pub(super) fn run(
    options: &Options,
    fix: &Fix,
    flags: &[(Flag, String)],
    timings: Option<&Path>,
) -> Result<ExitCode> {
    // A flag that is wrong is said before anything is compiled.
    Settings::default().levels(flags)?;
    if fix.is_wanted {
        let metadata = cargo::metadata(options.manifest_path.as_deref())?;
        fix::ensure_may_change(metadata.workspace_root.as_std_path(), fix)?;
    }
    let began = Instant::now();
    let workspace = match Workspace::compile(options)? {
        Ok(workspace) => workspace,
        Err(code) => return Ok(code),
    };
    let cargo = began.elapsed().as_secs_f64();
    let checked = workspace.check(options)?;
    if let Some(file) = timings {
        let crates = workspace.units.iter();
        let crates = crates.map(|unit| (&*unit.record.name, &*unit.record_path));
        let cost = Cost {
            cargo,
            findings: checked.findings.len(),
            not_checked: checked.gaps.len(),
            ..checked.cost.clone()
        };
        cost::write(file, &cost, crates)?;
    }
    let levels = workspace.settings.levels(flags)?;
    if fix.is_wanted {
        return fixed(workspace, checked, options, &levels);
    }
    show::workspace(&workspace, &checked, options, &levels)
}

/// Changes sources as reports say, and shows what is found in the changed ones.
fn fixed(
    mut workspace: Workspace,
    mut checked: Checked,
    options: &Options,
    levels: &Levels,
) -> Result<ExitCode> {
    let sources = Sources::below(workspace.root());
    let (reports, _) = show::reports(&workspace, &checked, levels, &sources)?;
    let changed = fix::apply(&reports, &sources)?;
    if !changed.is_empty() {
        match Workspace::compile(options) {
            Ok(Ok(compiled)) => workspace = compiled,
            failed => {
                changed.restore()?;
                writeln!(
                    stderr(),
                    "error: it does not compile with what `--fix` changed, which is taken back: {changed}"
                )?;
                return failed.map(|_| super::FAILED.into());
            }
        }
        writeln!(stderr(), "secret-lint: fixed {changed}")?;
        checked = workspace.check(options)?;
    }
    show::workspace(&workspace, &checked, options, levels)
}

/// Writes what is found today.
pub(super) fn baseline(options: &Options) -> Result<ExitCode> {
    let workspace = match Workspace::compile(options)? {
        Ok(workspace) => workspace,
        Err(code) => return Ok(code),
    };
    let checked = workspace.check(options)?;
    show::baseline(&workspace, &checked)
}
