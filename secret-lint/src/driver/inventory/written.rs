//! The list as text, and what of it another text does not have.

use std::{collections::BTreeMap, fmt::Write as _};

use anyhow::Result;

use super::{Inventory, Kind, Place, Reaching, Secret};
use crate::driver::options::InventoryFormat;

impl Inventory {
    pub(super) fn written(&self, format: InventoryFormat) -> Result<String> {
        Ok(match format {
            InventoryFormat::Json => serde_json::to_string_pretty(self)? + "\n",
            InventoryFormat::Table => self.table()?,
            InventoryFormat::Markdown => self.markdown()?,
        })
    }

    fn table(&self) -> Result<String> {
        let mut text = String::new();
        for secret in &self.secrets {
            let Secret {
                file,
                line,
                kind,
                name,
                ty,
                loaded_by,
                function,
            } = secret;
            write!(text, "{file}:{line}  {}  {name}", kind.name())?;
            for more in ty.iter().chain(loaded_by) {
                write!(text, "  {more}")?;
            }
            if let Some(function) = function {
                write!(text, "  in {function}")?;
            }
            text.push('\n');
        }
        for place in &self.places {
            let Place {
                file,
                line,
                what,
                reason,
                secret,
                function,
                callers,
            } = place;
            write!(text, "{file}:{line}  {what}  {secret}  in {function}")?;
            match reason {
                Some(reason) => writeln!(text, "  {reason:?}")?,
                None => writeln!(text)?,
            }
            for Reaching { function, through } in callers {
                write!(text, "    reached from {function}")?;
                if !through.is_empty() {
                    write!(text, " through {}", through.join(", "))?;
                }
                text.push('\n');
            }
        }
        Ok(text)
    }

    fn markdown(&self) -> Result<String> {
        let mut text = String::from(
            "| place | secret | name | type | loaded by | function |\n|---|---|---|---|---|---|\n",
        );
        let code = |text: &Option<String>| {
            let text = text.as_deref().map(|text| format!("`{}`", cell(text)));
            text.unwrap_or_default()
        };
        for secret in &self.secrets {
            let Secret {
                file,
                line,
                kind,
                name,
                ty,
                loaded_by,
                function,
            } = secret;
            writeln!(
                text,
                "| {file}:{line} | {} | `{name}` | {} | {} | {} |",
                kind.name(),
                code(ty),
                code(loaded_by),
                code(function)
            )?;
        }
        text.push_str(
            "\n| place | what | reason | secret | function | reached from |\n|---|---|---|---|---|---|\n",
        );
        for place in &self.places {
            let Place {
                file,
                line,
                what,
                reason,
                secret,
                function,
                callers,
            } = place;
            let reason = cell(reason.as_deref().unwrap_or_default());
            let caller = |Reaching { function, through }: &Reaching| {
                if through.is_empty() {
                    return format!("`{function}`");
                }
                format!("`{function}` through `{}`", through.join("`, `"))
            };
            let callers: Vec<_> = callers.iter().map(caller).collect();
            writeln!(
                text,
                "| {file}:{line} | `{what}` | {reason} | `{secret}` | `{function}` | {} |",
                callers.join("; ")
            )?;
        }
        Ok(text)
    }

    /// What is not in `known`, which was written in this format.
    pub(super) fn added_to(&self, known: &str, format: InventoryFormat) -> Result<Vec<String>> {
        Ok(match format {
            InventoryFormat::Json => {
                let known: Self = serde_json::from_str(known)?;
                added(&known.table()?, &self.table()?)
            }
            InventoryFormat::Table => added(known, &self.table()?),
            InventoryFormat::Markdown => added(known, &self.markdown()?),
        })
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Field => "field",
            Self::Variable => "variable",
            Self::Input => "input",
        }
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The lines of `now` that `known` does not have, whatever the numbers of lines: code above them may have grown.
fn added(known: &str, now: &str) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in whole_lines(known) {
        *counts.entry(without_numbers(&line)).or_default() += 1;
    }
    let is_new = |line: &String| match counts.get_mut(&without_numbers(line)) {
        Some(count @ 1..) => {
            *count -= 1;
            false
        }
        _ => true,
    };
    whole_lines(now).into_iter().filter(is_new).collect()
}

/// The lines; those that say more about the one above have it before them.
fn whole_lines(text: &str) -> Vec<String> {
    let mut head = "";
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.starts_with(' ') {
            lines.push(format!("{head}  {}", line.trim()));
        } else {
            head = line;
            lines.push(line.to_owned());
        }
    }
    lines
}

fn without_numbers(line: &str) -> String {
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
        let known = "src/a.rs:3  expose_secret  T  in a::f\n    reached from a::g\n";
        assert_eq!(added(known, &known.replace(":3", ":14")), [""; 0]);
        let line = "src/a.rs:4  expose_secret  T  in a::f";
        assert_eq!(added(known, &format!("{known}{line}\n")), [line]);
        assert_eq!(
            added(known, &known.replace("a::g", "a::h")),
            ["src/a.rs:3  expose_secret  T  in a::f  reached from a::h"]
        );
        let moved = format!("{known}{line}\n    reached from a::g\n");
        let both = "src/a.rs:4  expose_secret  T  in a::f\n    reached from a::g\n";
        assert_eq!(added(&moved, &(known.to_owned() + both)), [""; 0]);
        assert_eq!(added(&moved, known), [""; 0]);
    }
}
