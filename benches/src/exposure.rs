//! What `expose_secret` compiles to, as the compiler's own assembly of `examples/exposure.rs`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Result, cargo, report};

/// Functions of the example, what the loads of the pointer (and length) and the return come to.
const FUNCTIONS: &[(&str, usize)] = &[("open_array", 2), ("open_text", 3)];

pub(crate) fn table() -> Result<()> {
    let target = cargo::target()?;
    let arguments = [
        "rustc",
        "--package",
        "benches",
        "--example",
        "exposure",
        "--release",
        "--",
        "--emit=asm",
        "-Cdebuginfo=0",
    ];
    cargo::run(cargo::workspace(), &target, &arguments)?;
    let assembly = newest_assembly(&target.join("release/examples"))
        .ok_or("the compiler wrote no assembly")?;
    let assembly = fs::read_to_string(assembly).map_err(|error| error.to_string())?;
    let mut rows = Vec::new();
    let mut longer = Vec::new();
    for (function, allowed) in FUNCTIONS {
        let body = instructions(&assembly, function);
        if body.is_empty() || body.len() > *allowed {
            longer.push(*function);
        }
        rows.push(vec![(*function).to_owned(), body.join("; ")]);
    }
    report::print(
        "a function that returns `&secret.expose_secret()`: its instructions, which are the loads of the pointer (and length) and the return",
        &["", "instructions"],
        &rows,
    );
    if longer.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "`expose_secret` costs more than the loads in {}",
            longer.join(", ")
        ))
    }
}

fn newest_assembly(folder: &Path) -> Option<PathBuf> {
    fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "s"))
        .max_by_key(|path| path.metadata().and_then(|data| data.modified()).ok())
}

/// The instructions between a function's label and the end of the function.
fn instructions(assembly: &str, function: &str) -> Vec<String> {
    assembly
        .lines()
        .skip_while(|line| !(line.ends_with(':') && line.contains(function)))
        .skip(1)
        .map(str::trim)
        .take_while(|line| !line.starts_with(".Lfunc_end") && !line.starts_with(".size"))
        .filter(|line| !line.starts_with('.') && !line.is_empty())
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}
