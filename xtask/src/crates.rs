//! `cargo xtask crates`: the flow check on real crates of the registry, and what it costs there.
//!
//! Cargo fetches each crate and builds it as a workspace of its own, below `target/real-crates`. Times are of a machine that
//! does nothing else; those of the checker are of processors, as `cargo secret-lint --timings` writes them.

use std::{
    env, fmt,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Instant, SystemTime},
};

use cargo_metadata::MetadataCommand;
use serde_json::Value;

/// A crate that is checked.
struct Real {
    name: &'static str,
    version: &'static str,
    /// The features, and whether those that are on by default are as well.
    features: (&'static str, bool),
}

/// All of them handle credentials or log, build without libraries of the system, and are of different sizes.
const CRATES: &[Real] = &[
    // The smallest: tokens and client secrets of OAuth.
    Real {
        name: "oauth2",
        version: "5.0.0",
        features: ("reqwest,rustls-tls", false),
    },
    // Passphrases and keys in `secrecy` types, of plugins and files.
    Real {
        name: "age",
        version: "0.12.1",
        features: ("armor,async,cli-common,plugin,ssh", false),
    },
    // Tokens of clusters in `secrecy` types, and `tracing`.
    Real {
        name: "kube-client",
        version: "5.0.0",
        features: ("oauth,oidc,ws,unstable-client,rustls-tls", true),
    },
    // API keys in `secrecy` types, and errors that carry responses.
    Real {
        name: "async-openai",
        version: "0.43.0",
        features: ("full", true),
    },
    // A service with tokens of six kinds of storage, and `log`.
    Real {
        name: "sccache",
        version: "0.19.0",
        features: ("", true),
    },
    // Tokens and private keys in `secrecy` types, and `tracing`.
    Real {
        name: "octocrab",
        version: "0.54.9",
        features: (
            "follow-redirect,retry,rustls,timeout,tracing,default-client,rustls-ring,jwt-rust-crypto",
            false,
        ),
    },
];

/// Each time is the best of so many.
const RUNS: usize = 2;

/// Checks the crates that `arguments` name, or all; `--toolchain NAME` says with which rustc.
pub(crate) fn run(arguments: &[&str]) -> Result<(), String> {
    let (toolchain, names) = match arguments {
        ["--toolchain", toolchain, names @ ..] => (Some(*toolchain), names),
        names => (None, names),
    };
    if let Some(unknown) = names
        .iter()
        .find(|name| CRATES.iter().all(|real| real.name != **name))
    {
        let known: Vec<_> = CRATES.iter().map(|real| real.name).collect();
        return Err(format!(
            "there is no crate `{unknown}` in the list: {}",
            known.join(", ")
        ));
    }
    super::cargo(
        "the checker",
        &["build", "--release", "--package", "secret-lint"],
        &[],
    )?;
    let target = MetadataCommand::new()
        .no_deps()
        .exec()
        .map_err(|error| error.to_string())?
        .target_directory
        .into_std_path_buf();
    let bench = Bench {
        checker: target
            .join("release/cargo-secret-lint")
            .with_extension(env::consts::EXE_EXTENSION),
        folder: target.join("real-crates"),
        toolchain,
    };
    println!("{}", Measured::HEADER);
    let chosen = |real: &&Real| names.is_empty() || names.contains(&real.name);
    let mut failures = Vec::new();
    for real in CRATES.iter().filter(chosen) {
        match bench.measure(real) {
            Ok(measured) => println!("{measured}"),
            Err(error) => failures.push(format!("{}: {error}", real.name)),
        }
    }
    println!("\nThe reports are in {}", bench.folder.display());
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n"))
    }
}

/// Where everything is.
struct Bench<'a> {
    checker: PathBuf,
    folder: PathBuf,
    toolchain: Option<&'a str>,
}

impl Bench<'_> {
    fn measure(&self, real: &Real) -> Result<Measured, String> {
        let source = self.fetch(real)?;
        // The checker's folder for both: what depends on nothing of the workspace is then compiled once.
        let target = self
            .folder
            .join("target")
            .join(self.toolchain.unwrap_or("default"));
        let check = || {
            let mut command = self.cargo(&source);
            command.arg("check").args(arguments(real));
            command.arg("--target-dir").arg(target.join("secret-lint"));
            command
        };
        succeed(&mut check())?;
        let check_time = best(|| {
            touch(&source.join("src"))?;
            succeed(&mut check())
        })?;
        let timings = self.folder.join("timings.json");
        let lint = || {
            let mut command = self.cargo(&source);
            command.arg("secret-lint").args(arguments(real));
            command.arg("--timings").arg(&timings);
            command.arg("--target-dir").arg(&target);
            command
        };
        let mut all = Value::Null;
        let whole_time = best(|| {
            touch(&source.join("src"))?;
            // Findings are kept by what they depend on, which is the same each time.
            let _ = fs::remove_dir_all(target.join("secret-lint/findings"));
            let (output, seconds) = checked(&mut lint())?;
            let reports = self.folder.join(format!("{}.reports", real.name));
            write(&reports, &output.stderr)?;
            all = serde_json::from_slice(&read(&timings)?).map_err(|error| error.to_string())?;
            Ok(seconds)
        })?;
        let warm_time = best(|| checked(&mut lint()).map(|(_, seconds)| seconds))?;
        Ok(Measured {
            name: format!("{} {}", real.name, real.version),
            lines: lines(&source.join("src"))?,
            check_time,
            whole_time,
            warm_time,
            all,
        })
    }

    fn cargo(&self, folder: &Path) -> Command {
        let mut command = Command::new("cargo");
        command
            .current_dir(folder)
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env_remove("CARGO_TARGET_DIR");
        // Those of the process that started this one.
        for name in ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN"] {
            command.env_remove(name);
        }
        if let Some(toolchain) = self.toolchain {
            command.env("RUSTUP_TOOLCHAIN", toolchain);
        }
        let beside = self.checker.parent().into_iter().map(Path::to_path_buf);
        let path = env::var_os("PATH").unwrap_or_default();
        if let Ok(path) = env::join_paths(beside.chain(env::split_paths(&path))) {
            command.env("PATH", path);
        }
        command
    }

    /// The crate's source, as a workspace of its own.
    fn fetch(&self, real: &Real) -> Result<PathBuf, String> {
        let folder = self.folder.join(format!("{}-{}", real.name, real.version));
        let manifest_path = folder.join("Cargo.toml");
        if manifest_path.is_file() {
            return Ok(folder);
        }
        let user = self.folder.join("fetch");
        write(&user.join("src/lib.rs"), b"")?;
        let manifest = format!(
            "[package]\nname = \"fetch\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{} = {{ version = \"={}\", default-features = false }}\n",
            real.name, real.version
        );
        write(&user.join("Cargo.toml"), manifest.as_bytes())?;
        let metadata = MetadataCommand::new()
            .manifest_path(user.join("Cargo.toml"))
            .exec()
            .map_err(|error| error.to_string())?;
        let fetched = metadata
            .packages
            .iter()
            .find(|package| *package.name == real.name)
            .and_then(|package| package.manifest_path.parent())
            .ok_or("cargo did not fetch it")?;
        copy(fetched.as_std_path(), &folder)?;
        // It may name versions that the registry at hand does not have.
        let _ = fs::remove_file(folder.join("Cargo.lock"));
        let mut manifest = read(&manifest_path)?;
        if !String::from_utf8_lossy(&manifest).contains("\n[workspace]") {
            manifest.extend(b"\n[workspace]\n");
            write(&manifest_path, &manifest)?;
        }
        Ok(folder)
    }
}

/// What was measured of a crate.
struct Measured {
    name: String,
    lines: usize,
    check_time: f64,
    whole_time: f64,
    warm_time: f64,
    /// What `--timings` wrote.
    all: Value,
}

impl Measured {
    const HEADER: &str = "| crate | lines | bodies printed | read | MIR, MB | rustc, s | parse, s | records, s | analysis, s | of rustc | whole, s | of check | unchanged, s | memory, MB | reports | not checked |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|";

    /// The sum of a figure of the compiled crates.
    fn sum(&self, figure: &str) -> f64 {
        self.readings()
            .filter_map(|reading| reading[figure].as_f64())
            .sum()
    }

    fn readings(&self) -> impl Iterator<Item = &Value> {
        let crates = self.all["crates"].as_array();
        crates.into_iter().flatten().map(|krate| &krate["reading"])
    }

    fn command(&self, figure: &str) -> f64 {
        self.all["command"][figure].as_f64().unwrap_or_default()
    }

    /// The most that a process of the checker's had.
    fn memory(&self) -> u64 {
        let all = self.readings().chain([&self.all]);
        all.filter_map(|part| part["peak_memory"].as_u64())
            .max()
            .unwrap_or_default()
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MEGABYTE: f64 = 1_000_000.0;
        let records = self.sum("write") + self.command("load");
        let rustc = self.sum("rustc");
        let own = self.sum("parse") + records + self.command("analysis");
        write!(
            formatter,
            "| {} | {} | {} | {} | {:.1} | {rustc:.2} | {:.2} | {records:.2} | {:.2} | {:.0} % | {:.2} | {:.2} | {:.2} | {} | {} | {} |",
            self.name,
            self.lines,
            self.sum("printed"),
            self.sum("read"),
            self.sum("bytes") / MEGABYTE,
            self.sum("parse"),
            self.command("analysis"),
            100.0 * own / rustc,
            self.whole_time,
            self.whole_time / self.check_time,
            self.warm_time,
            self.memory() / 1_000_000,
            self.command("findings"),
            self.command("not_checked"),
        )
    }
}

/// The options that choose the crate's features.
fn arguments(real: &Real) -> Vec<&'static str> {
    let (features, has_defaults) = real.features;
    let mut all = Vec::new();
    if !has_defaults {
        all.push("--no-default-features");
    }
    if !features.is_empty() {
        all.extend(["--features", features]);
    }
    all
}

/// Runs `command`, which is to succeed, and takes its time.
fn succeed(command: &mut Command) -> Result<f64, String> {
    let (output, seconds) = timed(command)?;
    if output.status.success() {
        Ok(seconds)
    } else {
        Err(failure(command, &output))
    }
}

/// Runs the checker, which ends with 101 where it reports something and with 102 where something is not checked.
fn checked(command: &mut Command) -> Result<(Output, f64), String> {
    let (output, seconds) = timed(command)?;
    let summary = String::from_utf8_lossy(&output.stderr);
    if summary
        .lines()
        .any(|line| line.starts_with("secret-lint: "))
    {
        Ok((output, seconds))
    } else {
        Err(failure(command, &output))
    }
}

fn timed(command: &mut Command) -> Result<(Output, f64), String> {
    let began = Instant::now();
    let output = command
        .output()
        .map_err(|error| format!("{command:?}: {error}"))?;
    Ok((output, began.elapsed().as_secs_f64()))
}

fn failure(command: &Command, output: &Output) -> String {
    format!(
        "{command:?} ends with {}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    )
}

/// The shortest time of a few runs.
fn best(mut run: impl FnMut() -> Result<f64, String>) -> Result<f64, String> {
    let mut best = f64::INFINITY;
    for _ in 0..RUNS {
        best = best.min(run()?);
    }
    Ok(best)
}

/// The files below `folder`.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        let say = |error: std::io::Error| format!("{}: {error}", folder.display());
        for entry in fs::read_dir(&folder).map_err(say)? {
            let path = entry.map_err(say)?.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.push(path);
            }
        }
    }
    Ok(found)
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Writes a file, and its folder where there is none.
fn write(file: &Path, content: &[u8]) -> Result<(), String> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(file, content))
        .map_err(|error| format!("{}: {error}", file.display()))
}

fn source_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut all = files(folder)?;
    all.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    Ok(all)
}

/// Makes cargo compile the crate again.
fn touch(folder: &Path) -> Result<(), String> {
    for file in source_files(folder)? {
        let opened = File::options().write(true).open(&file);
        opened
            .and_then(|opened| opened.set_modified(SystemTime::now()))
            .map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(())
}

fn lines(folder: &Path) -> Result<usize, String> {
    let mut count = 0;
    for file in source_files(folder)? {
        count += String::from_utf8_lossy(&read(&file)?).lines().count();
    }
    Ok(count)
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    for file in files(from)? {
        let name = file.strip_prefix(from).map_err(|error| error.to_string())?;
        write(&to.join(name), &read(&file)?)?;
    }
    Ok(())
}
