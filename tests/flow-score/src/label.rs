//! Reads the labels and the entry functions of a source file.

use std::path::Path;
use std::{fs, io};

/// What a line's comment says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It must be reported.
    Leak,
    /// It must not be reported, tempting as it is.
    Clean,
    /// A report here is neither right nor wrong.
    Any,
}

/// One labelled line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Counted from 1.
    pub line: usize,
    /// What is expected.
    pub kind: Kind,
    /// The lints of which one must be reported, the usual one first; none for any lint.
    pub lints: Vec<String>,
    /// A report at a line with the same `alt` finds this leak as well.
    pub id: Option<String>,
    /// The leak that a report at this line finds.
    pub alt: Option<String>,
}

/// A function that is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `leak_…` or `ok_…`.
    pub name: String,
    /// Its lines, with the attributes above it; counted from 1.
    pub lines: std::ops::RangeInclusive<usize>,
}

/// A source file of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the corpus, with `/`.
    pub path: String,
    /// Its text, line by line.
    pub text: Vec<String>,
    /// Its labels by line.
    pub labels: Vec<Label>,
    /// The functions that are run.
    pub entries: Vec<Entry>,
}

/// Reads all source files below these directories of the corpus.
///
/// # Errors
///
/// When one cannot be read, or has a label that is not understood.
pub fn read_all(corpus: &Path, directories: &[&str]) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    for directory in directories {
        for entry in fs::read_dir(corpus.join(directory))? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let path = format!("{directory}/{name}");
            files.push(read(&fs::read_to_string(corpus.join(&path))?, path)?);
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// Reads the labels of one file.
///
/// # Errors
///
/// When a label is not understood.
pub fn read(text: &str, path: String) -> io::Result<File> {
    let text: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut labels = Vec::new();
    for (index, line) in text.iter().enumerate() {
        let Some((before, label)) = line.split_once("//~ ") else {
            continue;
        };
        let mut words = label.split_whitespace();
        let kind = match words.next() {
            Some("LEAK") => Kind::Leak,
            Some("OK") => Kind::Clean,
            Some("ANY") => Kind::Any,
            _ => {
                return Err(io::Error::other(format!(
                    "{path}:{}: unknown label",
                    index + 1
                )));
            }
        };
        let lints = words.next().map_or(Vec::new(), |names| {
            names.split('|').map(str::to_owned).collect()
        });
        let comment = before.rsplit_once("// ").map_or("", |parts| parts.1);
        labels.push(Label {
            line: index + 1,
            kind,
            lints,
            id: value(comment, "id="),
            alt: value(comment, "alt="),
        });
    }
    let entries = entries(&text);
    Ok(File {
        path,
        text,
        labels,
        entries,
    })
}

fn value(comment: &str, name: &str) -> Option<String> {
    comment
        .split_whitespace()
        .find_map(|word| word.strip_prefix(name))
        .map(str::to_owned)
}

fn entries(text: &[String]) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut first = 1;
    for (index, line) in text.iter().enumerate() {
        let line_number = index + 1;
        if line.is_empty() {
            first = line_number + 1;
        }
        let name = line
            .strip_prefix("pub fn ")
            .or_else(|| line.strip_prefix("pub async fn "))
            .and_then(|rest| rest.split_once('('));
        if let Some((name, _)) = name
            && (name.starts_with("leak_") || name.starts_with("ok_"))
        {
            let ends = |line: &String| line.starts_with('}');
            let length = if line.ends_with("{}") {
                0
            } else {
                text[index..].iter().position(ends).unwrap_or(0)
            };
            found.push(Entry {
                name: name.to_owned(),
                lines: first..=line_number + length,
            });
        }
    }
    found
}
