//! What cargo must compile a crate again for, beside its sources: rustc lists what it read in a file for cargo, and the
//! wrapper adds what it read itself.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// Set by the command for its own build: `collect`.
pub(super) const MODE: &str = "SECRET_LINT_MODE";
/// The configuration file, where it is not found from the crate's folder upwards.
pub(super) const CONFIGURATION: &str = "SECRET_LINT_CONFIG";
/// Levels where the wrapper runs without the command: `-W secret_in_url -D warnings`.
pub(super) const LEVELS: &str = "SECRET_LINT_LEVELS";

/// The name of the configuration file.
pub(super) const CONFIGURATION_FILE: &str = "secret-lint.toml";

/// The file with what was found before, in the folder of the workspace.
pub(super) const BASELINE_FILE: &str = "secret-lint-baseline.txt";

/// The files that rustc read.
pub(super) fn sources(dependency_info: &Path) -> Result<Vec<PathBuf>> {
    let text = fs::read_to_string(dependency_info);
    let text = text.with_context(|| format!("cannot read {}", dependency_info.display()))?;
    let rule = text.lines().find_map(|line| line.split_once(": "));
    Ok(rule.map(|(_, files)| split(files)).unwrap_or_default())
}

/// File names stand one after another, with `\ ` for a space in a name.
fn split(files: &str) -> Vec<PathBuf> {
    const SPACE: &str = "\u{0}";
    let names = files.replace("\\ ", SPACE);
    names
        .split_whitespace()
        .map(|name| name.replace(SPACE, " ").into())
        .collect()
}

/// Adds `files` and the checker's variables to what cargo looks at. The checker itself is always among the files: what it
/// says of a crate is worth nothing once it has changed.
pub(super) fn add(dependency_info: &Path, files: &[PathBuf]) -> Result<()> {
    let text = fs::read_to_string(dependency_info)?;
    let checker = super::checker_path()?;
    let files: Vec<_> = files
        .iter()
        .chain([&checker])
        .map(|file| escaped(file))
        .collect();
    let mut is_added = false;
    let mut extended = String::with_capacity(2 * text.len());
    for line in text.lines() {
        extended.push_str(line);
        if !is_added && line.contains(": ") {
            extended.push(' ');
            extended.push_str(&files.join(" "));
            is_added = true;
        }
        extended.push('\n');
    }
    for name in [MODE, CONFIGURATION, LEVELS] {
        extended.extend(["# env-dep:", name]);
        if let Ok(value) = env::var(name) {
            extended.push('=');
            extended.push_str(&value.replace('\\', "\\\\").replace('\n', "\\n"));
        }
        extended.push('\n');
    }
    super::record::write_at_once(dependency_info, extended.as_bytes())
}

/// Whether [`add`] has written there.
pub(super) fn was_checked(dependency_info: &Path) -> bool {
    let mark = format!("\n# env-dep:{MODE}");
    fs::read_to_string(dependency_info).is_ok_and(|text| text.contains(&mark))
}

fn escaped(path: &Path) -> String {
    path.to_string_lossy().replace(' ', "\\ ")
}

/// The configuration that counts for a crate in `folder`: the one that the environment names, else the nearest above.
pub(super) fn configuration(folder: &Path) -> Option<PathBuf> {
    if let Some(path) = env::var_os(CONFIGURATION) {
        return Some(path.into());
    }
    above(folder, CONFIGURATION_FILE)
}

/// The baseline that counts for a crate in `folder`.
pub(super) fn baseline(folder: &Path) -> Option<PathBuf> {
    above(folder, BASELINE_FILE)
}

fn above(folder: &Path, name: &str) -> Option<PathBuf> {
    folder
        .ancestors()
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_spaces_are_one_name() {
        assert_eq!(
            split("src/lib.rs src/a\\ b.rs"),
            [PathBuf::from("src/lib.rs"), "src/a b.rs".into()]
        );
        assert_eq!(escaped(Path::new("a b")), "a\\ b");
    }

    #[test]
    fn what_is_added_goes_to_the_first_rule() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.d");
        fs::write(
            &file,
            "x.rmeta: src/lib.rs\n\nx.d: src/lib.rs\n\nsrc/lib.rs:\n",
        )
        .unwrap();
        add(&file, &["conf.toml".into()]).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        let first = text.lines().next().unwrap();
        assert!(
            first.starts_with("x.rmeta: src/lib.rs conf.toml "),
            "{text}"
        );
        assert!(
            text.contains("\nx.d: src/lib.rs\n") && text.contains("\n# env-dep:SECRET_LINT_MODE\n"),
            "{text}"
        );
        assert_eq!(sources(&file).unwrap().len(), 3);
        assert!(was_checked(&file) && !was_checked(&folder.path().join("y.d")));
    }
}
