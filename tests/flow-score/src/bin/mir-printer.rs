//! Stands in front of rustc, and also writes the MIR of each crate into the folder that `MIR_FOLDER` names: for tests that
//! call the analysis itself.

use std::env;
use std::fs::File;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

/// As `secret_lint::driver` asks for it.
const PRINTING: [&str; 5] = [
    "-Zunpretty=mir",
    "-Zmir-include-spans=on",
    "-Ztrim-diagnostic-paths=no",
    "-Zmir-opt-level=1",
    "-Zinline-mir=no",
];

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let (rustc, arguments) = arguments.split_first().expect("cargo names rustc");
    let mut command = Command::new(rustc);
    command.args(arguments);
    if !command.status().expect("rustc can be started").success() {
        return ExitCode::FAILURE;
    }
    let name = arguments
        .iter()
        .skip_while(|argument| *argument != "--crate-name")
        .nth(1);
    if let (Some(name), Some(folder)) = (name, env::var_os("MIR_FOLDER")) {
        let path = Path::new(&folder).join(name).with_extension("mir");
        let file = File::create(path).expect("the folder can be written");
        command
            .args(PRINTING)
            .env("RUSTC_BOOTSTRAP", "1")
            .stdout(file)
            .stderr(Stdio::null());
        assert!(
            command.status().expect("rustc can be started").success(),
            "rustc prints no MIR of {}",
            name.display()
        );
    }
    ExitCode::SUCCESS
}
