//! `--timings`: what a check took.

use std::fs;

use super::Workspace;

#[test]
fn what_a_check_took_is_written_for_each_crate() {
    let workspace = Workspace::new();
    workspace.check(&["--timings", "timings.json"]);
    let text = fs::read(workspace.path("timings.json")).unwrap();
    let all: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let crates = all["crates"].as_array().unwrap();
    let names: Vec<_> = crates.iter().map(|krate| &krate["name"]).collect();
    assert_eq!(names, ["app", "base"]);
    for krate in crates {
        let reading = &krate["reading"];
        assert!(reading["bytes"].as_u64() > Some(100), "{all}");
        assert_eq!(reading["printed"], reading["read"], "{all}");
        assert!(reading["printed"].as_u64() > Some(0), "{all}");
        assert!(reading["rustc"].as_f64() > Some(0.0), "{all}");
    }
    assert!(all["command"]["cargo"].as_f64() > Some(0.0), "{all}");
    assert_eq!(all["command"]["not_checked"], 0, "{all}");
}
