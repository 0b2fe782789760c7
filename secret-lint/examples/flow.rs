//! Prints the flows in files of MIR text: `flow SOURCE_FOLDER MIR...`.

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
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("no source folder")?;
    let mut crates = Vec::new();
    for path in arguments {
        crates.push(mir::parse::parse(&std::fs::read_to_string(path)?));
    }
    let started = std::time::Instant::now();
    let flows = analysis::analyse(&crates, &Model::builtin()?, &Folder(folder));
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
