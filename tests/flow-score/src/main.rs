//! Runs one function of the corpus and prints all that gets out of it, for `tests/labels.rs` to look through.
//!
//! `flow-score case::function` runs it with the canary in `CANARY` as its secret.

mod observe;
mod record;

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use observe::{Observe, given};

include!(concat!(env!("OUT_DIR"), "/entries.rs"));

fn main() -> ExitCode {
    let Some(name) = env::args().nth(1) else {
        for (name, _) in ENTRIES {
            println!("{name}");
        }
        return ExitCode::SUCCESS;
    };
    let Some((_, run)) = ENTRIES.iter().find(|entry| entry.0 == name) else {
        eprintln!("no function {name}");
        return ExitCode::FAILURE;
    };
    record::start();
    // A panic is one of the ways out: its message is on the standard error by then.
    _ = catch_unwind(AssertUnwindSafe(run));
    println!("{}", flow_score::FINISHED);
    ExitCode::SUCCESS
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime.expect("a runtime can be made"), future)
}
