//! What the installed rustc prints is read completely.

use std::{env, process::Command, sync::LazyLock};

use secret_lint::mir::parse::{parse, read};

use crate::print::print;

/// The MIR of `fixture.rs`, which has one of everything.
pub(crate) static FIXTURE: LazyLock<String> = LazyLock::new(|| {
    let output = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/parse"))
        .env("RUSTC_BOOTSTRAP", "1")
        .args([
            "--edition=2024",
            "--crate-type=lib",
            "fixture.rs",
            "--cap-lints=allow",
        ])
        .args([
            "-Zunpretty=mir",
            "-Zmir-include-spans=on",
            "-Ztrim-diagnostic-paths=no",
        ])
        .output()
        .expect("rustc runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("rustc prints UTF-8")
});

#[test]
fn everything_in_the_fixture_is_read() {
    let krate = parse(&FIXTURE);
    assert_eq!(krate.unparsed, []);
    assert_eq!(krate.bodies.len(), printed(&FIXTURE));
    assert!(krate.bodies.len() > 40, "{}", krate.bodies.len());
}

#[test]
fn what_was_read_of_the_fixture_is_printed_and_read_again() {
    let krate = parse(&FIXTURE);
    let text = print(&krate);
    let again = parse(&text);
    assert_eq!(again.unparsed, []);
    for (body, first) in again.bodies.iter().zip(&krate.bodies) {
        assert_eq!(body, first);
    }
    assert_eq!(again, krate);
}

#[test]
fn a_reader_gives_the_same_as_a_text() {
    assert_eq!(
        read(FIXTURE.as_bytes()).expect("memory can be read"),
        parse(&FIXTURE)
    );
}

/// How many bodies a text has, by the lines that no parser is needed for.
fn printed(text: &str) -> usize {
    let is_body = |line: &&str| {
        let begins =
            line.starts_with(|first: char| first.is_alphabetic() || first == '<' || first == '_');
        begins && !line.starts_with("alloc") && (line.ends_with('{') || line.ends_with(';'))
    };
    text.lines().filter(is_body).count()
}

#[test]
fn every_function_of_the_workspace_is_read() {
    for package in ["secret-core", "secret-env", "secret-lint"] {
        // A folder of its own, since the build that runs this test holds the lock of the other.
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("RUSTC_BOOTSTRAP", "1")
            .env(
                "CARGO_TARGET_DIR",
                concat!(env!("CARGO_TARGET_TMPDIR"), "/workspace"),
            )
            .args([
                "rustc",
                "--quiet",
                "--profile=dev",
                "--lib",
                "-p",
                package,
                "--",
            ])
            .args([
                "-Zunpretty=mir",
                "-Zmir-include-spans=on",
                "-Ztrim-diagnostic-paths=no",
                "--cap-lints=allow",
            ])
            .output()
            .expect("cargo runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let text = String::from_utf8(output.stdout).expect("rustc prints UTF-8");
        let krate = parse(&text);
        println!(
            "{package}: {} of {} bodies, {} bytes",
            krate.bodies.len(),
            printed(&text),
            text.len()
        );
        assert_eq!(krate.unparsed, [], "{package}");
        assert_eq!(krate.bodies.len(), printed(&text), "{package}");
        assert!(krate.bodies.len() > 100, "{package}");
    }
}
