//! What `docs/flow-check.md` says is so.

use secret_lint::{
    model::Model,
    report::{Lint, levels::Level},
};

const PAGE: &str = include_str!("../../docs/flow-check.md");

#[test]
fn the_configuration_can_be_read() {
    let mut model = Model::builtin().expect("the built-in model can be read");
    for after in PAGE.split("```toml\n").skip(1) {
        let configuration = after.split("```").next().unwrap_or_default();
        assert_eq!(model.extend(configuration), Ok(()));
    }
    assert!(model.source("vault::Client::read", "").is_some());
    assert_eq!(model.sinks("audit::Trail::record", "").len(), 1);
    assert!(model.sanitizer("my_types::Digest::of").is_some());
    assert!(model.flows("my_types::Pair::swap", "").is_some());
}

#[test]
fn each_lint_stands_in_the_table_with_its_level() {
    for lint in Lint::ALL {
        let level = match lint.default_level() {
            Level::Allow => "allow",
            Level::Warn => "warn",
            Level::Deny => "deny",
        };
        let row = format!("\n| `{}` | {level} | ", lint.name());
        assert_eq!(PAGE.matches(&row).count(), 1, "{row}");
    }
}

#[test]
fn a_page_says_that_its_lint_reports_nothing_yet_where_the_table_does() {
    for lint in Lint::ALL {
        let name = format!("\n| `{}` |", lint.name());
        let row = PAGE.split(&name).nth(1).and_then(|row| row.lines().next());
        let is_missing = row.is_some_and(|row| row.contains("**nothing yet"));
        let page = lint.explanation().replace('\n', " ");
        let says_so = page.contains("by default. This version does not report it yet.");
        assert_eq!(says_so, is_missing, "{lint:?}");
    }
}
