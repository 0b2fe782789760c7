//! What other processes see: the environment block, children, command lines.

use std::process::Command;

use secret_core::{Redact, SecretBytes, SecretString};
use serde::Deserialize;

use crate::canary::CANARY;
use crate::channel::{SEEN, Theme, does_not_compile, output_of, redacted};

pub(crate) const THEME: Theme = Theme {
    name: "processes",
    channels: &[
        does_not_compile!(
            "argument of a child process",
            ["exposed/command_argument"],
            SEEN,
            |key| output_of(Command::new("echo").arg(key))
        ),
        does_not_compile!(
            "variable of a child process",
            ["exposed/command_variable"],
            SEEN,
            |key| output_of(Command::new("env").env("KEY", key))
        ),
        does_not_compile!(
            "Command, {:?}",
            ["exposed/command_argument"],
            SEEN,
            |key| format!("{:?}", Command::new("echo").arg(key))
        ),
        does_not_compile!("env::set_var", ["exposed/set_var"], SEEN, |key| output_of(
            Command::new("env").env("KEY", key)
        )),
        does_not_compile!(
            "name of a file",
            ["exposed/file_name"],
            SEEN,
            |key| format!("{:?}", std::path::Path::new(&key))
        ),
        redacted!(
            "/proc/self/environ after loading",
            "PATH=",
            child,
            removed_and_block(),
            loaded_and_block()
        ),
        redacted!(
            "env::vars after loading",
            "PATH",
            child,
            println!("{:?}", std::env::vars_os()),
            {
                load();
                println!("{:?}", std::env::vars_os());
            }
        ),
        redacted!(
            "environment that a child process inherits",
            "PATH=",
            child,
            println!("{}", output_of(&mut Command::new("env"))),
            {
                load();
                println!("{}", output_of(&mut Command::new("env")));
            }
        ),
    ],
};

#[derive(Deserialize, Redact)]
#[allow(dead_code, reason = "loaded for what becomes of the environment")]
struct Config {
    key: SecretString,
    raw: SecretBytes,
}

/// Loads both canaries that the child finds in its environment.
fn load() {
    let config: Config = secret_env::Loader::new()
        .prefix("LEAK_MATRIX_")
        .load()
        .unwrap();
    assert!(config.key == CANARY && config.raw.expose_secret().ends_with(&[0xff]));
}

fn block() -> String {
    let block = std::fs::read("/proc/self/environ").unwrap();
    String::from_utf8_lossy(&block).replace('\0', "\n")
}

#[allow(
    unsafe_code,
    reason = "the control removes a variable as the standard library does it"
)]
fn removed_and_block() {
    // SAFETY: no other thread runs in the child.
    unsafe { std::env::remove_var("LEAK_MATRIX_KEY") };
    println!("{}", block());
}

fn loaded_and_block() {
    load();
    println!("{}", block());
}
