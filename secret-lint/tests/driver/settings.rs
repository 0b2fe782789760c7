//! What `secret-lint.toml` says beside the model.

use super::{FOUND, Run, with_a_leak};

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
