//! The examples in `docs/ci` can be used as they are.

use std::ffi::OsString;

use serde_norway::Value;

use super::options::{CommandLine, Flag, InventoryFormat, MessageFormat, Subcommands};

const ACTIONS: &str = include_str!("../../../docs/ci/github-actions.yml");
const HOOK: &str = include_str!("../../../docs/ci/pre-commit");
const PRE_COMMIT: &str = include_str!("../../../docs/ci/pre-commit-config.yaml");
const READMES: [&str; 2] = [
    include_str!("../../README.md"),
    include_str!("../../../docs/flow-check.md"),
];

/// The commands of a text, by the parser of the command line.
fn commands(text: &str) -> Vec<CommandLine> {
    let mut found = Vec::new();
    for line in text.lines() {
        let Some((before, command)) = line.split_once("cargo secret-lint ") else {
            continue;
        };
        // Inside of a sentence.
        if before.ends_with('`') {
            continue;
        }
        let words = command
            .split_whitespace()
            .take_while(|word| !matches!(*word, ">" | "||" | "&&" | "#"));
        let words = ["cargo-secret-lint", "secret-lint"]
            .into_iter()
            .chain(words);
        let read = CommandLine::read(words.map(OsString::from));
        found.push(read.unwrap_or_else(|error| panic!("{line}: {error}")));
    }
    found
}

fn parsed(text: &str) -> Value {
    serde_norway::from_str(text).unwrap()
}

fn denies_warnings(line: &CommandLine) -> bool {
    line.levels == [(Flag::Deny, "warnings".to_owned())]
}

#[test]
fn the_workflow_uploads_what_the_command_writes() {
    let steps = &parsed(ACTIONS)["jobs"]["secret-lint"]["steps"];
    let steps = steps.as_sequence().unwrap();
    let upload = steps.last().unwrap();
    assert!(
        upload["uses"]
            .as_str()
            .unwrap()
            .starts_with("github/codeql-action/upload-sarif@")
    );
    let run = steps.iter().find(|step| step["id"] == "check").unwrap()["run"].as_str();
    let file = upload["with"]["sarif_file"].as_str().unwrap();
    assert!(run.unwrap().contains(&format!(" > {file} ")));

    let [check, inventory] = &commands(ACTIONS)[..] else {
        panic!()
    };
    assert!(denies_warnings(check) && check.options.message_format == MessageFormat::Sarif);
    let Some(Subcommands::Inventory { check, format, .. }) = &inventory.command else {
        panic!("{inventory:?}")
    };
    assert!(check.is_some() && *format == InventoryFormat::Table);
}

#[test]
fn the_hooks_run_the_command() {
    let hook = &parsed(PRE_COMMIT)["repos"][0]["hooks"][0];
    assert_eq!(hook["language"], "system");
    let of_script = commands(HOOK);
    let of_configuration = commands(hook["entry"].as_str().unwrap());
    for found in [of_script, of_configuration] {
        assert!(found.len() == 1 && denies_warnings(&found[0]), "{found:?}");
    }
    assert!(HOOK.starts_with("#!/bin/sh\n"));
}

#[test]
fn the_commands_of_the_pages_exist() {
    for text in READMES {
        commands(text);
        for file in ["github-actions.yml", "pre-commit", "pre-commit-config.yaml"] {
            assert!(text.contains(&format!("ci/{file})")), "{file}");
        }
    }
    assert!(commands(READMES[0]).len() >= 3);
}
