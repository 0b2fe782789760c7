//! What has to leave residue, so that finding none means something.

use super::{Expected, Scenario, Source, ours};
use crate::stage::{LENGTH, SECRET_FILE, Stage, VARIABLE};

const fn control(source: Source, name: &'static str, run: fn(&mut Stage)) -> Scenario {
    Scenario {
        source,
        expected: Expected::Residue,
        ..ours(name, run)
    }
}

pub(super) const SCENARIOS: &[Scenario] = &[
    control(Source::Pipe, "control: plain String", |stage| {
        let key = stage.text(LENGTH);
        stage.live(&key);
    }),
    control(Source::Pipe, "control: plain array on the stack", |stage| {
        let mut key = [0; LENGTH];
        stage.fill(&mut key);
        stage.live(&key);
    }),
    control(Source::File, "control: plain String from a file", |stage| {
        let key = std::fs::read_to_string(stage.file(SECRET_FILE)).expect("the file");
        stage.live(&key);
    }),
    control(
        Source::Environment,
        "control: plain String from a variable",
        |stage| {
            let key = std::env::var(VARIABLE).expect("the variable");
            stage.live(&key);
        },
    ),
];
