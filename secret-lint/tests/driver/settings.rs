//! What `secret-lint.toml` says beside the model.

use std::fs;

use super::{FOUND, LEAKING, Run, Workspace, with_a_leak};

const WARNED: &str = "warning[secret_in_log]";

#[test]
fn levels_are_the_same_for_the_command_and_for_the_build() {
    let workspace = with_a_leak();
    workspace.check(&["setup"]).ends_with(0);
    let with_level = |level: &str| {
        let text = format!("version = 1\n[lints]\nsecret_in_log = \"{level}\"\n");
        workspace.write("secret-lint.toml", &text);
    };
    let short = ["--message-format", "short"];
    with_level("warn");
    let run = workspace.check(&short);
    run.ends_with(0).says(WARNED);
    workspace.check(&[]).says("requested in the configuration");
    workspace.cargo(&["check"]).ends_with(0).says(WARNED);

    let denied = ["--message-format", "short", "-D", "secret_in_log"];
    workspace.check(&denied).ends_with(101).says(FOUND);
    let mut build = workspace.command("cargo");
    let build = build.env("SECRET_LINT_LEVELS", "-D secret_in_log");
    Run::of(build.arg("check")).ends_with(101);

    with_level("allow");
    workspace
        .check(&short)
        .ends_with(0)
        .says_not("secret_in_log");
    let build = workspace.cargo(&["check"]);
    build.ends_with(0).says_not("secret_in_log");
}

#[test]
fn a_wrong_level_or_lint_is_an_error_with_its_line() {
    let workspace = with_a_leak();
    workspace.check(&["setup"]).ends_with(0);
    for (line, said) in [
        (
            "secret_in_urls = \"warn\"",
            "did you mean `secret_in_url`?\nthe lints are: secret_in_log, secret_in_error,",
        ),
        (
            "secret_in_url = \"deni\"",
            "the levels are: allow, warn, deny",
        ),
    ] {
        workspace.write(
            "secret-lint.toml",
            &format!("version = 1\n\n[lints]\n{line}\n"),
        );
        for run in [workspace.check(&[]), workspace.cargo(&["check"])] {
            run.ends_with(101).says("secret-lint.toml:4: ").says(said);
        }
    }
    workspace.write("secret-lint.toml", "version = 1\nsinks = []\n");
    workspace
        .cargo(&["check"])
        .ends_with(101)
        .says("secret-lint.toml")
        .says("unknown field `sinks`");
}

/// Leaks in a module, a test and a benchmark, and nowhere else.
fn with_leaking_tests() -> Workspace {
    let workspace = with_a_leak();
    let library = "#[cfg(test)]\nmod tests {\n    use secrecy::ExposeSecret;\n    #[test]\n    fn unit() { println!(\"{}\", secrecy::load().expose_secret()); }\n}\n";
    let outside = |main: &str| {
        format!(
            "use secrecy::ExposeSecret;\n{main} {{ base::show(secrecy::load().expose_secret()); }}\n"
        )
    };
    workspace.write("app/src/main.rs", "fn main() {}\n");
    workspace.write("app/src/lib.rs", library);
    workspace.write("app/tests/outside.rs", &outside("#[test]\nfn test()"));
    workspace.write("app/benches/speed.rs", &outside("fn main()"));
    let manifest = fs::read_to_string(workspace.path("app/Cargo.toml")).unwrap();
    let benchmark = "[[bench]]\nname = \"speed\"\nharness = false\n";
    workspace.write("app/Cargo.toml", &format!("{manifest}{benchmark}"));
    workspace
}

const IN_A_UNIT: &str = "app/src/lib.rs:5:";

#[test]
fn the_command_checks_tests_where_it_compiles_them() {
    let workspace = with_leaking_tests();
    let short = |flag: &str| {
        let flags = ["--message-format", "short", flag];
        workspace.check(&flags)
    };
    workspace.check(&[]).ends_with(0);
    short("--tests").ends_with(101).says(IN_A_UNIT).says(FOUND);
    short("--benches").ends_with(101).says(FOUND);
    short("--all-targets").ends_with(101).says("3 errors");
}

#[test]
fn a_build_checks_tests_only_where_the_configuration_says_so() {
    let workspace = with_leaking_tests();
    workspace.check(&["setup"]).ends_with(0);
    // As rust-analyzer does it.
    let editor = ["check", "--workspace", "--all-targets"];
    let json = ["--message-format=json-diagnostic-rendered-ansi"];
    let json: Vec<_> = editor.into_iter().chain(json).collect();
    for command in [&editor[..], &json, &["test", "--no-run"]] {
        workspace
            .cargo(command)
            .ends_with(0)
            .says_not("secret_in_log")
            .says_not("not checked");
    }
    workspace.write("secret-lint.toml", "version = 1\ncheck_tests = true\n");
    let keep_going = ["check", "--workspace", "--all-targets", "--keep-going"];
    workspace
        .cargo(&keep_going)
        .ends_with(101)
        .says(IN_A_UNIT)
        .says("app/tests/outside.rs:3")
        .says("app/benches/speed.rs:2");

    workspace.write("secret-lint.toml", "version = 1\n");
    workspace.cargo(&editor).ends_with(0);
    workspace.write("app/src/main.rs", LEAKING);
    workspace
        .cargo(&editor)
        .ends_with(101)
        .says("app/src/main.rs:2");
}
