//! Secrets as arguments: where they are read from, and that neither errors nor help show them.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use clap::{CommandFactory, Parser};
use secret_core::clap::secret;
use secret_core::{Secret, SecretBytes, SecretString};

const CANARY: &str = "hunter2-correct-horse";

/// Tells the child process of a test which arguments to parse.
const CHILD: &str = "SECRET_TESTS_CLAP_CHILD";

#[derive(Debug, Parser)]
struct Cli {
    #[arg(long)]
    key: Option<SecretString>,
    #[arg(long)]
    bytes: Option<SecretBytes>,
    #[arg(long)]
    pin: Option<Secret<u16>>,
    #[arg(long, value_parser = secret::<SecretString>().refuse_literals())]
    file: Option<SecretString>,
    #[arg(long, env = "SECRET_TESTS_CLAP_TOKEN", hide_env_values = true)]
    token: Option<SecretString>,
}

#[derive(Debug, Parser)]
struct Shown {
    #[arg(long, env = "SECRET_TESTS_CLAP_TOKEN")]
    token: Option<SecretString>,
}

#[derive(Debug, Parser)]
struct WithDefault {
    #[arg(long, default_value = "hunter2-correct-horse")]
    key: SecretString,
}

fn parse(arguments: &[&str]) -> Result<Cli, clap::Error> {
    Cli::try_parse_from([&["app"], arguments].concat())
}

fn key(argument: &str) -> SecretString {
    parse(&["--key", argument])
        .unwrap_or_else(|error| panic!("{error}"))
        .key
        .expect("it was given")
}

/// The error in both of its forms, which must not show the canary.
#[track_caller]
fn refused(arguments: &[&str]) -> String {
    quiet(&parse(arguments).expect_err("it must be refused"))
}

#[track_caller]
fn quiet(error: &clap::Error) -> String {
    let text = error.to_string();
    assert!(!format!("{text} {error:?}").contains("hunter2"), "{text}");
    text
}

fn in_file(content: impl AsRef<[u8]>) -> (tempfile::TempDir, String) {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("key");
    fs::write(&path, content).expect("a file in it");
    let argument = format!("@{}", path.display());
    (directory, argument)
}

#[test]
fn a_literal_is_taken_as_it_is() {
    assert!(key(CANARY) == CANARY);
    assert!(key("@@home") == "@home");
    assert!(key(" two words\n") == " two words\n");
    let cli = parse(&["--bytes", "abc", "--pin", "4711"]).unwrap();
    assert!(cli.bytes.unwrap() == b"abc");
    assert!(*cli.pin.unwrap().expose_secret() == 4711);
}

#[test]
fn a_file_loses_one_newline() {
    for (content, expected) in [
        ("k-4711", "k-4711"),
        ("k-4711\n", "k-4711"),
        ("k-4711\r\n", "k-4711"),
        ("k-4711\n\n", "k-4711\n"),
        ("@k-4711", "@k-4711"),
    ] {
        let (_directory, argument) = in_file(content);
        assert!(key(&argument) == expected, "{content:?}");
    }
    let (_directory, argument) = in_file([0xff, b'\n']);
    let cli = parse(&["--bytes", &argument]).unwrap();
    assert!(cli.bytes.unwrap() == [0xff]);
}

#[test]
fn an_error_names_the_file_and_not_its_content() {
    let (_directory, argument) = in_file([CANARY.as_bytes(), &[0xff]].concat());
    assert!(
        refused(&["--key", &argument]).contains("'--key <KEY>': the secret is not valid UTF-8")
    );

    let (_directory, argument) = in_file(CANARY);
    assert!(refused(&["--pin", &argument]).contains("not a valid `u16`"));

    let (directory, argument) = in_file(CANARY.repeat(1 << 16));
    let path = argument.trim_start_matches('@');
    let error = refused(&["--key", &argument]);
    assert!(
        error.contains(&format!(
            "the file {path:?} cannot be read: it holds more than 1048576 bytes"
        )),
        "{error}"
    );

    let missing = format!("@{}", directory.path().join("missing").display());
    let error = refused(&["--key", &missing]);
    assert!(
        error.contains("cannot be read: it does not exist") && !error.contains("missing"),
        "{error}"
    );

    let error = refused(&["--key", &format!("@{}", directory.path().display())]);
    assert!(
        error.contains("cannot be read: it is a directory"),
        "{error}"
    );
}

#[test]
fn a_password_that_begins_with_an_at_sign_is_not_shown_as_a_path() {
    for password in [
        "@hunter2",
        "@hunter2/correct",
        "@/hunter2/horse",
        "@/hunter2",
    ] {
        let error = refused(&["--key", password]);
        assert!(error.contains("is written `@@…`"), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}

#[test]
fn a_value_that_is_no_secret_is_refused() {
    assert!(refused(&["--key", ""]).contains("the secret is empty"));
    assert!(refused(&["--key", "[REDACTED]"]).contains("the value is the placeholder"));
    assert!(refused(&["--bytes", "[REDACTED]"]).contains("the value is the placeholder"));
    assert!(refused(&["--pin", CANARY]).contains("'--pin <PIN>': the secret is not a valid `u16`"));
    let (_directory, argument) = in_file("\n");
    assert!(refused(&["--key", &argument]).contains("the secret is empty"));
}

#[test]
fn a_literal_can_be_refused() {
    assert!(refused(&["--file", CANARY]).contains("the process list would show the secret"));
    assert!(refused(&["--file", &format!("@@{CANARY}")]).contains("the process list"));
    let (_directory, argument) = in_file(CANARY);
    assert!(parse(&["--file", &argument]).unwrap().file.unwrap() == CANARY);
}

#[test]
fn a_default_is_not_the_secret_itself() {
    let error = quiet(&WithDefault::try_parse_from(["app"]).unwrap_err());
    assert!(
        error.contains("a default in the program is no secret"),
        "{error}"
    );
}

#[test]
fn parsed_arguments_are_redacted() {
    let cli = parse(&["--key", CANARY, "--pin", "4711"]).unwrap();
    let text = format!("{cli:?}");
    assert!(
        text.contains("key: Some([REDACTED])") && text.contains("pin: Some([REDACTED])"),
        "{text}"
    );
}

/// Runs this test binary as a program with the arguments, variable and input; gives its output.
fn child(command: &str, token: Option<&str>, input: &str) -> String {
    let mut child = Command::new(std::env::current_exe().expect("the path of this test"));
    child
        .args(["--exact", "child_process", "--nocapture"])
        .env(CHILD, command)
        .env_remove("SECRET_TESTS_CLAP_TOKEN")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if let Some(token) = token {
        child.env("SECRET_TESTS_CLAP_TOKEN", token);
    }
    let mut child = child.spawn().expect("this test can be run");
    child
        .stdin
        .take()
        .expect("it is piped")
        .write_all(input.as_bytes())
        .expect("the child reads");
    let output = child.wait_with_output().expect("the child ends");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).expect("it is text");
    assert!(
        !text.contains("hunter2") || command.starts_with("shown-help"),
        "{text}"
    );
    text
}

/// The program that the tests below run; on its own it does nothing.
#[test]
fn child_process() {
    let Ok(command) = std::env::var(CHILD) else {
        return;
    };
    let words: Vec<_> = command.split(' ').collect();
    let result = match words[..] {
        ["help"] => Err(Cli::command()
            .try_get_matches_from(["app", "--help"])
            .unwrap_err()),
        ["shown-help"] => Err(Shown::command()
            .try_get_matches_from(["app", "--help"])
            .unwrap_err()),
        ["shown"] => Shown::try_parse_from(["app"]).map(|cli| cli.token),
        ["token"] => parse(&[]).map(|cli| cli.token),
        _ => parse(&words).map(|cli| cli.key.or(cli.file)),
    };
    match result {
        Ok(secret) => println!(
            "length: {:?}",
            secret.map(|secret| secret.expose_secret().len())
        ),
        Err(error) => println!("{error}"),
    }
}

#[test]
fn standard_input_is_read_to_its_end() {
    let length = format!("length: Some({})", CANARY.len());
    assert!(child("--key -", None, CANARY).contains(&length));
    assert!(child("--file -", None, &format!("{CANARY}\n")).contains(&length));
    let long = CANARY.repeat(2000);
    assert!(child("--key -", None, &long).contains(&format!("length: Some({})", long.len())));
    assert!(child("--key -", None, "").contains("'--key <KEY>': the secret is empty"));
    assert!(child("--pin -", None, CANARY).contains("not a valid `u16`"));
}

#[test]
fn a_variable_is_the_secret_itself_and_not_shown_in_help() {
    let length = format!("length: Some({})", CANARY.len() + 1);
    assert!(child("token", Some(&format!("@{CANARY}")), "").contains(&length));
    assert!(child("help", Some(CANARY), "").contains("[env: SECRET_TESTS_CLAP_TOKEN]"));
}

#[test]
fn a_variable_that_help_would_show_is_refused() {
    assert!(
        child("shown-help", Some(CANARY), "").contains(CANARY),
        "control: clap shows it"
    );
    let text = child("shown", Some(CANARY), "");
    assert!(
        text.contains("the program must set `hide_env_values = true`"),
        "{text}"
    );
}
