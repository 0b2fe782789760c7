//! The checker's own file is removed or replaced while it runs. A script in the place of rustc does that.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use super::{Run, Workspace};

const CHECKER: &str = env!("CARGO_BIN_EXE_cargo-secret-lint");

/// A workspace with a copy of the checker, its folder, and a compiler that runs `command` once, when asked for `question`.
fn with_a_copy(question: &str, command: &str) -> (Workspace, PathBuf) {
    let workspace = Workspace::new();
    let folder = workspace.path("bin");
    fs::create_dir(&folder).unwrap();
    fs::copy(CHECKER, folder.join("cargo-secret-lint")).unwrap();
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in *'{question}'*) [ -e bin/done ] || {{ touch bin/done; {command}; }} ;; esac\nexec rustc \"$@\"\n"
    );
    workspace.write("bin/rustc-script", &script);
    let executable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(folder.join("rustc-script"), executable).unwrap();
    (workspace, folder)
}

fn run(workspace: &Workspace, folder: &std::path::Path, program: &str, argument: &[&str]) -> Run {
    let others = std::env::var_os("PATH").unwrap();
    let path = [folder.to_owned()]
        .into_iter()
        .chain(std::env::split_paths(&others));
    let mut command = workspace.command(program);
    command
        .env("PATH", std::env::join_paths(path).unwrap())
        .env("RUSTC", folder.join("rustc-script"));
    Run::of(command.args(argument))
}

#[test]
fn the_command_names_the_file_that_is_gone_or_another() {
    for (command, said) in [
        ("rm bin/cargo-secret-lint", "the checker is no longer at "),
        (
            "cp bin/cargo-secret-lint bin/new; echo >> bin/new; mv bin/new bin/cargo-secret-lint",
            "was replaced while it ran; run the command again",
        ),
    ] {
        let (workspace, folder) = with_a_copy("-vV", command);
        let checker = folder.join("cargo-secret-lint");
        run(&workspace, &folder, checker.to_str().unwrap(), &[])
            .ends_with(101)
            .says(said)
            .says(checker.to_str().unwrap())
            .says("`cargo secret-lint setup`");
    }
}

#[test]
fn a_build_names_the_file_that_is_gone() {
    let (workspace, folder) = with_a_copy("--crate-name base", "rm bin/cargo-secret-lint");
    workspace.check(&["setup"]).ends_with(0);
    run(&workspace, &folder, "cargo", &["check"])
        .ends_with(101)
        .says(folder.join("cargo-secret-lint").to_str().unwrap())
        .says("run `cargo secret-lint setup` if it moved");
}

#[test]
fn a_build_goes_on_with_a_checker_that_was_replaced() {
    let replace = "cp bin/cargo-secret-lint bin/new; mv bin/new bin/cargo-secret-lint";
    let (workspace, folder) = with_a_copy("--crate-name base", replace);
    workspace.check(&["setup"]).ends_with(0);
    run(&workspace, &folder, "cargo", &["check"]).ends_with(0);
    run(&workspace, &folder, "cargo", &["check"]).ends_with(0);
}

#[test]
fn setup_warns_where_builds_would_find_another_checker_or_none() {
    let (workspace, folder) = with_a_copy("nothing", "true");
    let checker = folder.join("cargo-secret-lint");
    let mut command = workspace.command(checker.to_str().unwrap());
    Run::of(command.arg("setup"))
        .ends_with(0)
        .says("which stands before")
        .says(checker.to_str().unwrap());
    let mut command = workspace.command(checker.to_str().unwrap());
    let others = std::env::var_os("PATH").unwrap();
    Run::of(command.arg("setup").env("PATH", others))
        .ends_with(0)
        .says("in PATH, and will fail without");
    run(&workspace, &folder, checker.to_str().unwrap(), &["setup"])
        .ends_with(0)
        .says_not("warning");
}
