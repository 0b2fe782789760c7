//! The examples do what they say, and nothing that they print holds a secret.

use std::env;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Long and alphanumeric, so that it stands in any format as it is.
const CANARY: &str = "correcthorsebatterystaplequagmire4711";

/// The shortest part of a secret that counts as a leak.
const RUN: usize = 8;

/// Runs an example with these variables and what comes on its standard input, and gives all that it prints.
fn run(example: &str, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> String {
    let mut child = Command::new(env!("CARGO"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .args(["run", "--quiet", "--example", example, "--"])
        .args(arguments)
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cargo can be started");
    let mut pipe = child.stdin.take().expect("it is piped");
    pipe.write_all(input.as_bytes())
        .expect("the child reads it, or it is short");
    drop(pipe);
    let output = child.wait_with_output().expect("the child ends");
    let text =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text.concat();
    assert!(
        !CANARY
            .as_bytes()
            .windows(RUN)
            .any(|run| text.as_bytes().windows(RUN).any(|seen| seen == run)),
        "{example} leaks: {text}"
    );
    text
}

#[track_caller]
fn assert_prints(text: &str, expected: &[&str]) {
    for expected in expected {
        assert!(
            text.contains(expected),
            "`{expected}` is not printed: {text}"
        );
    }
}

#[test]
fn service_makes_its_own_keys_and_shows_none() {
    let text = run("service", &[], &[], "");
    assert_prints(
        &text,
        &[
            "API_KEY               ",
            "/.env, line 1  [REDACTED]",
            "api_key: [REDACTED],",
            "database_url: postgres://app:[REDACTED]@localhost/app,",
            "accepted key=#",
            "status=200 OK body=\"hello\"",
            "refused",
            "status=401 Unauthorized",
        ],
    );
    // Its keys are 64 hex digits. A fingerprint has 6, and the name of a temporary directory could have 8.
    let digits = text.split(|character: char| !character.is_ascii_hexdigit());
    assert!(
        digits.map(str::len).max() < Some(16),
        "a key is printed: {text}"
    );
}

#[test]
fn service_prefers_variables() {
    let url = format!("postgres://app:{CANARY}@db.example/app");
    let text = run(
        "service",
        &[],
        &[
            ("API_KEY", CANARY),
            ("DATABASE_URL", &url),
            ("WEBHOOK__SIGNING_KEY", CANARY),
            ("WEBHOOK__RETRIES", "5"),
            ("REGION", "eu"),
        ],
        "",
    );
    assert_prints(
        &text,
        &[
            "API_KEY               environment  [REDACTED]",
            "database_url: postgres://app:[REDACTED]@db.example/app,",
            "retries: 5",
            "region: Some(",
            "status=200 OK",
        ],
    );
}

#[test]
fn service_refuses_a_bad_key_by_name() {
    let text = run(
        "service",
        &[],
        &[("API_KEY", "changeme"), ("BIND", CANARY)],
        "",
    );
    assert_prints(
        &text,
        &[
            "API_KEY               environment                   (refused)",
            "the configuration has 2 problems",
            "- API_KEY (environment): the secret is a placeholder from an example: give it the real value",
            "- BIND (environment): invalid socket address syntax",
        ],
    );
}

#[test]
fn cli_takes_its_token_from_everywhere_and_never_shows_it() {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), format!("{CANARY}\n")).expect("the file is ours");
    let path = format!("@{}", file.path().display());
    let variable = [("API_TOKEN", CANARY)];
    for (arguments, variables, input) in [
        (&["--token", &path, "whoami"][..], &[][..], ""),
        (&["--token", "-", "whoami"], &[], CANARY),
        (&["--token", CANARY, "whoami"], &[], ""),
        (&["whoami"], &variable, ""),
    ] {
        let text = run("cli", arguments, variables, input);
        assert_prints(
            &text,
            &[
                "Arguments { token: [REDACTED], tries: 3, command: Whoami }",
                "token #",
            ],
        );
    }
    let text = run("cli", &["--help"], &variable, "");
    assert_prints(&text, &["--token <TOKEN>", "[env: API_TOKEN]"]);
    let text = run("cli", &["--tries", "many", "whoami"], &variable, "");
    assert_prints(&text, &["invalid value 'many' for '--tries"]);
}

#[test]
fn library_is_safe_to_print() {
    let text = run("library", &[], &[(CANARY, "x")], "");
    assert_prints(
        &text,
        &[
            "Worker { id: 7, client: Client {",
            "token: [REDACTED]",
            "gave up after 3 tries",
        ],
    );
}

#[test]
fn migration_redacts_before_and_after() {
    let text = run("migrate_from_secrecy", &[CANARY], &[], "");
    assert_prints(
        &text,
        &[
            "Before { api_key: ",
            "After { api_key: [REDACTED], region: \"eu\" }",
        ],
    );
}
