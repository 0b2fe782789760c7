//! The command with the real cargo and rustc, on small workspaces in temporary folders.

#![expect(
    clippy::unwrap_used,
    reason = "where a test cannot begin, it has failed"
)]

#[cfg(unix)]
#[path = "driver/compiler_cache.rs"]
mod compiler_cache;
#[path = "driver/fix.rs"]
mod fix;
#[path = "driver/inventory.rs"]
mod inventory;
#[cfg(unix)]
#[path = "driver/replaced.rs"]
mod replaced;
#[path = "driver/settings.rs"]
mod settings;
#[path = "driver/texts.rs"]
mod texts;
#[path = "driver/timings.rs"]
mod timings;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use cargo_metadata::{Message, diagnostic::DiagnosticLevel};
use tempfile::TempDir;

/// A workspace: `app` calls `base`, whose build script says what it sees of `RUSTC_BOOTSTRAP`.
struct Workspace {
    folder: TempDir,
}

impl Workspace {
    fn new() -> Self {
        let workspace = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        workspace.write(
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"base\"]\n",
        );
        workspace.write("base/Cargo.toml", &manifest("base", ""));
        workspace.write(
            "base/build.rs",
            "fn main() { println!(\"cargo::warning=bootstrap {:?}\", std::env::var_os(\"RUSTC_BOOTSTRAP\")); }\n",
        );
        workspace.write(
            "base/src/lib.rs",
            "pub fn show(text: &str) { println!(\"{text}\"); }\n",
        );
        workspace.write(
            "app/Cargo.toml",
            &manifest("app", "[dependencies]\nbase = { path = \"../base\" }\n"),
        );
        workspace.write("app/src/main.rs", "fn main() { base::show(\"a\"); }\n");
        workspace
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            .env("PATH", path_with_the_checker());
        for name in [
            "CARGO_TARGET_DIR",
            "RUSTC_WORKSPACE_WRAPPER",
            "RUSTC_WRAPPER",
            "RUSTC",
            "CARGO_INCREMENTAL",
        ] {
            command.env_remove(name);
        }
        command
    }

    fn check(&self, arguments: &[&str]) -> Run {
        Run::of(
            self.command(env!("CARGO_BIN_EXE_cargo-secret-lint"))
                .args(arguments),
        )
    }

    fn cargo(&self, arguments: &[&str]) -> Run {
        Run::of(self.command("cargo").args(arguments))
    }

    /// What was written beside the crates, by the name of the crate.
    fn records(&self, target: &str) -> Vec<(String, Vec<u8>)> {
        let files = fs::read_dir(self.path(target).join("debug/deps"))
            .unwrap()
            .map(|file| file.unwrap().path());
        let mut records: Vec<_> = files
            .filter(|file| file.to_str().unwrap().ends_with(".secret-lint.json"))
            .map(|file| {
                (
                    file.file_name()
                        .unwrap()
                        .to_str()
                        .unwrap()
                        .split('-')
                        .next()
                        .unwrap()
                        .to_owned(),
                    fs::read(file).unwrap(),
                )
            })
            .collect();
        records.sort();
        records
    }
}

fn manifest(name: &str, rest: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{rest}")
}

fn path_with_the_checker() -> std::ffi::OsString {
    let folder = Path::new(env!("CARGO_BIN_EXE_cargo-secret-lint"))
        .parent()
        .unwrap()
        .to_owned();
    let others = std::env::var_os("PATH").unwrap();
    std::env::join_paths([folder].into_iter().chain(std::env::split_paths(&others))).unwrap()
}

#[derive(Debug)]
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Run {
    fn of(command: &mut Command) -> Self {
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self {
            code: status.code(),
            stdout: text(stdout),
            stderr: text(stderr),
        }
    }

    #[track_caller]
    fn says(&self, text: &str) -> &Self {
        assert!(
            self.stderr.contains(text) || self.stdout.contains(text),
            "no `{text}` in {self:#?}"
        );
        self
    }

    #[track_caller]
    fn says_not(&self, text: &str) -> &Self {
        assert!(
            !self.stderr.contains(text) && !self.stdout.contains(text),
            "`{text}` in {self:#?}"
        );
        self
    }

    #[track_caller]
    fn ends_with(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }
}

const TWO_FUNCTIONS: &str = "2 functions checked, 0 not checked";

#[test]
fn every_crate_is_read_once_and_again_only_when_it_changes() {
    let workspace = Workspace::new();
    workspace
        .check(&[])
        .ends_with(0)
        .says("Checking app")
        .says("Compiling base")
        .says(TWO_FUNCTIONS);
    let first = workspace.records("target/secret-lint");
    assert_eq!(
        first
            .iter()
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>(),
        ["app", "base"]
    );

    workspace
        .check(&[])
        .ends_with(0)
        .says_not("Checking")
        .says_not("Compiling")
        .says(TWO_FUNCTIONS);
    assert_eq!(workspace.records("target/secret-lint"), first);

    workspace.write(
        "app/src/main.rs",
        "fn main() { base::show(\"a\"); more(); }\nfn more() {}\n",
    );
    workspace
        .check(&[])
        .ends_with(0)
        .says("Checking app")
        .says_not("base v")
        .says("3 functions checked");
    let second = workspace.records("target/secret-lint");
    assert_ne!(second[0], first[0]);
    assert_eq!(second[1], first[1]);
}

#[test]
fn cargo_calls_it_and_passes_its_options() {
    let workspace = Workspace::new();
    workspace
        .cargo(&["secret-lint", "-p", "base"])
        .ends_with(0)
        .says("1 function checked")
        .says_not("app v");
    workspace
        .cargo(&["secret-lint", "--workspace", "--exclude", "app"])
        .ends_with(0)
        .says_not("app v");
    workspace
        .cargo(&["secret-lint", "-p", "nothing"])
        .ends_with(101)
        .says("nothing");
}

#[test]
fn a_lost_or_foreign_record_is_made_again() {
    let workspace = Workspace::new();
    workspace.check(&[]).ends_with(0);
    let records = || fs::read_dir(workspace.path("target/secret-lint/debug/deps")).unwrap();
    let record = |name: &str| {
        let mut files = records().map(|file| file.unwrap().path());
        files
            .find(|file| {
                file.to_str().unwrap().ends_with(".secret-lint.json")
                    && file.to_str().unwrap().contains(name)
            })
            .unwrap()
    };
    fs::remove_file(record("/app-")).unwrap();
    let foreign = fs::read_to_string(record("/base-"))
        .unwrap()
        .replace("\"checker\":\"", "\"checker\":\"9");
    fs::write(record("/base-"), foreign).unwrap();
    workspace
        .check(&[])
        .ends_with(0)
        .says("Checking app")
        .says(TWO_FUNCTIONS);
    workspace
        .check(&[])
        .ends_with(0)
        .says_not("Checking")
        .says(TWO_FUNCTIONS);
}

#[test]
fn what_does_not_compile_is_rustcs_to_say() {
    let workspace = Workspace::new();
    workspace.check(&[]).ends_with(0);
    workspace.write(
        "base/src/lib.rs",
        "pub fn show(text: &str) -> u8 { text }\n",
    );
    workspace
        .check(&[])
        .ends_with(101)
        .says("error[E0308]")
        .says_not("functions checked");
    workspace.write("base/src/lib.rs", "pub fn show(_text: &str) {}\n");
    workspace.check(&[]).ends_with(0).says(TWO_FUNCTIONS);
}

#[test]
fn the_users_build_stays_on_stable() {
    let workspace = Workspace::new();
    workspace
        .check(&[])
        .ends_with(0)
        .says("bootstrap None")
        .says_not("bootstrap Some");
    workspace.write(
        "base/src/lib.rs",
        "#![feature(never_type)]\npub fn show(_text: &str) {}\n",
    );
    workspace.check(&[]).ends_with(101).says("E0554");
}

#[test]
fn tests_are_checked_when_asked_for() {
    let workspace = Workspace::new();
    workspace.write(
        "base/src/lib.rs",
        "pub fn show(_: &str) {}\n#[test]\nfn works() { show(\"\"); }\n",
    );
    workspace
        .check(&["-p", "base"])
        .ends_with(0)
        .says("1 function checked");
    workspace
        .check(&["-p", "base", "--tests"])
        .ends_with(0)
        .says_not("1 function checked");
}

#[test]
fn optimised_builds_show_the_same_functions() {
    let workspace = Workspace::new();
    workspace
        .check(&["--release"])
        .ends_with(0)
        .says(TWO_FUNCTIONS);
}

#[test]
fn wrong_use_is_told() {
    let workspace = Workspace::new();
    workspace
        .check(&["--frobnicate"])
        .ends_with(2)
        .says("unexpected argument '--frobnicate'");
    workspace
        .check(&["-D", "secret_in_logs"])
        .ends_with(101)
        .says("did you mean `secret_in_log`?");
    workspace
        .check(&["--explain", "secret_in_logs"])
        .ends_with(101)
        .says("did you mean `secret_in_log`?");
    workspace
        .check(&["--explain", "secret_in_log"])
        .ends_with(0)
        .says("# `secret_in_log`");
    workspace
        .check(&["--version"])
        .ends_with(0)
        .says(env!("CARGO_PKG_VERSION"));
    let empty = tempfile::tempdir().unwrap();
    let run = Run::of(
        workspace
            .command(env!("CARGO_BIN_EXE_cargo-secret-lint"))
            .current_dir(empty.path()),
    );
    run.ends_with(101).says("could not find `Cargo.toml`");
    let run = Run::of(
        workspace
            .command(env!("CARGO_BIN_EXE_cargo-secret-lint"))
            .env("RUSTC", "no-such-rustc"),
    );
    run.ends_with(101).says("no-such-rustc");
}

#[test]
fn json_is_cargos_and_ends_once() {
    let workspace = Workspace::new();
    let run = workspace.check(&["--message-format", "json"]);
    run.ends_with(0);
    let messages: Vec<serde_json::Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let last = messages.last().unwrap();
    assert_eq!(
        (&last["reason"], &last["success"]),
        (&"build-finished".into(), &true.into())
    );
    assert_eq!(
        messages
            .iter()
            .filter(|message| message["reason"] == "build-finished")
            .count(),
        1
    );
    assert!(
        messages
            .iter()
            .any(|message| message["reason"] == "compiler-artifact")
    );

    workspace.write(
        "base/src/lib.rs",
        "pub fn show(text: &str) -> u8 { text }\n",
    );
    let failed = workspace.check(&["--message-format", "json"]);
    failed.ends_with(101);
    let last: serde_json::Value =
        serde_json::from_str(failed.stdout.lines().last().unwrap()).unwrap();
    assert_eq!(
        (&last["reason"], &last["success"]),
        (&"build-finished".into(), &false.into())
    );
}

#[test]
fn setup_makes_every_build_check() {
    let workspace = Workspace::new();
    workspace.write(
        ".cargo/config.toml",
        "# ours\n[alias]\nx = \"run\" # short\n",
    );
    workspace.check(&["setup"]).ends_with(0).says("config.toml");
    let text = fs::read_to_string(workspace.path(".cargo/config.toml")).unwrap();
    assert!(
        text.starts_with("# ours\n[alias]\nx = \"run\" # short\n"),
        "{text}"
    );
    workspace
        .check(&["setup"])
        .ends_with(0)
        .says("is as it should be");
    assert_eq!(
        fs::read_to_string(workspace.path(".cargo/config.toml")).unwrap(),
        text
    );

    workspace
        .cargo(&["check"])
        .ends_with(0)
        .says("Checking app")
        .says("bootstrap None");
    assert_eq!(workspace.records("target").len(), 2);
    workspace
        .cargo(&["check"])
        .ends_with(0)
        .says_not("Checking app");
    // A changed configuration is a reason to look again.
    workspace.write("secret-lint.toml", "# changed\nversion = 1\n");
    workspace
        .cargo(&["check"])
        .ends_with(0)
        .says("Checking app")
        .says("base v");
    workspace.cargo(&["build"]).ends_with(0);
}

#[test]
fn setup_overwrites_nobody_elses_wrapper() {
    let workspace = Workspace::new();
    let text = "[build]\nrustc-workspace-wrapper = \"other\"\n";
    workspace.write(".cargo/config.toml", text);
    workspace
        .check(&["setup"])
        .ends_with(101)
        .says("`other` already");
    assert_eq!(
        fs::read_to_string(workspace.path(".cargo/config.toml")).unwrap(),
        text
    );
}

/// The secret crate's stand-in: the model knows this path, and nothing has to be fetched.
const SECRECY: &str = "pub trait ExposeSecret<T: ?Sized> { fn expose_secret(&self) -> &T; }
pub struct SecretBox<T: ?Sized>(Box<T>);
pub type SecretString = SecretBox<str>;
impl ExposeSecret<str> for SecretBox<str> { #[inline] fn expose_secret(&self) -> &str { &self.0 } }
pub fn load() -> SecretString { SecretBox(std::env::args().collect::<String>().into()) }
";

/// A secret is exposed in `app` and printed by `base`.
fn with_a_leak() -> Workspace {
    let workspace = Workspace::new();
    workspace.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"base\", \"secrecy\"]\n",
    );
    workspace.write("secrecy/Cargo.toml", &manifest("secrecy", ""));
    workspace.write("secrecy/src/lib.rs", SECRECY);
    let dependencies =
        "[dependencies]\nbase = { path = \"../base\" }\nsecrecy = { path = \"../secrecy\" }\n";
    workspace.write("app/Cargo.toml", &manifest("app", dependencies));
    workspace.write("app/src/main.rs", LEAKING);
    workspace
}

const LEAKING: &str =
    "use secrecy::ExposeSecret;\nfn main() { base::show(secrecy::load().expose_secret()); }\n";
const FOUND: &str = "base/src/lib.rs:1:27: error[secret_in_log]";

#[test]
fn a_leak_across_crates_is_found_also_the_second_time() {
    let workspace = with_a_leak();
    let short = ["--message-format", "short"];
    workspace.check(&short).ends_with(101).says(FOUND);
    workspace
        .check(&short)
        .ends_with(101)
        .says(FOUND)
        .says_not("Checking");
    workspace
        .check(&["--message-format", "short", "-W", "all"])
        .ends_with(0)
        .says("warning[secret_in_log]");
    // Optimised, rustc would put the small function that exposes it into its caller.
    workspace
        .check(&["--message-format", "short", "--release"])
        .ends_with(101)
        .says(FOUND);
    workspace
        .check(&["-A", "all"])
        .ends_with(0)
        .says("0 errors, 0 warnings");

    let accepted = "pub fn show(text: &str) { println!(\"{text}\"); } // secret-lint: allow(secret_in_log, reason = \"x\")\n";
    workspace.write("base/src/lib.rs", accepted);
    workspace
        .check(&short)
        .ends_with(0)
        .says_not("secret_in_log");
    workspace.write(
        "base/src/lib.rs",
        "pub fn show(text: &str) { println!(\"{text}\"); }\n",
    );
    workspace.check(&short).ends_with(101).says(FOUND);

    workspace.check(&["baseline"]).ends_with(0);
    workspace
        .check(&short)
        .ends_with(0)
        .says("1 in the baseline");
}

#[test]
fn after_setup_a_leak_fails_the_build_every_time() {
    let workspace = with_a_leak();
    workspace.check(&["setup"]).ends_with(0);
    for _ in 0..2 {
        workspace
            .cargo(&["check"])
            .ends_with(101)
            .says("error[secret_in_log]")
            .says("base/src/lib.rs:1:27");
    }
    let run = workspace.cargo(&["check", "--message-format", "json"]);
    run.ends_with(101);
    // As editors read it.
    let messages: Vec<_> = Message::parse_stream(run.stdout.as_bytes())
        .map(Result::unwrap)
        .collect();
    let reports: Vec<_> = messages
        .iter()
        .filter_map(|message| match message {
            Message::CompilerMessage(message) => Some(message),
            _ => None,
        })
        .filter(|message| {
            let code = message.message.code.as_ref();
            code.is_some_and(|code| code.code == "secret_in_log")
        })
        .collect();
    let [report] = reports.as_slice() else {
        panic!("{run:#?}")
    };
    assert_eq!(report.target.name, "app");
    let report = &report.message;
    assert_eq!(report.level, DiagnosticLevel::Error);
    assert_eq!(report.message, "exposed secret is printed");
    let span = report.spans.iter().find(|span| span.is_primary).unwrap();
    assert_eq!(
        (&*span.file_name, span.line_start, span.column_start),
        ("base/src/lib.rs", 1, 27)
    );
    assert!(report.rendered.as_ref().unwrap().contains(" exposed here"));
    assert!(matches!(
        messages.last(),
        Some(Message::BuildFinished(finished)) if !finished.success
    ));
    workspace.write("app/src/main.rs", "fn main() {}\n");
    workspace.cargo(&["check"]).ends_with(0);
}

#[test]
fn a_configuration_that_cannot_be_read_is_an_error() {
    let workspace = Workspace::new();
    workspace.write("secret-lint.toml", "version = 1\nsinks = []\n");
    workspace.check(&[]).ends_with(101).says("secret-lint.toml");
}

#[test]
fn functions_and_fields_of_the_configuration_are_sources() {
    let workspace = Workspace::new();
    workspace.write(
        "secret-lint.toml",
        "version = 1\n[[source]]\nof = \"base::Vault\"\nmethods = [\"read\"]\n\
         [[source]]\nof = \"base::Login\"\nfields = [\"code\"]\n\
         [[source]]\nof = \"app::Method::Shared\"\nfields = [\"0\"]\n",
    );
    workspace.write(
        "base/src/lib.rs",
        "pub struct Vault;\nimpl Vault {\n    #[inline(never)]\n    pub fn read(&self, name: &str) -> String { name.to_owned() }\n}\n\
         pub struct Login { pub user: String, pub code: String }\n\
         pub fn login() -> Login { Login { user: \"a\".into(), code: \"b\".into() } }\n",
    );
    workspace.write(
        "app/src/main.rs",
        "enum Method { Shared(String, u8) }\nfn main() {\n    println!(\"{}\", base::Vault.read(\"x\"));\n    \
         println!(\"{}\", base::login().code);\n    println!(\"{}\", base::login().user);\n    \
         let Method::Shared(text, number) = Method::Shared(\"c\".into(), 1);\n    println!(\"{number}\");\n    \
         println!(\"{text}\");\n}\n",
    );
    let run = workspace.check(&["--message-format", "short"]);
    run.ends_with(101)
        .says("app/src/main.rs:4:")
        .says("app/src/main.rs:8:")
        .says_not("app/src/main.rs:5:")
        .says_not("app/src/main.rs:7:");
}

#[test]
fn two_at_once_do_not_disturb_each_other() {
    let workspace = Workspace::new();
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..2)
            .map(|_| scope.spawn(|| workspace.check(&[])))
            .collect();
        for run in runs {
            run.join().unwrap().ends_with(0).says(TWO_FUNCTIONS);
        }
    });
}

/// A helper that logs what it gets, and an error that shows what it was given.
const THROUGH_A_HELPER: &str = r#"use secrecy::ExposeSecret;

#[derive(Debug)]
enum LoginError {
    Refused { key: String },
}

impl std::fmt::Display for LoginError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self::Refused { key } = self;
        write!(formatter, "{key} was refused")
    }
}

impl std::error::Error for LoginError {}

fn retry(what: &str) {
    eprintln!("trying {what} again");
}

fn login(key: &str) -> Result<(), LoginError> {
    retry(key);
    Err(LoginError::Refused { key: key.to_owned() })
}

fn main() -> Result<(), LoginError> {
    login(secrecy::load().expose_secret())
}
"#;

#[test]
fn a_report_shows_the_way_of_the_secret() {
    let workspace = with_a_leak();
    workspace.write("app/src/main.rs", THROUGH_A_HELPER);
    let run = workspace.check(&["--quiet", "-p", "app"]);
    run.ends_with(101);
    assert_eq!(run.stderr, include_str!("driver/report.stderr"), "{run:#?}");
}
