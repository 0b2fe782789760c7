//! What a secret leaves in memory: programs that hold one and drop it while another process looks on.
//!
//! # Method
//!
//! A process that searched its own memory would find what it searches for. So the process with the secret is a child,
//! and its parent reads `/proc/PID/mem`: every resident page of
//! every readable private mapping, which is to say heap, stacks, thread stacks, environment block and statics.
//!
//! * The child is built in release, since a debug build copies more than anybody would ship, and is built twice: for
//!   the system allocator and for mimalloc.
//! * The secret is made by the parent for each run, and comes to the child in the way that the scenario is about. It
//!   is neither in the child's image nor in its arguments.
//! * It is 96 bytes long, since the free lists of glibc overwrite the first 16 bytes of a freed block and would hide
//!   that a shorter one was never wiped. Any 8 bytes in a row that survive are residue.
//! * Its 96 characters are hex digits, which pass through JSON, TOML and YAML unescaped, and which are valid hex and
//!   valid base64, so that decoded forms can be looked for as well.
//! * Each run has its controls: before the child has the secret nothing is found (where that can be), and while the
//!   child holds it all of it is found. A plain `String` is a scenario too, and has to leave residue.
//! * While the child holds the secret, nothing but the secret itself may be found either: what an operation left on
//!   the stack is often overwritten by chance before the secret is dropped.

mod measure;
mod scenarios;
mod stage;

use std::env;

pub use measure::measure;

use scenarios::SCENARIOS;
use stage::{Request, Stage};

/// The child: runs the scenario that the first argument names, in the directory that the second one names.
///
/// # Panics
///
/// If there is no such scenario, or the parent goes away.
pub fn scenario() {
    let mut arguments = env::args().skip(1);
    let name = arguments.next().expect("the name of a scenario");
    let directory = arguments.next().expect("the directory of the run");
    let scenario = SCENARIOS
        .iter()
        .copied()
        .flatten()
        .find(|scenario| scenario.name == name)
        .expect("a scenario of that name");
    let mut stage = Stage::new(directory.into());
    stage.scan(Request::Before);
    (scenario.run)(&mut stage);
    stage.scan(Request::Left);
}
