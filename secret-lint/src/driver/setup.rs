//! `cargo secret-lint setup`: lets cargo run the flow check in every build of the workspace.

use std::{
    env, fs,
    io::{Write, stderr, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use toml_edit::{DocumentMut, InlineTable, Item, Table, value};

use super::{
    cargo,
    record::write_at_once,
    tracked::{CONFIGURATION, CONFIGURATION_FILE},
};

/// Cargo looks it up in the search path, so that the file is good for the whole team.
const WRAPPER: &str = "cargo-secret-lint";

const EMPTY_CONFIGURATION: &str =
    "# What the flow check knows of this workspace beside what is built in.\nversion = 1\n";

/// Writes what is missing, and leaves everything else in the files as it is.
pub(super) fn run(manifest_path: Option<&Path>) -> Result<ExitCode> {
    let metadata = cargo::metadata(manifest_path)?;
    let root = metadata.workspace_root.as_std_path();
    let old = root.join(".cargo/config");
    let cargo = if old.is_file() {
        old
    } else {
        root.join(".cargo/config.toml")
    };
    edit(&cargo, set_wrapper)?;
    edit(&root.join("rust-analyzer.toml"), set_check)?;
    let configuration = root.join(CONFIGURATION_FILE);
    if !configuration.exists() {
        write_at_once(&configuration, EMPTY_CONFIGURATION.as_bytes())?;
        writeln!(stdout(), "wrote {}", configuration.display())?;
    }
    if let Some(warning) = wrong_checker()? {
        writeln!(stderr(), "warning: {warning}")?;
    }
    writeln!(
        stdout(),
        "`cargo check`, `cargo build` and the editor now run the flow check of this workspace."
    )?;
    Ok(ExitCode::SUCCESS)
}

/// What to say where cargo will find another checker than this one, or none.
fn wrong_checker() -> Result<Option<String>> {
    let this = super::checker_path()?;
    let file = format!("{WRAPPER}{}", env::consts::EXE_SUFFIX);
    let folders = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&folders)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file());
    let same = |path: &PathBuf| path.canonicalize().ok() == this.canonicalize().ok();
    Ok(match found {
        Some(path) if same(&path) => None,
        Some(path) => Some(format!(
            "builds will run {}, which stands before {} in PATH",
            path.display(),
            this.display()
        )),
        None => Some(format!(
            "builds need {} in PATH, and will fail without",
            this.display()
        )),
    })
}

/// Changes a TOML file, which need not exist.
fn edit(path: &Path, change: fn(&mut DocumentMut) -> Result<()>) -> Result<()> {
    let shown = path.display();
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        text => text.with_context(|| format!("cannot read {shown}"))?,
    };
    let mut document: DocumentMut = text
        .parse()
        .with_context(|| format!("cannot read {shown}"))?;
    change(&mut document).with_context(|| format!("cannot change {shown}"))?;
    let changed = document.to_string();
    if changed == text {
        return Ok(writeln!(stdout(), "{shown} is as it should be")?);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    write_at_once(path, changed.as_bytes())?;
    Ok(writeln!(stdout(), "wrote {shown}")?)
}

fn set_wrapper(document: &mut DocumentMut) -> Result<()> {
    let build = table(document, "build")?;
    match build
        .get("rustc-workspace-wrapper")
        .map(|wrapper| wrapper.as_str().unwrap_or_default())
    {
        None => build["rustc-workspace-wrapper"] = value(WRAPPER),
        Some(WRAPPER) => {}
        Some(other) => {
            bail!("`build.rustc-workspace-wrapper` is `{other}` already, and cargo runs only one")
        }
    }
    // Cargo compiles again when the file changes, since the wrapper names it; that it is named here makes that hold from the
    // first build on, wherever the crate's folder is.
    let environment = table(document, "env")?;
    if !environment.contains_key(CONFIGURATION) {
        let mut file = InlineTable::new();
        file.insert("value", CONFIGURATION_FILE.into());
        file.insert("relative", true.into());
        environment[CONFIGURATION] = value(file);
    }
    Ok(())
}

fn set_check(document: &mut DocumentMut) -> Result<()> {
    let check = table(document, "check")?;
    match check
        .get("command")
        .map(|command| command.as_str().unwrap_or_default())
    {
        None => check["command"] = value("check"),
        Some("check") => {}
        Some(other) => bail!(
            "`check.command` is `{other}`: the editor shows the flow check only where it runs `check`"
        ),
    }
    Ok(())
}

/// The table of that name, made if there is none.
fn table<'a>(document: &'a mut DocumentMut, name: &str) -> Result<&'a mut Table> {
    let item = document
        .entry(name)
        .or_insert_with(|| Item::Table(Table::new()));
    item.as_table_mut()
        .with_context(|| format!("`{name}` is not written as a table"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(text: &str, change: fn(&mut DocumentMut) -> Result<()>) -> Result<String> {
        let mut document: DocumentMut = text.parse()?;
        change(&mut document)?;
        Ok(document.to_string())
    }

    const ADDED: &str = "rustc-workspace-wrapper = \"cargo-secret-lint\"\n";
    const FILE: &str = "SECRET_LINT_CONFIG = { value = \"secret-lint.toml\", relative = true }\n";

    #[test]
    fn other_lines_stay_as_they_are() {
        let before = "# ours\n[alias] # short\nx = \"run -p x\"\n\n[build]\njobs = 2   # small\n\n[env]\nA = \"1\"\n";
        let after = changed(before, set_wrapper).unwrap();
        assert_eq!(
            after,
            before.replace("# small\n", &format!("# small\n{ADDED}")) + FILE
        );
        assert_eq!(changed(&after, set_wrapper).unwrap(), after);
    }

    #[test]
    fn files_that_do_not_exist_are_made() {
        assert_eq!(
            changed("", set_wrapper).unwrap(),
            format!("[build]\n{ADDED}\n[env]\n{FILE}")
        );
        assert_eq!(
            changed("", set_check).unwrap(),
            "[check]\ncommand = \"check\"\n"
        );
    }

    #[test]
    fn what_somebody_else_set_is_not_overwritten() {
        let error = changed(
            "[build]\nrustc-workspace-wrapper = \"other\"\n",
            set_wrapper,
        )
        .unwrap_err()
        .to_string();
        assert!(error.contains("`other`"), "{error}");
        assert!(changed("[check]\ncommand = \"clippy\"\n", set_check).is_err());
        assert!(changed("build = 1\n", set_wrapper).is_err());
    }
}
