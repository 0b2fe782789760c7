//! A compiler cache in `RUSTC_WRAPPER`, such as sccache: cargo runs it with the checker as the compiler. A script stands in for
//! it, which keeps what libraries are compiled to and knows nothing of records.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use super::{FOUND, Run, Workspace, with_a_leak};

/// Called as `cache CHECKER RUSTC ARGUMENTS` for crates of the workspace, and without the checker for others.
const CACHE: &str = r#"#!/bin/sh
store=$(dirname "$0")/store
for argument in "$@"; do
    case "$before" in --out-dir) out=$argument ;; esac
    case "$argument" in extra-filename=*) extra=${argument#extra-filename=} ;; esac
    before=$argument
done
case "$*" in
    # What cargo asks the compiler about itself.
    *" --crate-name ___ "*) ;;
    *"cargo-secret-lint "*" --crate-name "*) echo "checker" >> "$store.log" ;;
esac
case "$*" in
    *" --crate-type lib "*) ;;
    *) exec "$@" ;;
esac
kept=$store/$(printf '%s' "$*" | cksum | cut -d ' ' -f 1)
if [ -d "$kept" ]; then
    echo "kept" >> "$store.log"
    cp "$kept"/*"$extra".* "$out"
    cat "$kept/said" >&2
    exit 0
fi
"$@" 2> "$store.said.$$"
code=$?
cat "$store.said.$$" >&2
if [ $code = 0 ]; then
    mkdir -p "$kept"
    for file in "$out"/*"$extra".d "$out"/*"$extra".rmeta "$out"/*"$extra".rlib; do
        if [ -e "$file" ]; then cp "$file" "$kept"; fi
    done
    cp "$store.said.$$" "$kept/said"
fi
rm "$store.said.$$"
exit $code
"#;

struct Cached {
    workspace: Workspace,
    cache: PathBuf,
}

impl Cached {
    fn new() -> Self {
        let workspace = with_a_leak();
        workspace.write("cache/cache", CACHE);
        let cache = workspace.path("cache/cache");
        fs::set_permissions(&cache, fs::Permissions::from_mode(0o755)).unwrap();
        Self { workspace, cache }
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Run {
        let mut command = self.workspace.command(program);
        Run::of(command.env("RUSTC_WRAPPER", &self.cache).args(arguments))
    }

    fn remove_target(&self) {
        fs::remove_dir_all(self.workspace.path("target")).unwrap();
    }

    /// How often the cache was asked to run the checker, and how often it had the answer.
    fn counts(&self) -> (usize, usize) {
        let log = fs::read_to_string(self.workspace.path("cache/store.log")).unwrap_or_default();
        let count = |of: &str| log.lines().filter(|line| *line == of).count();
        (count("checker"), count("kept"))
    }
}

#[test]
fn the_command_asks_the_compiler_itself_where_the_cache_has_no_record() {
    let cached = Cached::new();
    let command = [
        env!("CARGO_BIN_EXE_cargo-secret-lint"),
        "--message-format",
        "short",
    ];
    let check = || cached.run(command[0], &command[1..]);
    check().ends_with(101).says(FOUND);
    assert_eq!(cached.counts(), (4, 0));
    cached.remove_target();
    check().ends_with(101).says(FOUND);
    assert_eq!(cached.counts(), (8, 2));
    check().ends_with(101).says(FOUND).says_not("Checking");
}

#[test]
fn a_build_says_what_the_cache_keeps_from_it() {
    let cached = Cached::new();
    cached.workspace.check(&["setup"]).ends_with(0);
    let check = || cached.run("cargo", &["check"]);
    check().ends_with(101).says("error[secret_in_log]");
    cached.remove_target();
    check()
        .says("warning: not checked: what `app` passes to a crate that has lost its record")
        .says("RUSTC_WRAPPER");
    assert_eq!(cached.counts().1, 2);
    cached.remove_target();
    let uncached = cached.workspace.cargo(&["check"]);
    uncached.ends_with(101).says("error[secret_in_log]");
}
