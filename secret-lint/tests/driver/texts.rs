//! The lints that read text.

use std::fs;

use super::{Run, Workspace};

/// Put together here, so that the check of this repository does not find it.
const TOKEN: &str = concat!("gh", "p_aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA3");

fn with_a_token(rest: &str) -> String {
    format!("pub fn show(_: &str) {{ let _ = \"{TOKEN}\"; }}{rest}\n")
}

const TOKEN_FOUND: &str = "base/src/lib.rs:1:32: error[hardcoded_secret]";

#[test]
fn a_token_in_a_literal_is_found_in_the_crates_that_are_checked() {
    let workspace = Workspace::new();
    workspace.write("base/src/lib.rs", &with_a_token(""));
    let short = ["--message-format", "short"];
    for _ in 0..2 {
        workspace
            .check(&short)
            .ends_with(101)
            .says(TOKEN_FOUND)
            .says("1 error,");
    }
    workspace
        .check(&[])
        .ends_with(101)
        .says("a GitHub token is written in the source")
        .says_not(TOKEN);
    workspace.check(&["-A", "hardcoded_secret"]).ends_with(0);

    workspace.write("base/src/lib.rs", "pub fn show(_: &str) {}\n");
    workspace.write(
        "app/src/main.rs",
        &format!("fn main() {{ base::show(\"{TOKEN}\"); }}\n"),
    );
    workspace.check(&["-p", "base"]).ends_with(0);
    workspace.check(&["-p", "app"]).ends_with(101);

    workspace.write("app/src/main.rs", "fn main() {}\n");
    let accepted = " // secret-lint: allow(hardcoded_secret, reason = \"revoked\")";
    workspace.write("base/src/lib.rs", &with_a_token(accepted));
    workspace.check(&["-D", "warnings"]).ends_with(0);
}

#[test]
fn a_token_in_a_test_is_found_when_tests_are_checked() {
    let workspace = Workspace::new();
    workspace.write(
        "base/src/lib.rs",
        &format!("pub fn show(_: &str) {{}}\n#[test]\nfn works() {{ show(\"{TOKEN}\"); }}\n"),
    );
    workspace.check(&[]).ends_with(0);
    workspace
        .check(&["--tests", "--message-format", "short"])
        .ends_with(101)
        .says("base/src/lib.rs:3:19: error[hardcoded_secret]");
}

/// As a token, of no provider.
const LITERAL: &str = concat!("Kx4vR9z", "Qn7TmW2bL");

#[test]
fn a_literal_that_becomes_a_secret_is_reported_once_and_not_shown() {
    let workspace = Workspace::new();
    workspace.write(
        "secret-lint.toml",
        "version = 1\n[[sink]]\nof = \"base::Vault\"\nmethods = [\"open\"]\narguments = [0]\nkind = \"literal\"\nlint = \"hardcoded_secret\"\nlabel = \"this opens the vault\"\n",
    );
    workspace.write(
        "base/src/lib.rs",
        "pub struct Vault;\nimpl Vault { pub fn open(_: &str) {} }\n",
    );
    let main = format!(
        "fn main() {{\n    let key = \"{LITERAL}\";\n    base::Vault::open(key);\n    base::Vault::open(&key.to_owned());\n    println!(\"{{key}}\");\n}}\n"
    );
    workspace.write("app/src/main.rs", &main);
    workspace
        .check(&["--message-format", "short"])
        .ends_with(101)
        .says("app/src/main.rs:3:5: error[hardcoded_secret]")
        .says("1 error,");
    for format in ["human", "json", "sarif"] {
        workspace
            .check(&["--message-format", format])
            .ends_with(101)
            .says("this opens the vault")
            .says_not(LITERAL);
    }
    workspace.write(
        "app/src/main.rs",
        "mod testing;\nfn main() { testing::main(); }\n",
    );
    workspace.write(
        "app/src/testing.rs",
        &main.replace("fn main", "pub fn main"),
    );
    workspace.check(&[]).ends_with(101);
    fs::remove_file(workspace.path("app/src/testing.rs")).unwrap();
    workspace.write(
        "app/src/testing/mod.rs",
        &main.replace("fn main", "pub fn main"),
    );
    workspace.check(&[]).ends_with(0);
    workspace.check(&["--tests"]).ends_with(101);
}

#[test]
fn generated_code_is_nobodys_to_mend() {
    let workspace = Workspace::new();
    workspace.write(
        "base/build.rs",
        &format!("fn main() {{ std::fs::write(std::env::var(\"OUT_DIR\").unwrap() + \"/made.rs\", \"pub const A: &str = \\\"{TOKEN}\\\";\").unwrap(); }}\n"),
    );
    workspace.write(
        "base/src/lib.rs",
        "include!(concat!(env!(\"OUT_DIR\"), \"/made.rs\"));\npub fn show(_: &str) {}\n",
    );
    workspace.check(&[]).ends_with(0);
    workspace.check(&["setup"]).ends_with(0);
    workspace.cargo(&["check"]).ends_with(0).says_not(TOKEN);
}

#[test]
fn a_token_in_a_literal_fails_the_build_after_setup() {
    let workspace = Workspace::new();
    workspace.check(&["setup"]).ends_with(0);
    workspace.write("base/src/lib.rs", &with_a_token(""));
    for _ in 0..2 {
        workspace
            .cargo(&["check"])
            .ends_with(101)
            .says("error[hardcoded_secret]")
            .says_not(TOKEN);
    }
}

#[test]
fn a_secret_file_is_found_as_soon_as_git_tracks_it() {
    let workspace = Workspace::new();
    let git = |arguments: &[&str]| {
        let mut command = workspace.command("git");
        Run::of(command.args(arguments)).ends_with(0);
    };
    git(&["init", "--quiet"]);
    workspace.write(".env", &format!("GITHUB_TOKEN={TOKEN}\n"));
    workspace.check(&[]).ends_with(0);
    git(&["add", ".env"]);
    // No source has changed, so all that was found in them is known already.
    let run = workspace.check(&["--message-format", "short", "-p", "base"]);
    run.ends_with(101)
        .says(".env:1:14: error[committed_secret_file]")
        .says_not(TOKEN);

    workspace.check(&["baseline"]).ends_with(0);
    workspace.check(&[]).ends_with(0).says("1 in the baseline");
    fs::remove_file(workspace.path("secret-lint-baseline.txt")).unwrap();

    let reason = "# secret-lint: allow(committed_secret_file, reason = \"revoked\")";
    workspace.write(".env", &format!("{reason}\nGITHUB_TOKEN={TOKEN}\n"));
    workspace.check(&["-D", "warnings"]).ends_with(0);
    workspace.write(".env", "GITHUB_TOKEN=changeme\n");
    workspace.check(&[]).ends_with(0);
}
