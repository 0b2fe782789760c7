//! `cargo secret-lint inventory` and `--list-declassified`: every place that takes a secret out of its type, and who calls it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    io::{Write as _, stderr, stdout},
    path::Path,
    process::ExitCode,
};

use anyhow::{Context, Result};
use serde::Serialize;

use super::{
    check::Workspace,
    options::{InventoryFormat, Options},
};
use crate::mir::{Body, Callee, Crate, Operand, Span, Terminator};
use crate::source::literal::literals;

const EXPOSING: [&str; 2] = ["expose_secret", "expose_secret_mut"];
const DECLASSIFYING: &str = "declassify";

/// One place that takes a secret out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Entry {
    file: String,
    line: u32,
    what: &'static str,
    /// What the code says why it is declassified, if that is a literal.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    secret: String,
    function: String,
    /// Functions of the workspace that reach it.
    callers: Vec<String>,
}

/// Writes the list, or compares it with a file.
pub(super) fn run(
    options: &Options,
    format: InventoryFormat,
    check: Option<&Path>,
) -> Result<ExitCode> {
    let entries = match entries(options)? {
        Ok(entries) => entries,
        Err(code) => return Ok(code),
    };
    let Some(path) = check else {
        write!(stdout(), "{}", written(&entries, format)?)?;
        return Ok(ExitCode::SUCCESS);
    };
    let known =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let format = match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => InventoryFormat::Json,
        Some("md") => InventoryFormat::Markdown,
        _ => format,
    };
    let now = written(&entries, format)?;
    let new = added(&known, &now);
    if new.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(
        stderr(),
        "error: {} does not list all that there is:",
        path.display()
    )?;
    for line in new {
        writeln!(stderr(), "  {line}")?;
    }
    Ok(super::FAILED.into())
}

/// Writes the declassified places only.
pub(super) fn declassified(options: &Options) -> Result<ExitCode> {
    let mut entries = match entries(options)? {
        Ok(entries) => entries,
        Err(code) => return Ok(code),
    };
    entries.retain(|entry| entry.what == DECLASSIFYING);
    write!(stdout(), "{}", written(&entries, InventoryFormat::Table)?)?;
    Ok(ExitCode::SUCCESS)
}

fn entries(options: &Options) -> Result<Result<Vec<Entry>, ExitCode>> {
    let workspace = match Workspace::compile(options)? {
        Ok(workspace) => workspace,
        Err(code) => return Ok(Err(code)),
    };
    let mut crates = Vec::new();
    for unit in &workspace.units {
        if let Some(failure) = &unit.record.failure {
            anyhow::bail!("crate `{}` could not be read: {failure}", unit.record.name);
        }
        crates.push(unit.record.read_bodies(&unit.record_path)?);
    }
    Ok(Ok(of(&crates)))
}

/// In the order of the source.
fn of(crates: &[Crate]) -> Vec<Entry> {
    let graph = callers(crates);
    let mut entries = BTreeSet::new();
    for bodies in crates {
        for body in &bodies.bodies {
            for call in calls(body) {
                let Some(what) = taken_out(call.path) else {
                    continue;
                };
                let Some(span) = call.span else { continue };
                let function = full_path(&bodies.name, &body.path);
                let callers = reaching(&function, &graph);
                let secret = call
                    .first_type
                    .map(|ty| ty.trim_start_matches('&').to_owned())
                    .unwrap_or_default();
                entries.insert(Entry {
                    file: span.file.to_string(),
                    line: span.start.line,
                    what,
                    reason: call.second_text.filter(|_| what == DECLASSIFYING),
                    secret,
                    function,
                    callers,
                });
            }
        }
    }
    entries.into_iter().collect()
}

/// A call of a function by its path.
struct Called<'b> {
    path: &'b str,
    /// Of the first argument.
    first_type: Option<&'b str>,
    /// The second argument, where it is a literal.
    second_text: Option<String>,
    span: Option<&'b Span>,
}

fn calls(body: &Body) -> impl Iterator<Item = Called<'_>> {
    body.blocks.iter().filter_map(|block| {
        let Terminator::Call(call) = &block.terminator else {
            return None;
        };
        let Callee::Path(path) = &call.callee else {
            return None;
        };
        let first_type = call.arguments.first().and_then(|argument| match argument {
            Operand::Copy(place) | Operand::Move(place) => {
                body.locals.get(place.local).map(|local| &*local.ty)
            }
            Operand::Constant(_) => None,
        });
        let second_text = call.arguments.get(1).and_then(|argument| match argument {
            Operand::Constant(constant) => literals(&constant.text)
                .next()
                .map(|literal| literal.value(&constant.text)),
            Operand::Copy(_) | Operand::Move(_) => None,
        });
        Some(Called {
            path,
            first_type,
            second_text,
            span: call.callee_span.as_ref().or(block.terminator_span.as_ref()),
        })
    })
}

fn taken_out(path: &str) -> Option<&'static str> {
    let path = without_generics(path);
    let name = path.rsplit("::").next()?;
    EXPOSING
        .into_iter()
        .chain([DECLASSIFYING])
        .find(|known| *known == name)
}

/// `a::b::<T>` is `a::b`; `<T as Trait>::f` stays.
fn without_generics(path: &str) -> &str {
    if path.ends_with('>') {
        path.rfind("::<").map_or(path, |end| &path[..end])
    } else {
        path
    }
}

/// Paths of a crate's own functions are printed without its name, and those of closures below their function.
fn full_path(name: &str, path: &str) -> String {
    let function = path.find("::{closure").map_or(path, |end| &path[..end]);
    format!("{name}::{function}")
}

/// For each function of the workspace, which functions call it.
fn callers(crates: &[Crate]) -> BTreeMap<String, BTreeSet<String>> {
    let names: BTreeSet<_> = crates.iter().map(|bodies| bodies.name.as_str()).collect();
    let mut callers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for bodies in crates {
        for body in &bodies.bodies {
            let from = full_path(&bodies.name, &body.path);
            for call in calls(body) {
                let to = without_generics(call.path);
                let is_foreign = to
                    .split("::")
                    .next()
                    .is_some_and(|first| names.contains(first));
                let to = if is_foreign {
                    to.to_owned()
                } else {
                    format!("{}::{to}", bodies.name)
                };
                callers.entry(to).or_default().insert(from.clone());
            }
        }
    }
    callers
}

/// All that call `function`, directly or through others.
fn reaching(function: &str, callers: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![function];
    while let Some(called) = waiting.pop() {
        for caller in callers.get(called).into_iter().flatten() {
            if caller != function && found.insert(caller.clone()) {
                waiting.push(caller);
            }
        }
    }
    found.into_iter().collect()
}

fn written(entries: &[Entry], format: InventoryFormat) -> Result<String> {
    let mut text = String::new();
    match format {
        InventoryFormat::Json => {
            text = serde_json::to_string_pretty(entries)?;
            text.push('\n');
        }
        InventoryFormat::Table => {
            for entry in entries {
                let Entry {
                    file,
                    line,
                    what,
                    reason,
                    secret,
                    function,
                    callers,
                } = entry;
                write!(text, "{file}:{line}  {what}  {secret}  in {function}")?;
                match reason {
                    Some(reason) => writeln!(text, "  {reason:?}")?,
                    None => writeln!(text)?,
                }
                for caller in callers {
                    writeln!(text, "    reached from {caller}")?;
                }
            }
        }
        InventoryFormat::Markdown => {
            text.push_str(
                "| place | what | reason | secret | function | reached from |\n|---|---|---|---|---|---|\n",
            );
            for entry in entries {
                let Entry {
                    file,
                    line,
                    what,
                    reason,
                    secret,
                    function,
                    callers,
                } = entry;
                let reason = reason.as_deref().unwrap_or_default().replace('|', "\\|");
                let callers: Vec<_> = callers.iter().map(|caller| format!("`{caller}`")).collect();
                writeln!(
                    text,
                    "| {file}:{line} | `{what}` | {reason} | `{secret}` | `{function}` | {} |",
                    callers.join(", ")
                )?;
            }
        }
    }
    Ok(text)
}

/// What is in `now` and not in `known`, whatever the line: code above it may have grown.
fn added<'a>(known: &str, now: &'a str) -> Vec<&'a str> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in known.lines() {
        *counts.entry(without_line(line)).or_default() += 1;
    }
    let is_new = |line: &&str| match counts.get_mut(&without_line(line)) {
        Some(count @ 1..) => {
            *count -= 1;
            false
        }
        _ => true,
    };
    now.lines().filter(is_new).collect()
}

fn without_line(line: &str) -> String {
    if line.trim_start().starts_with("\"line\":") {
        return String::new();
    }
    let mut kept = String::new();
    let mut rest = line;
    while let Some(colon) = rest.find(".rs:") {
        kept.push_str(&rest[..colon + 4]);
        rest = rest[colon + 4..].trim_start_matches(|character: char| character.is_ascii_digit());
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moved_is_not_new() {
        let known = "src/a.rs:3  expose_secret  T  in a::f\n";
        assert!(added(known, "src/a.rs:14  expose_secret  T  in a::f\n").is_empty());
        assert_eq!(
            added(
                known,
                "src/a.rs:3  expose_secret  T  in a::f\nsrc/a.rs:4  expose_secret  T  in a::f\n"
            )
            .len(),
            1
        );
        assert_eq!(
            added(known, "src/a.rs:3  expose_secret  T  in a::g\n").len(),
            1
        );
    }

    #[test]
    fn calls_are_known_by_their_last_name() {
        assert_eq!(
            taken_out("<SecretBox<str> as ExposeSecret<str>>::expose_secret"),
            Some("expose_secret")
        );
        assert_eq!(
            taken_out("secret_core::Exposed::<'_, str>::declassify"),
            Some("declassify")
        );
        assert_eq!(taken_out("my::expose_secret::<u8>"), Some("expose_secret"));
        assert_eq!(taken_out("my::expose_secret_not"), None);
    }

    #[test]
    fn callers_are_followed_to_the_top_and_in_circles() {
        let callers = BTreeMap::from([
            (
                "a::leaf".to_owned(),
                BTreeSet::from(["a::middle".to_owned()]),
            ),
            (
                "a::middle".to_owned(),
                BTreeSet::from(["a::leaf".to_owned(), "b::main".to_owned()]),
            ),
        ]);
        assert_eq!(reaching("a::leaf", &callers), ["a::middle", "b::main"]);
    }
}
