//! The leak matrix: every channel through which a secret gets out elsewhere, driven for real, and how it is closed.
//!
//! `cargo test -p secret-tests --test leak_matrix` prints the table. For each channel a control shows that a plain
//! `String` gets out through it, so that no row can pass without driving its channel.
//!
//! Not here: core dumps (nothing keeps memory out of them), bytes left in memory (the package `secret-residue`
//! measures those), and channels that give nothing away of a plain `String` either, such as `{:p}` and
//! `std::any::type_name`. Nothing here can switch redaction off: no feature and no variable does. It runs on Linux,
//! whose `/proc` it reads. Types do not close everything: [`open`] lists the channels left to the flow check.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod canary;
mod channel;
mod comparing;
mod config_crates;
mod environment;
mod errors;
mod formatting;
mod logging;
mod open;
mod panics;
mod processes;
mod serialising;
mod structures;
mod tools;
mod web;

use std::collections::HashSet;
use std::process::ExitCode;

use channel::{Channel, Closed, Theme};

const THEMES: &[Theme] = &[
    formatting::THEME,
    structures::THEME,
    panics::THEME,
    errors::THEME,
    logging::THEME,
    serialising::THEME,
    config_crates::THEME,
    tools::THEME,
    web::THEME,
    environment::THEME,
    comparing::THEME,
    processes::THEME,
];

fn main() -> ExitCode {
    if let Some(child) = channel::child_to_be() {
        return run_as_child(&child);
    }
    canary::assert_found_in_every_form();
    assert_names_are_unique();
    let mut faults = Vec::new();
    let [mut uncompilable, mut redacted, mut refused] = [0; 3];
    for theme in THEMES {
        println!("{}", theme.name);
        for channel in theme.channels {
            match channel.closed {
                Closed::DoesNotCompile { .. } => uncompilable += 1,
                Closed::Redacted { .. } => redacted += 1,
                Closed::Refused { .. } => refused += 1,
            }
            println!("  {:50} {}", channel.name, channel.closed);
            if let Err(fault) = channel.check() {
                println!("    LEAK OR FAULT: {fault}");
                faults.push(channel.name);
            }
        }
    }
    println!("open, for the flow check");
    for (name, drive) in open::CHANNELS {
        println!("  {name}");
        if canary::found(&drive()).is_none() {
            println!("    FAULT: nothing gets out here any more: move it to the closed ones");
            faults.push(name);
        }
    }
    println!(
        "{} channels: {uncompilable} do not compile, {redacted} redacted, {refused} refused; {} leaks{}",
        uncompilable + redacted + refused,
        faults.len(),
        if faults.is_empty() { "" } else { " or faults" }
    );
    if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Runs one side of one channel; see [`channel::Drive::Child`].
fn run_as_child(child: &str) -> ExitCode {
    let (side, name) = child.split_once(' ').expect("a side and a name");
    let mut all = THEMES.iter().flat_map(|theme| theme.channels);
    let channel = all
        .find(|channel| channel.name == name)
        .expect("the parent knows it");
    Channel::run_side(channel, side)
}

/// A child finds its channel by the name.
fn assert_names_are_unique() {
    let mut seen = HashSet::new();
    for channel in THEMES.iter().flat_map(|theme| theme.channels) {
        assert!(seen.insert(channel.name), "twice: {}", channel.name);
    }
}
