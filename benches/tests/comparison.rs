//! The README's table "Beside other crates" says what was measured.

use std::collections::BTreeMap;
use std::process::Command;

const README: &str = include_str!("../../README.md");
const HEADING: &str = "\n## Beside other crates\n";

/// The cells by row and column.
type Table = BTreeMap<(String, String), String>;

/// Reads the first table of a text.
fn parse(text: &str) -> Table {
    let mut lines = text
        .lines()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .map(cells);
    let columns = lines.next().unwrap_or_default();
    let mut table = Table::new();
    for line in lines.skip(1) {
        assert_eq!(
            line.len(),
            columns.len(),
            "the row has a cell for each column: {line:?}"
        );
        for (column, cell) in columns.iter().zip(&line).skip(1) {
            let place = (line[0].clone(), column.clone());
            let before = table.insert(place, cell.clone());
            assert_eq!(before, None, "the row stands there once: {line:?}");
        }
    }
    table
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_matches('|');
    inner
        .split('|')
        .map(|cell| cell.trim().to_owned())
        .collect()
}

fn measured() -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_comparison")).output();
    let output = output.expect("the program starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).expect("the table is text")
}

#[test]
fn the_readme_says_what_was_measured() {
    let (_, section) = README.split_once(HEADING).expect("the section is there");
    let (section, _) = section.split_once("\n## ").unwrap_or((section, ""));
    let (claimed, output) = (parse(section), measured());
    let measured = parse(&output);

    let mut faults = Vec::new();
    for ((row, column), cell) in &claimed {
        match measured.get(&(row.clone(), column.clone())) {
            None => faults.push(format!("{row}, {column}: nothing measures this")),
            Some(found) if found != cell => {
                faults.push(format!(
                    "{row}, {column}: the cell says `{cell}`, it must be `{found}`"
                ));
            }
            Some(_) => {}
        }
    }
    let missing = measured.keys().filter(|place| !claimed.contains_key(place));
    faults.extend(
        missing.map(|(row, column)| format!("{row}, {column}: measured, but not in the table")),
    );
    assert!(
        faults.is_empty(),
        "{}\n\nthe table must be\n\n{output}",
        faults.join("\n")
    );
}
