//! `--fix` on code that names a secret and prints it. A stand-in for `secret-core` has the derive's name, so that nothing has
//! to be fetched.

use std::{fs, process::Command};

use super::{Workspace, manifest};

/// A derive that writes a `Debug` without fields, and takes `#[redact]`.
const DERIVE: &str = "extern crate proc_macro;
use proc_macro::{TokenStream, TokenTree};
#[proc_macro_derive(Redact, attributes(redact))]
pub fn redact(input: TokenStream) -> TokenStream {
    let mut words = input.into_iter().skip_while(|token| token.to_string() != \"struct\").skip(1);
    let Some(TokenTree::Ident(name)) = words.next() else { panic!() };
    format!(\"impl std::fmt::Debug for {name} {{ fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{ to.write_str(\\\"-\\\") }} }}\").parse().unwrap()
}
";

const BEFORE: &str = "use secret_derive::Redact;

#[derive(Clone, Debug)]
pub struct Login {
    pub port: u16,
    pub password: String,
    pub api_key: Option<String>,
}

#[derive(Debug)]
pub struct Other {
    pub user: String,
    pub password: String,
}

#[derive(Redact)]
pub struct Nothing {
    pub port: u16,
}
";

fn with_a_login(git: bool) -> Workspace {
    let workspace = Workspace::new();
    workspace.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"base\", \"derive\"]\n",
    );
    workspace.write(
        "derive/Cargo.toml",
        &manifest("secret-derive", "[lib]\nproc-macro = true\n"),
    );
    workspace.write("derive/src/lib.rs", DERIVE);
    workspace.write(
        "base/Cargo.toml",
        &manifest(
            "base",
            "[dependencies]\nsecret-derive = { path = \"../derive\" }\n",
        ),
    );
    workspace.write("base/src/lib.rs", BEFORE);
    workspace.write("app/src/main.rs", "fn main() {}\n");
    workspace.write(".gitignore", "/target\n");
    if git {
        workspace.cargo(&["generate-lockfile"]).ends_with(0);
        run_git(&workspace, &["init", "-q"]);
        run_git(&workspace, &["add", "."]);
        let name = ["-c", "user.name=a", "-c", "user.email=a@b"];
        run_git(&workspace, &[&name[..], &["commit", "-qm", "a"]].concat());
    }
    workspace
}

fn run_git(workspace: &Workspace, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(workspace.path("")).args(arguments);
    assert!(git.status().unwrap().success(), "{arguments:?}");
}

fn text(workspace: &Workspace) -> String {
    fs::read_to_string(workspace.path("base/src/lib.rs")).unwrap()
}

#[test]
fn what_is_sure_is_changed_and_the_rest_is_shown() {
    let workspace = with_a_login(true);
    workspace
        .check(&[])
        .ends_with(0)
        .says("help: derive `Redact` in place of `Debug`")
        .says("help: make the field a `SecretString`")
        .says("3 warnings");
    workspace.check(&["--message-format", "json"]).says(
        "\"suggested_replacement\":\"Redact\",\"suggestion_applicability\":\"MachineApplicable\"",
    );
    workspace
        .check(&["--message-format", "sarif"])
        .says("\"fixes\":");
    assert_eq!(text(&workspace), BEFORE);

    workspace
        .check(&["--fix"])
        .ends_with(0)
        .says("secret-lint: fixed base/src/lib.rs (2 reports)")
        .says("0 errors, 1 warning;");
    let after = BEFORE
        .replace("#[derive(Clone, Debug)]", "#[derive(Clone, Redact)]")
        .replacen(
            "    pub password: String,\n    pub api_key",
            "    #[redact]\n    pub password: String,\n    #[redact]\n    pub api_key",
            1,
        );
    assert_eq!(text(&workspace), after);
}

#[test]
fn changes_of_the_users_are_not_mixed_with_its_own() {
    let workspace = with_a_login(true);
    workspace.write("base/notes.txt", "mine");
    workspace
        .check(&["--fix"])
        .ends_with(101)
        .says("changes that are not committed:\n  ?? base/notes.txt\n")
        .says("--allow-dirty")
        .says_not("Checking");
    assert_eq!(text(&workspace), BEFORE);
    workspace
        .check(&["--fix", "--allow-dirty"])
        .ends_with(0)
        .says("fixed base/src/lib.rs");

    let workspace = with_a_login(false);
    workspace
        .check(&["--fix"])
        .ends_with(101)
        .says("git does not keep ")
        .says("--allow-no-vcs");
    workspace
        .check(&["--fix", "--allow-no-vcs"])
        .ends_with(0)
        .says("fixed base/src/lib.rs");
}

#[test]
fn a_change_that_does_not_compile_is_taken_back() {
    let workspace = with_a_login(true);
    let refusing = DERIVE
        .replace("let Some", "assert!(!input_has_marks); let Some")
        .replace(
            "    let mut words",
            "    let input_has_marks = input.to_string().contains(\"redact\");\n    let mut words",
        );
    workspace.write("derive/src/lib.rs", &refusing);
    let run = workspace.check(&["--fix", "--allow-dirty"]);
    run.ends_with(101)
        .says("proc-macro derive panicked")
        .says("error: it does not compile with what `--fix` changed, which is taken back: base/src/lib.rs");
    assert_eq!(text(&workspace), BEFORE);
    workspace.check(&[]).ends_with(0).says("3 warnings");
}
