//! The project's own chores: `cargo xtask test` is the test command, `cargo xtask bench` the measurements.

mod crates;

use std::env;
use std::process::{Command, ExitCode};

const USAGE: &str =
    "usage: cargo xtask test | bench [TABLE] | flow | crates [--toolchain NAME] [CRATE…]

  bench   speed and weight beside the peers, as tables of ratios; all, or the one named
  crates  the flow check on real crates: what it reads, what it takes, what it reports
  flow    what the flow check finds of the leaks in tests/flow, by lint
  test    format, clippy, each feature alone, all tests and doctests, docs";

/// One cargo call of the test command, with what to set in its environment.
struct Step {
    name: &'static str,
    arguments: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

const STEPS: &[Step] = &[
    Step {
        name: "format",
        arguments: &["fmt", "--all", "--check"],
        environment: &[],
    },
    Step {
        name: "clippy",
        arguments: &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ],
        environment: &[],
    },
    Step {
        name: "tests and doctests",
        arguments: &["test", "--workspace", "--all-features"],
        environment: &[],
    },
    Step {
        name: "documentation",
        arguments: &["doc", "--workspace", "--all-features", "--no-deps"],
        environment: &[("RUSTDOCFLAGS", "-D warnings")],
    },
];

/// The library crates and their features, each of which is built alone.
const FEATURES: &[(&str, &[&str])] = &[(
    "secret-core",
    &[
        "",
        "derive",
        "derive,serde",
        "subtle",
        "serde",
        "fingerprint",
        "base64ct",
        "base16ct",
        "clap",
        "schemars",
        "arbitrary",
        "proptest",
        "std",
    ],
)];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["test"] => test(),
        ["bench", ref tables @ ..] => bench(tables),
        ["flow"] => flow(),
        ["crates", ref arguments @ ..] => crates::run(arguments),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn test() -> Result<(), String> {
    for step in STEPS {
        cargo(step.name, step.arguments, step.environment)?;
    }
    for (package, features) in FEATURES {
        for feature in *features {
            let name = format!("{package} with feature `{feature}` alone");
            let arguments = [
                "check",
                "--package",
                package,
                "--no-default-features",
                "--features",
                feature,
            ];
            cargo(&name, &arguments, &[("RUSTFLAGS", "-D warnings")])?;
        }
    }
    println!("all steps passed");
    Ok(())
}

fn bench(tables: &[&str]) -> Result<(), String> {
    let run = ["run", "--quiet", "--release", "--package", "benches", "--"];
    cargo("benchmarks", &[&run, tables].concat(), &[])
}

fn flow() -> Result<(), String> {
    let run = [
        "test",
        "--package",
        "flow-score",
        "--test",
        "score",
        "--",
        "--nocapture",
    ];
    cargo("the flow check on its corpus", &run, &[])
}

fn cargo(name: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Result<(), String> {
    println!("== {name}: cargo {}", arguments.join(" "));
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(arguments)
        .envs(environment.iter().copied())
        .status()
        .map_err(|error| format!("{name}: cargo could not be started: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{name}: failed ({status})"))
    }
}
