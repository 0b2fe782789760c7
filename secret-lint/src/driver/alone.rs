//! Where cargo runs the wrapper without the command: the crate is checked at once, and what is found is said as rustc would.

use std::{
    env,
    io::{Write, stderr},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::Result;

use super::{
    findings, show, texts,
    wrapper::{Compiled, Given},
};

/// Checks the crate. Trouble of the checker's own is said and blocks nothing.
pub(super) fn check(compiled: Compiled, given: &Given, as_json: bool) -> ExitCode {
    let name = compiled.record.name.clone();
    check_and_show(compiled, given, as_json).unwrap_or_else(|error| {
        let text = format!("the flow check of `{name}` did not work: {error:#}");
        let _ = stderr().write_all(show::note_of_rustc("warning", &text, as_json).as_bytes());
        ExitCode::SUCCESS
    })
}

fn check_and_show(compiled: Compiled, given: &Given, as_json: bool) -> Result<ExitCode> {
    let mut checked = findings::of_crate(compiled.bodies, &compiled.record, &given.model);
    texts::leave_out_tests(
        &mut checked.findings,
        std::iter::once(&compiled.record),
        &compiled.record.directory,
    );
    let generated = env::var_os("OUT_DIR").map(PathBuf::from);
    let literals = texts::of_crate(&compiled.record, generated.as_deref());
    checked.findings.extend(literals);
    show::one_crate(
        &compiled.record,
        &checked,
        &given.levels,
        given.baseline.as_deref(),
        as_json,
    )
}
