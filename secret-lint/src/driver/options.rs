//! The command line, after the manner of `cargo check` and `cargo clippy`.

use std::{ffi::OsString, io::IsTerminal, path::PathBuf};

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

/// Finds the ways in which a secret reaches a log, an error, a URL or a child process.
#[derive(Debug, Parser)]
#[command(
    name = "cargo-secret-lint",
    bin_name = "cargo secret-lint",
    version,
    args_conflicts_with_subcommands = true
)]
pub(super) struct CommandLine {
    #[command(flatten)]
    pub(super) options: Options,
    #[command(flatten)]
    pub(super) fix: Fix,
    /// List every place that declassifies a secret, and check nothing.
    #[arg(long)]
    pub(super) list_declassified: bool,
    /// Say what a lint finds and what to do about it.
    #[arg(long, value_name = "LINT")]
    pub(super) explain: Option<String>,
    /// Write what the check took, in seconds and bytes, to this file as JSON.
    #[arg(long, value_name = "FILE")]
    pub(super) timings: Option<PathBuf>,
    #[command(subcommand)]
    pub(super) command: Option<Subcommands>,
    /// In the order given: the last one wins.
    #[arg(skip)]
    pub(super) levels: Vec<(Flag, String)>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Subcommands {
    /// Let every `cargo check`, every build and the editor run the flow check.
    Setup {
        /// Path to Cargo.toml.
        #[arg(long, value_name = "PATH")]
        manifest_path: Option<PathBuf>,
    },
    /// Write what is found today to a file; from then on only what is new is reported.
    Baseline {
        #[command(flatten)]
        options: Options,
    },
    /// List every place that exposes or declassifies a secret, and the functions that reach it.
    Inventory {
        #[command(flatten)]
        options: Options,
        /// Fail where the file does not list what there is.
        #[arg(long, value_name = "FILE")]
        check: Option<PathBuf>,
        /// How it is written.
        #[arg(long, value_enum, default_value_t)]
        format: InventoryFormat,
    },
}

/// Whether sources are changed.
#[derive(Debug, Default, Args)]
pub(super) struct Fix {
    /// Make the changes that are sure to be right, and take them back where the code does not compile with them.
    #[arg(long = "fix", help_heading = "Changes")]
    pub(super) is_wanted: bool,
    /// Change sources also where git has changes that are not committed.
    #[arg(long, requires = "is_wanted", help_heading = "Changes")]
    pub(super) allow_dirty: bool,
    /// Change sources also where git does not keep them.
    #[arg(long, requires = "is_wanted", help_heading = "Changes")]
    pub(super) allow_no_vcs: bool,
}

/// What sets a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    Allow,
    Warn,
    Deny,
}

/// How an inventory is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum InventoryFormat {
    /// For the terminal.
    #[default]
    Table,
    /// For programs.
    Json,
    /// For reviews.
    Markdown,
}

/// How reports are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// With source lines, as rustc does it.
    #[default]
    Human,
    /// One line each.
    Short,
    /// Cargo's messages, one a line.
    Json,
    /// For code scanning.
    Sarif,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What is checked and how it is shown.
#[derive(Clone, Debug, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of cargo's")]
pub(super) struct Options {
    /// Check this package (may be given several times).
    #[arg(short, long, value_name = "SPEC", help_heading = "Packages")]
    package: Vec<String>,
    /// Check all packages of the workspace.
    #[arg(long, visible_alias = "all", help_heading = "Packages")]
    workspace: bool,
    /// Leave this package out.
    #[arg(
        long,
        value_name = "SPEC",
        requires = "workspace",
        help_heading = "Packages"
    )]
    exclude: Vec<String>,
    /// Check only the library.
    #[arg(long, help_heading = "Targets")]
    lib: bool,
    /// Check this binary.
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "", help_heading = "Targets")]
    bin: Vec<String>,
    /// Check all binaries.
    #[arg(long, help_heading = "Targets")]
    bins: bool,
    /// Check this example.
    #[arg(long, value_name = "NAME", help_heading = "Targets")]
    example: Vec<String>,
    /// Check all examples.
    #[arg(long, help_heading = "Targets")]
    examples: bool,
    /// Check this integration test.
    #[arg(long, value_name = "NAME", help_heading = "Targets")]
    test: Vec<String>,
    /// Check tests, those inside of libraries and binaries included.
    #[arg(long, help_heading = "Targets")]
    tests: bool,
    /// Check this benchmark.
    #[arg(long, value_name = "NAME", help_heading = "Targets")]
    bench: Vec<String>,
    /// Check all benchmarks.
    #[arg(long, help_heading = "Targets")]
    benches: bool,
    /// Check everything, tests and benchmarks included.
    #[arg(long, help_heading = "Targets")]
    all_targets: bool,
    /// Features to activate, separated by commas or spaces.
    #[arg(short = 'F', long, value_name = "FEATURES", help_heading = "Features")]
    features: Vec<String>,
    /// Activate all features.
    #[arg(long, help_heading = "Features")]
    all_features: bool,
    /// Do not activate the default feature.
    #[arg(long, help_heading = "Features")]
    no_default_features: bool,
    /// Check with the release profile.
    #[arg(short, long, help_heading = "Compilation")]
    release: bool,
    /// Check with this profile.
    #[arg(
        long,
        value_name = "NAME",
        conflicts_with = "release",
        help_heading = "Compilation"
    )]
    profile: Option<String>,
    /// Check for this target (may be given several times).
    #[arg(long, value_name = "TRIPLE", help_heading = "Compilation")]
    target: Vec<String>,
    /// Where cargo puts its files; the check uses a folder `secret-lint` in it.
    #[arg(long, value_name = "FOLDER", help_heading = "Compilation")]
    pub(super) target_dir: Option<PathBuf>,
    /// Number of crates that are compiled at once.
    #[arg(short, long, value_name = "N", help_heading = "Compilation")]
    jobs: Option<String>,
    /// Go on with other crates where one does not compile.
    #[arg(long, help_heading = "Compilation")]
    keep_going: bool,
    /// Path to Cargo.toml.
    #[arg(long, value_name = "PATH", help_heading = "Manifest")]
    pub(super) manifest_path: Option<PathBuf>,
    /// Require that Cargo.lock is as it should be.
    #[arg(long, help_heading = "Manifest")]
    locked: bool,
    /// Do without the network.
    #[arg(long, help_heading = "Manifest")]
    offline: bool,
    /// Require both.
    #[arg(long, help_heading = "Manifest")]
    frozen: bool,
    /// Say nothing but what is found.
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// Say more.
    #[arg(short, long, action = clap::ArgAction::Count)]
    verbose: u8,
    /// How reports are written.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) message_format: MessageFormat,
    /// When to use colours.
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: Color,
    /// Make a lint an error; `warnings` for all that are warnings.
    #[arg(short = 'D', long, value_name = "LINT", help_heading = "Lints")]
    deny: Vec<String>,
    /// Make a lint a warning.
    #[arg(short = 'W', long, value_name = "LINT", help_heading = "Lints")]
    warn: Vec<String>,
    /// Do not report a lint.
    #[arg(short = 'A', long, value_name = "LINT", help_heading = "Lints")]
    allow: Vec<String>,
}

impl CommandLine {
    /// Reads it; `cargo secret-lint` gives the name of the command as the first argument.
    pub(super) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let mut arguments: Vec<_> = arguments.into_iter().collect();
        if arguments
            .get(1)
            .is_some_and(|argument| argument == "secret-lint")
        {
            arguments.remove(1);
        }
        let matches = Self::command().try_get_matches_from(arguments)?;
        let mut line = Self::from_arg_matches(&matches)?;
        line.levels = levels(
            matches
                .subcommand()
                .map_or(&matches, |(_, matches)| matches),
        );
        Ok(line)
    }
}

fn levels(matches: &ArgMatches) -> Vec<(Flag, String)> {
    let mut all = Vec::new();
    for (id, flag) in [
        ("deny", Flag::Deny),
        ("warn", Flag::Warn),
        ("allow", Flag::Allow),
    ] {
        // `setup` has none of them.
        let Ok(Some(values)) = matches.try_get_many::<String>(id) else {
            continue;
        };
        let places = matches.indices_of(id).into_iter().flatten();
        all.extend(
            places
                .zip(values)
                .map(|(place, lint)| (place, flag, lint.clone())),
        );
    }
    all.sort_by_key(|(place, ..)| *place);
    all.into_iter()
        .map(|(_, flag, lint)| (flag, lint))
        .collect()
}

impl Options {
    /// Those that cargo understands, as it wants them.
    pub(super) fn for_cargo(&self) -> Vec<OsString> {
        let mut all: Vec<OsString> = Vec::new();
        let flags = [
            (self.workspace, "--workspace"),
            (self.lib, "--lib"),
            (self.bins || self.bin.iter().any(String::is_empty), "--bins"),
            (self.examples, "--examples"),
            (self.tests, "--tests"),
            (self.benches, "--benches"),
            (self.all_targets, "--all-targets"),
            (self.all_features, "--all-features"),
            (self.no_default_features, "--no-default-features"),
            (self.release, "--release"),
            (self.keep_going, "--keep-going"),
            (self.locked, "--locked"),
            (self.offline, "--offline"),
            (self.frozen, "--frozen"),
            (self.quiet, "--quiet"),
        ];
        all.extend(
            flags
                .iter()
                .filter(|(is_set, _)| *is_set)
                .map(|(_, flag)| flag.into()),
        );
        all.extend((0..self.verbose).map(|_| "--verbose".into()));
        let lists = [
            ("--package", &self.package),
            ("--exclude", &self.exclude),
            ("--bin", &self.bin),
            ("--example", &self.example),
            ("--test", &self.test),
            ("--bench", &self.bench),
            ("--features", &self.features),
            ("--target", &self.target),
        ];
        for (option, values) in lists {
            for value in values.iter().filter(|value| !value.is_empty()) {
                all.extend([option.into(), value.into()]);
            }
        }
        for (option, value) in [("--profile", &self.profile), ("--jobs", &self.jobs)] {
            all.extend(value.iter().flat_map(|value| [option.into(), value.into()]));
        }
        all.extend(
            self.manifest_path
                .iter()
                .flat_map(|path| ["--manifest-path".into(), path.into()]),
        );
        all.extend([
            "--color".into(),
            if self.has_color() { "always" } else { "never" }.into(),
        ]);
        all
    }

    /// Whether what people read is coloured.
    pub(super) fn has_color(&self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                std::env::var_os("NO_COLOR").is_none() && std::io::stderr().is_terminal()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<CommandLine, clap::Error> {
        CommandLine::read(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn cargo_and_people_call_it_alike() {
        for line in [
            "cargo-secret-lint secret-lint -p a",
            "cargo-secret-lint -p a",
        ] {
            let options = read(line).unwrap().options;
            assert_eq!(options.for_cargo()[..2], ["--package", "a"]);
        }
    }

    #[test]
    fn cargos_flags_are_passed_on() {
        let line = read("x --workspace --exclude a --all-features --all-targets --bin --bin b --target t -F c,d --release")
            .unwrap();
        let passed = line.options.for_cargo();
        let expected = "--workspace --bins --all-targets --all-features --release --exclude a --bin b --features c,d \
            --target t --color never";
        let expected: Vec<_> = expected.split_whitespace().collect();
        assert_eq!(passed, expected);
    }

    #[test]
    fn levels_keep_their_order() {
        let levels = read("x -A secret_in_log -D warnings -W secret_in_log --allow all")
            .unwrap()
            .levels;
        let expected = [
            (Flag::Allow, "secret_in_log"),
            (Flag::Deny, "warnings"),
            (Flag::Warn, "secret_in_log"),
            (Flag::Allow, "all"),
        ];
        assert_eq!(levels, expected.map(|(flag, lint)| (flag, lint.to_owned())));
        let levels = read("x inventory -D secret_in_url").unwrap().levels;
        assert_eq!(levels, [(Flag::Deny, "secret_in_url".to_owned())]);
        assert_eq!(read("x setup").unwrap().levels, []);
    }

    #[test]
    fn the_command_line_is_consistent() {
        CommandLine::command().debug_assert();
        assert!(
            read("x --frobnicate")
                .unwrap_err()
                .to_string()
                .contains("--frobnicate")
        );
        assert!(read("x --exclude a").is_err());
        assert!(read("x --allow-dirty").is_err());
    }
}
