//! `committed_secret_file` on real repositories.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::process::Command;

use secret_lint::report::sources::{Sources, place};
use secret_lint::source::committed::committed;
use secret_lint::source::hardcoded::hardcoded;

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .args(["-c", "core.excludesFile=", "-c", "core.autocrlf=false"])
        .args(arguments);
    assert!(command.output().unwrap().status.success(), "{arguments:?}");
}

/// A repository with these files, all tracked.
fn repository(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "--force", "."]);
    folder
}

fn found(files: &[(&str, &str)], include_tests: bool) -> Vec<String> {
    let folder = repository(files);
    let findings = committed(folder.path(), include_tests).unwrap();
    let shown = findings
        .iter()
        .map(|finding| format!("{} {}", place(&finding.sink), finding.sink_label));
    shown.collect()
}

/// Put together here, so that no scanner takes this file for one with a key in it.
fn private_key() -> String {
    let body = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW";
    format!(
        "-----BEGIN OPENSSH {0}-----\n{body}\n-----END OPENSSH {0}-----\n",
        "PRIVATE KEY"
    )
}

#[test]
fn real_values_are_found_where_they_stand() {
    let key = private_key();
    let files = [
        (
            ".env",
            "PORT=80\n# API_KEY=aq9sk2mfj4xw\nexport API_KEY='aq9sk2mfj4xw' # note\nB_TOKEN=zzz9sk2mfj4xw\n",
        ),
        (
            "a/.env.production",
            "DATABASE_URL=postgres://app:k3J9x-mQ2@db/app\n",
        ),
        ("b.pem", &key),
        (
            "c/.npmrc",
            "//registry.npmjs.org/:_authToken=7f3c9a52-11be-4d68-82aa-91c4e05d7f36\n",
        ),
        (
            "c/credentials",
            "[default]\naws_secret_access_key = wJ4lrXUtnF3MI7K2MDENGbPxRfiCYzq81kd92LsQ\n",
        ),
        (
            "d/.netrc",
            "machine example.com\nlogin me password k3J9x-mQ2\n",
        ),
        ("e/.git-credentials", "https://me:k3J9x-mQ2@example.com\n"),
        ("id_ed25519", &key),
        (
            "service-account-prod.json",
            "{\"type\": \"service_account\", \"client_secret\": \"qm39dk20fnv8\"}\n",
        ),
        ("store.p12", "\u{1}\u{2}"),
    ];
    assert_eq!(
        found(&files, false),
        [
            ".env:3:17 here is a value for `API_KEY`",
            "a/.env.production:1:14 here is a value for `DATABASE_URL`",
            "b.pem:1:1 here is a private key",
            "c/.npmrc:1:34 here is a value for `_authToken`",
            "c/credentials:2:25 here is a value for `aws_secret_access_key`",
            "d/.netrc:2:19 here is a value for `password`",
            "e/.git-credentials:1:1 here is a value for `URL`",
            "id_ed25519:1:1 here is a private key",
            "service-account-prod.json:1:47 here is a value for `client_secret`",
            "store.p12:1:1 here is a key store",
        ]
    );
}

#[test]
fn examples_placeholders_and_other_files_are_left_alone() {
    let key = private_key();
    let real = "API_KEY=aq9sk2mfj4xw\n";
    let files = [
        (".env.example", real),
        ("sample.env", real),
        (
            "config/credentials.template.json",
            "{\"api_key\": \"aq9sk2mfj4xw\"}",
        ),
        ("notes.md", real),
        (
            "src/credentials.rs",
            "const API_KEY: &str = \"aq9sk2mfj4xw\";",
        ),
        ("tests/key.pem", &key),
        (
            "cert.pem",
            "-----BEGIN CERTIFICATE-----\nMIIBkTCB+wIJAKHHCgVZU2W2MA0GCSqGSIb3DQEBCwUAMBExDzANBgNVBAMMBnRl\n-----END CERTIFICATE-----\n",
        ),
        (
            ".env",
            "API_KEY=\nA_TOKEN=changeme\nA2_TOKEN=your_api_key_here\nB_TOKEN=<token>\nC_SECRET=${C_SECRET}\nDB_PASSWORD=postgres\nD_SECRET=dev-secret-key\nTOKEN_COUNT=4711471147\nE_KEY=aq9sk2mfj4xw\nF_PASSWORD=/run/secrets/f\nG_TOKEN=op://vault/item\nDATABASE_URL=postgres://postgres:postgres@localhost/app\nURL=https://example.com/a9k2mf\nH_PASSWORD=password123\nI_TOKEN=xxxxxxxxxxxx\n",
        ),
    ];
    assert_eq!(found(&files, false), [""; 0]);
    assert_eq!(
        found(&files, true),
        ["tests/key.pem:1:1 here is a private key"]
    );
}

#[test]
fn what_git_does_not_track_is_no_finding() {
    let folder = repository(&[("src/main.rs", "")]);
    std::fs::write(folder.path().join(".env"), "API_KEY=aq9sk2mfj4xw\n").unwrap();
    assert_eq!(committed(folder.path(), false), Some(Vec::new()));
    git(folder.path(), &["add", "--force", ".env"]);
    assert_eq!(committed(folder.path(), false).unwrap().len(), 1);
    std::fs::remove_file(folder.path().join(".env")).unwrap();
    assert_eq!(committed(folder.path(), false), Some(Vec::new()));
    assert_eq!(committed(tempfile::tempdir().unwrap().path(), false), None);
}

#[test]
fn no_value_is_in_a_finding() {
    let folder = repository(&[(".env", "API_KEY=aq9sk2mfj4xw\n")]);
    let findings = committed(folder.path(), false).unwrap();
    assert!(!format!("{findings:?}").contains("aq9sk2mfj4xw"));
}

#[test]
fn this_repository_is_clean() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let Some(findings) = committed(root, false) else {
        return;
    };
    assert_eq!(findings, []);
    let mut command = Command::new("git");
    let output = command
        .current_dir(root)
        .args(["ls-files", "*.rs"])
        .output()
        .unwrap();
    let sources = Sources::below(root);
    for name in String::from_utf8(output.stdout).unwrap().lines() {
        if let Some(file) = sources.file(name) {
            assert_eq!(hardcoded(name, &file, false), []);
        }
    }
}
