//! `committed_secret_file`: files that git tracks, that are named like secrets and hold real-looking ones.

use std::path::Path;
use std::process::Command;

use super::hardcoded::span;
use super::placeholder::is_placeholder;
use super::shape::tokens;
use super::test_code::{is_rust, is_test_file};
use super::words::looks_secret;
use crate::report::sources::SourceFile;
use crate::report::{Finding, Lint};

/// What a file that is named like a secret holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `NAME=value`, `name: value`, `"name": "value"`: what counts are the names.
    Settings,
    /// A private key in text.
    Key,
    /// A container of keys, which is no text.
    Store,
}

/// Larger files are no settings.
const MOST_BYTES: u64 = 1024 * 1024;

/// Endings and parts of names that say that a file is to be copied and filled in.
const TEMPLATE_WORDS: &[&str] = &[
    "example", "sample", "template", "dist", "default", "defaults", "tpl", "tmpl", "schema",
    "dummy",
];

/// The findings in the files that git tracks below `root`; nothing where that is no work tree of git, or there is no git.
#[must_use]
pub fn committed(root: &Path, include_tests: bool) -> Option<Vec<Finding>> {
    let mut command = Command::new("git");
    let output = command
        .current_dir(root)
        .args(["ls-files", "-z"])
        .output()
        .ok()?;
    if !output.status.success() {
        return None;
    }
    let names = String::from_utf8_lossy(&output.stdout);
    let names = names
        .split('\0')
        .filter(|name| include_tests || !is_test_file(name));
    Some(names.filter_map(|name| check(root, name)).collect())
}

fn check(root: &Path, name: &str) -> Option<Finding> {
    let kind = kind(name)?;
    let path = root.join(name);
    let size = std::fs::metadata(&path).ok()?.len();
    if kind == Kind::Store {
        return (size > 0)
            .then(|| finding(name, &SourceFile::new(String::new()), "a key store", 0..0));
    }
    if size > MOST_BYTES {
        return None;
    }
    let text = String::from_utf8_lossy(&std::fs::read(path).ok()?).into_owned();
    check_text(name, kind, &SourceFile::new(text))
}

fn check_text(name: &str, kind: Kind, file: &SourceFile) -> Option<Finding> {
    if let Some(token) = tokens(file.text()).first() {
        return Some(finding(name, file, token.name, token.range.clone()));
    }
    if kind != Kind::Settings {
        return None;
    }
    let setting = settings(file.text()).find(Setting::is_secret)?;
    let what = format!("a value for `{}`", setting.name);
    let start = setting.value.as_ptr() as usize - file.text().as_ptr() as usize;
    Some(finding(
        name,
        file,
        &what,
        start..start + setting.value.len(),
    ))
}

fn finding(name: &str, file: &SourceFile, what: &str, range: std::ops::Range<usize>) -> Finding {
    Finding {
        lint: Lint::CommittedSecretFile,
        message: format!("a file with secrets is tracked by git: `{name}`"),
        sink: span(name, file, &range),
        sink_label: format!("here is {what}"),
        source: None,
        path: Vec::new(),
        suggestions: Vec::new(),
        help: vec![
            "replace the secrets, since they are known to everybody who has the repository"
                .to_owned(),
            format!(
                "then `git rm --cached {name}` and add it to `.gitignore`; commit an example without values"
            ),
        ],
    }
}

/// What a file holds by its name, if it is named like a secret.
fn kind(path: &str) -> Option<Kind> {
    let lower = path.to_ascii_lowercase();
    let (folder, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let words = || name.split(['.', '-', '_']);
    if words().any(|word| TEMPLATE_WORDS.contains(&word)) || is_rust(name) {
        return None;
    }
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    match extension {
        "p12" | "pfx" | "jks" | "keystore" | "kdbx" => return Some(Kind::Store),
        "pem" | "key" | "p8" | "ppk" | "asc" => return Some(Kind::Key),
        "env" | "tfvars" | "tfstate" => return Some(Kind::Settings),
        _ => {}
    }
    if ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"].contains(&name) {
        return Some(Kind::Key);
    }
    let is_settings = name.starts_with(".env.")
        || [
            ".npmrc",
            ".pypirc",
            ".netrc",
            "_netrc",
            ".git-credentials",
            ".dockercfg",
            ".dockerconfigjson",
            ".vault-token",
            "kubeconfig",
        ]
        .contains(&name)
        || (name == "config.json" && folder.ends_with(".docker"))
        || (matches!(
            extension,
            "" | "json"
                | "toml"
                | "yml"
                | "yaml"
                | "ini"
                | "txt"
                | "cfg"
                | "conf"
                | "properties"
                | "xml"
                | "csv"
        ) && ([
            "credentials",
            "credential",
            "secrets",
            "secret",
            "passwords",
        ]
        .contains(&stem)
            || stem.starts_with("credentials")
            || stem.starts_with("service-account")
            || stem.starts_with("service_account")
            || stem.ends_with("credentials")));
    is_settings.then_some(Kind::Settings)
}

/// A name and its value.
struct Setting<'text> {
    name: &'text str,
    value: &'text str,
}

/// The settings of a text, whatever its format: a line, or with JSON part of one, has a name, `=` or `:`, and a value.
fn settings(text: &str) -> impl Iterator<Item = Setting<'_>> {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.starts_with(['#', ';']) && !line.starts_with("// "))
        .flat_map(|line| {
            let is_json = line.starts_with(['{', '"', '[']);
            line.split(move |letter| is_json && letter == ',')
        })
        .filter_map(setting)
}

fn setting(entry: &str) -> Option<Setting<'_>> {
    const AROUND: &[char] = &['"', '\'', ' ', '\t', '{', '}', ',', '[', ']', ';'];
    // `https://user:password@host` of `.git-credentials`.
    if entry.contains("://") && !entry.contains(['=', ' ']) && !entry.contains(": ") {
        return Some(Setting {
            name: "URL",
            value: entry,
        });
    }
    // `machine host login user password word` of `.netrc`.
    if let Some((_, value)) = entry
        .split_once("password ")
        .filter(|_| !entry.contains(['=', ':']))
    {
        return Some(Setting {
            name: "password",
            value: value.split_whitespace().next()?,
        });
    }
    // `//registry.npmjs.org/:_authToken=…` of `.npmrc`.
    let entry = entry
        .strip_prefix("//")
        .and_then(|rest| rest.split_once("/:"))
        .map_or(entry, |(_, rest)| rest);
    let (name, value) = entry.split_once(['=', ':'])?;
    let name = name
        .trim()
        .trim_start_matches("export ")
        .trim_matches(AROUND);
    let value = value.trim();
    let value = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].split(quote).next()?,
        _ => value.split(" #").next()?.trim_matches(AROUND),
    };
    Some(Setting { name, value })
}

/// Words that stand in the settings of a developer's machine, where nothing is secret.
const USUAL_WORDS: &[&str] = &[
    "admin",
    "app",
    "database",
    "db",
    "default",
    "demo",
    "dev",
    "development",
    "docker",
    "guest",
    "hunter2",
    "key",
    "local",
    "localhost",
    "minio",
    "minioadmin",
    "mongo",
    "mysql",
    "not",
    "only",
    "pass",
    "passw0rd",
    "password",
    "passwd",
    "pg",
    "postgres",
    "pw",
    "rabbitmq",
    "redis",
    "root",
    "secret",
    "super",
    "supersecret",
    "test",
    "testing",
    "token",
    "user",
    "very",
    "true",
    "false",
    "yes",
    "no",
    "on",
    "off",
    "for",
    "insecure",
    "unsafe",
    "public",
];

/// Shorter values are no secrets, or weak beyond saving.
const LEAST_SECRET: usize = 6;

impl Setting<'_> {
    fn is_secret(&self) -> bool {
        let is_named_so = looks_secret(self.name) && is_real(self.value);
        is_named_so || password_of_url(self.value).is_some_and(is_real)
    }
}

/// Whether a value looks like a secret somebody uses, and no placeholder, reference, path, number or usual word.
fn is_real(value: &str) -> bool {
    let is_reference = value.contains("${")
        || value.contains("{{")
        || value.contains("$(")
        || value.starts_with(['$', '<', '/', '~'])
        || value.starts_with("./");
    let has_spaces = value.contains(char::is_whitespace);
    let is_number = value
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b".,-:".contains(&byte))
        && value.len() < 12;
    let lower = value.to_ascii_lowercase();
    let words = || {
        lower
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    let is_usual = |word: &str| {
        let bare = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
        bare.is_empty() || USUAL_WORDS.contains(&word) || USUAL_WORDS.contains(&bare)
    };
    let is_hidden = value.len() >= 3 && value.bytes().all(|byte| byte == value.as_bytes()[0]);
    value.len() >= LEAST_SECRET
        && !is_placeholder(value.as_bytes())
        && !is_reference
        && !has_spaces
        && !is_number
        && !is_hidden
        && !value.contains("://")
        && !words().all(is_usual)
        && !lower.contains("example")
        && !lower.contains("changeme")
        && !lower.contains("placeholder")
}

/// `hunter2` of `postgres://app:hunter2@db/app`.
fn password_of_url(value: &str) -> Option<&str> {
    let (_, rest) = value.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let (user_info, _) = authority.rsplit_once('@')?;
    Some(user_info.split_once(':')?.1)
}
