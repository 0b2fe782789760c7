//! Prints the flows in files of MIR text: `flow [--whole] SOURCE_FOLDER MIR...`, where a file is named as cargo names what it builds:
//! by the crate, a hyphen and more.

use std::sync::Arc;

use secret_lint::analysis::{self, SourceText};
use secret_lint::{mir, model::Model};

struct Folder(String);

impl SourceText for Folder {
    fn text(&self, file: &str) -> Option<Arc<str>> {
        let path = std::path::Path::new(&self.0).join(file);
        std::fs::read_to_string(path).ok().map(Into::into)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).peekable();
    let analyse = match arguments.next_if(|argument| argument == "--whole") {
        Some(_) => analysis::analyse_whole,
        None => analysis::analyse,
    };
    let folder = arguments.next().ok_or("no source folder")?;
    let mut crates = Vec::new();
    for path in arguments {
        let mut of = mir::parse::parse(&std::fs::read_to_string(&path)?);
        let name = std::path::Path::new(&path).file_stem().unwrap_or_default();
        let name = name.to_string_lossy();
        name.split('-')
            .next()
            .unwrap_or_default()
            .clone_into(&mut of.name);
        crates.push(of);
    }
    let started = std::time::Instant::now();
    let flows = analyse(&crates, &Model::builtin()?, &Folder(folder));
    eprintln!("{:.2?}", started.elapsed());
    for path in flows.unfinished {
        eprintln!("not finished: {path}");
    }
    for finding in flows.findings {
        let from = finding
            .source
            .map(|(span, _)| format!("{}:{}", span.file, span.start.line))
            .unwrap_or_default();
        println!(
            "{}:{}: {:?} {} (from {from})",
            finding.sink.file, finding.sink.start.line, finding.lint, finding.sink_label
        );
    }
    Ok(())
}
