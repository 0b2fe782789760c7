//! The parent: runs every scenario under every allocator, prints the table and judges it.

mod canary;
mod child;
mod memory;

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, process};

use crate::scenarios::{Expected, SCENARIOS, Scenario, Source};
use canary::Canary;
use child::{Measurement, run};

/// The programs that run the scenarios, by their allocator.
const PROGRAMS: &[(&str, &str)] = &[
    ("system", "residue-system"),
    ("mimalloc", "residue-mimalloc"),
];

/// Prints the table, and after it whatever contradicts the promise or the controls.
///
/// # Panics
///
/// If the programs are not beside this one, or the memory of a child cannot be read.
pub fn measure() -> ExitCode {
    let own_path = env::current_exe().expect("the path of this program");
    let directory = Directory::new();
    let mut faults = Vec::new();
    print_row([
        "scenario",
        "allocator",
        "found while live",
        "left after drop",
    ]);
    for scenario in SCENARIOS.iter().copied().flatten() {
        for (allocator, program) in PROGRAMS {
            let program = own_path.with_file_name(program);
            let measurement = run(scenario, &program, &directory.0, &Canary::new());
            print_measurement(scenario, allocator, &measurement);
            faults.extend(
                faults_of(scenario, &measurement)
                    .map(|fault| format!("{} ({allocator}): {fault}", scenario.name)),
            );
        }
    }
    for fault in &faults {
        println!("FAULT {fault}");
    }
    println!(
        "{} scenarios of ours and {} controls, each under {} allocators: {} faults",
        count(|expected| expected == Expected::Nothing),
        count(|expected| expected == Expected::Residue),
        PROGRAMS.len(),
        faults.len(),
    );
    if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn count(of: impl Fn(Expected) -> bool) -> usize {
    SCENARIOS
        .iter()
        .copied()
        .flatten()
        .filter(|scenario| of(scenario.expected))
        .count()
}

fn print_measurement(scenario: &Scenario, allocator: &str, measurement: &Measurement) {
    let live = measurement.live.to_string();
    let left = match scenario.expected {
        Expected::Measured(why) => format!("{} ({why})", measurement.left),
        Expected::Nothing | Expected::Residue => measurement.left.to_string(),
    };
    print_row([scenario.name, allocator, &live, &left]);
}

fn print_row([scenario, allocator, live, left]: [&str; 4]) {
    println!("{scenario:44} {allocator:9} {live:26} {left}");
}

/// What contradicts the promise or the controls.
fn faults_of(scenario: &Scenario, measurement: &Measurement) -> impl Iterator<Item = &'static str> {
    let Measurement { before, live, left } = measurement;
    let is_ours = scenario.expected == Expected::Nothing;
    let faults = [
        (
            scenario.source != Source::Environment && !before.is_empty(),
            "control: the secret was found before it was there",
        ),
        (live.whole() == 0, "control: the live secret was not found"),
        (
            is_ours && (live.whole() != scenario.copies || live.partial() != 0),
            "while the secret was live, there was more of it than the secret itself",
        ),
        (is_ours && !left.is_empty(), "there was something left"),
        (
            scenario.expected == Expected::Residue && left.is_empty(),
            "control: nothing of a plain value was left",
        ),
    ];
    faults
        .into_iter()
        .filter_map(|(is_fault, fault)| is_fault.then_some(fault))
}

/// A new directory for the files of the runs, which nobody else may enter; removed at the end.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        let path = env::temp_dir().join(format!("secret-residue-{}", process::id()));
        DirBuilder::new()
            .mode(0o700)
            .create(&path)
            .expect("a new directory");
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // What is left there is random and was never anybody's secret.
        let _ = fs::remove_dir_all(&self.0);
    }
}
