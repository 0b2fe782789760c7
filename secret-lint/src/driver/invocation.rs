//! What cargo asks of rustc, and the second command that prints the same crate's MIR.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// Options of rustc that are left out of the second command: what it writes, how it reports, and
/// caps on lints, since rustc takes only one.
const LEFT_OUT: [&str; 7] = [
    "--cap-lints",
    "--diagnostic-width",
    "--emit",
    "--error-format",
    "--json",
    "--out-dir",
    "-o",
];

/// Of `-C`: incremental compilation makes printing slower, and counters would be statements of the program.
const LEFT_OUT_CODEGEN: [&str; 2] = ["incremental", "instrument-coverage"];

/// What prints the MIR. Inlining, which optimised builds do, would hide the calls that the flow check looks for.
const PRINT_MIR: [&str; 7] = [
    "-Zunpretty=mir",
    "-Zmir-include-spans=on",
    "-Ztrim-diagnostic-paths=no",
    "-Zmir-opt-level=1",
    "-Zinline-mir=no",
    "--cap-lints",
    "allow",
];

/// A command line of rustc's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Invocation {
    arguments: Vec<OsString>,
}

impl Invocation {
    /// Takes the arguments after the compiler, and reads those that stand in files (`@path`).
    pub(super) fn new(arguments: impl IntoIterator<Item = OsString>) -> Result<Self> {
        let mut all = Vec::new();
        for argument in arguments {
            match argument
                .to_str()
                .and_then(|argument| argument.strip_prefix('@'))
            {
                Some(path) => {
                    let text = std::fs::read_to_string(path)
                        .with_context(|| format!("cannot read {path}"))?;
                    all.extend(text.lines().map(OsString::from));
                }
                None => all.push(argument),
            }
        }
        Ok(Self { arguments: all })
    }

    /// Whether it compiles a crate for run time. Questions (`-vV`, `--print`) do not, and build scripts and procedural
    /// macros run while compiling.
    pub(super) fn is_checked(&self) -> bool {
        let asks = |argument: &OsString| {
            argument == "-"
                || argument == "-vV"
                || argument
                    .to_str()
                    .is_some_and(|text| text.starts_with("--print"))
        };
        !self.arguments.iter().any(asks)
            && self.out_dir().is_some()
            && self
                .crate_name()
                .is_some_and(|name| !name.starts_with("build_script_"))
            && !self.values("--crate-type").any(|kind| kind == "proc-macro")
    }

    pub(super) fn crate_name(&self) -> Option<&str> {
        self.values("--crate-name").next()
    }

    pub(super) fn is_test(&self) -> bool {
        self.arguments.iter().any(|argument| argument == "--test")
    }

    /// Whether all that this crate has beside its twin, if it has one, is for tests: it is compiled with them, or it is a test or
    /// a benchmark of the package in `folder` that brings its own `main`.
    pub(super) fn is_for_tests(&self, folder: &Path) -> bool {
        let is_root = |argument: &&OsString| {
            Path::new(argument)
                .extension()
                .is_some_and(|extension| extension == "rs")
        };
        let root = self.arguments.iter().find(is_root).map(Path::new);
        self.is_test()
            || root.is_some_and(|root| {
                // Cargo names the files of a workspace's members from the workspace on.
                let root = folder.ancestors().map(|above| above.join(root));
                root.filter_map(|root| root.strip_prefix(folder).map(PathBuf::from).ok())
                    .any(|root| root.starts_with("tests") || root.starts_with("benches"))
            })
    }

    /// Whether the diagnostics are read by cargo.
    pub(super) fn wants_json(&self) -> bool {
        self.values("--error-format").any(|format| format == "json")
    }

    /// Where the crate's files go, and how they are named: `target/debug/deps/krate-0123456789abcdef`.
    pub(super) fn output(&self) -> Option<PathBuf> {
        let suffix = self.codegen("extra-filename").unwrap_or_default();
        Some(Path::new(self.out_dir()?).join(format!("{}{suffix}", self.crate_name()?)))
    }

    /// The file in which rustc lists what it read.
    pub(super) fn dependency_info(&self) -> Option<PathBuf> {
        let mut emits = self.values("--emit").flat_map(|list| list.split(','));
        let named = emits
            .find_map(|emit| emit.strip_prefix("dep-info="))
            .map(PathBuf::from);
        named.or_else(|| {
            let mut path = self.output()?.into_os_string();
            path.push(".d");
            Some(path.into())
        })
    }

    /// The files of the crates that this one names.
    pub(super) fn dependencies(&self) -> impl Iterator<Item = &Path> {
        self.values("--extern")
            .filter_map(|dependency| Some(Path::new(dependency.split_once('=')?.1)))
    }

    /// The arguments that print the MIR of the same crate.
    pub(super) fn printing_mir(&self) -> Vec<OsString> {
        let mut kept = Vec::new();
        let mut arguments = self.arguments.iter();
        while let Some(argument) = arguments.next() {
            let text = argument.to_str().unwrap_or_default();
            if LEFT_OUT.contains(&text) {
                arguments.next();
            } else if text == "-C" || text == "--codegen" {
                let value = arguments.next();
                if !value.is_some_and(|value| is_left_out_codegen(value)) {
                    kept.push(argument.clone());
                    kept.extend(value.cloned());
                }
            } else {
                let option = text.split_once('=').map_or(text, |(option, _)| option);
                let codegen = text
                    .strip_prefix("-C")
                    .or_else(|| text.strip_prefix("--codegen="));
                if !LEFT_OUT.contains(&option)
                    && !codegen.is_some_and(|value| is_left_out_codegen(OsStr::new(value)))
                {
                    kept.push(argument.clone());
                }
            }
        }
        kept.extend(PRINT_MIR.map(OsString::from));
        kept
    }

    fn out_dir(&self) -> Option<&str> {
        self.values("--out-dir").next()
    }

    fn codegen(&self, key: &str) -> Option<&str> {
        let glued = self
            .arguments
            .iter()
            .filter_map(|argument| argument.to_str()?.strip_prefix("-C"));
        let mut all = self
            .values("-C")
            .chain(self.values("--codegen"))
            .chain(glued);
        all.find_map(|value| value.strip_prefix(key)?.strip_prefix('='))
    }

    /// What follows `option`, as an argument of its own or after `=`.
    fn values(&self, option: &str) -> impl Iterator<Item = &str> {
        let after = self.arguments.iter().skip(1).map(Some).chain([None]);
        self.arguments
            .iter()
            .zip(after)
            .filter_map(move |(argument, after)| {
                let argument = argument.to_str()?;
                if argument == option {
                    after?.to_str()
                } else {
                    argument.strip_prefix(option)?.strip_prefix('=')
                }
            })
    }
}

fn is_left_out_codegen(value: &OsStr) -> bool {
    let text = value.to_str().unwrap_or_default();
    LEFT_OUT_CODEGEN.contains(&text.split_once('=').map_or(text, |(key, _)| key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invocation(line: &str) -> Invocation {
        Invocation::new(line.split_whitespace().map(OsString::from)).unwrap()
    }

    const CARGO: &str = "--crate-name app --edition=2024 src/main.rs --error-format=json \
        --json=diagnostic-rendered-ansi,artifacts --crate-type bin --emit=dep-info,metadata -C embed-bitcode=no \
        -C debuginfo=2 --cfg feature=\"default\" -C metadata=1 -C extra-filename=-2 --out-dir /t/debug/deps \
        -C incremental=/t/debug/incremental -L dependency=/t/debug/deps --extern base=/t/debug/deps/libbase-3.rmeta";

    #[test]
    fn the_second_command_keeps_what_decides_on_the_code_and_prints() {
        let printed = invocation(CARGO).printing_mir();
        let expected = "--crate-name app --edition=2024 src/main.rs --crate-type bin -C embed-bitcode=no -C debuginfo=2 \
            --cfg feature=\"default\" -C metadata=1 -C extra-filename=-2 -L dependency=/t/debug/deps \
            --extern base=/t/debug/deps/libbase-3.rmeta";
        let expected = expected
            .split_whitespace()
            .chain(PRINT_MIR)
            .map(OsString::from);
        assert_eq!(printed, expected.collect::<Vec<_>>());
    }

    #[test]
    fn options_are_left_out_in_every_spelling() {
        let printed = invocation(
            "--emit metadata -Cincremental=/t --codegen=instrument-coverage --cap-lints warn \
            --codegen incremental=/u -o out --json=artifacts --test -Copt-level=3",
        )
        .printing_mir();
        let expected = ["--test", "-Copt-level=3"]
            .into_iter()
            .chain(PRINT_MIR)
            .map(OsString::from);
        assert_eq!(printed, expected.collect::<Vec<_>>());
    }

    #[test]
    fn files_are_found_by_the_crates_name_and_suffix() {
        let invocation = invocation(CARGO);
        assert_eq!(
            invocation.output().unwrap(),
            Path::new("/t/debug/deps/app-2")
        );
        assert_eq!(
            invocation.dependency_info().unwrap(),
            Path::new("/t/debug/deps/app-2.d")
        );
        assert!(
            invocation
                .dependencies()
                .eq([Path::new("/t/debug/deps/libbase-3.rmeta")])
        );
        assert!(invocation.wants_json() && invocation.is_checked() && !invocation.is_test());
    }

    #[test]
    fn tests_and_benchmarks_are_known_by_flag_or_place() {
        let is_for_tests = |line: &str| invocation(line).is_for_tests(Path::new("/w/app"));
        assert!(is_for_tests("--crate-name app app/src/lib.rs --test"));
        assert!(is_for_tests("--crate-name b app/benches/b.rs"));
        assert!(is_for_tests("--crate-name t /w/app/tests/t/main.rs"));
        assert!(!is_for_tests("--crate-name app app/src/lib.rs"));
        assert!(!is_for_tests("--crate-name app src/tests/main.rs"));
        assert!(!is_for_tests("--crate-name e app/examples/tests.rs"));
    }

    #[test]
    fn questions_build_scripts_and_procedural_macros_are_not_checked() {
        assert!(!invocation("-vV").is_checked());
        assert!(!invocation("- --crate-name ___ --print=file-names --out-dir x").is_checked());
        assert!(!invocation(&CARGO.replace("app", "build_script_build")).is_checked());
        assert!(!invocation(&CARGO.replace("bin", "proc-macro")).is_checked());
    }
}
