//! Speed and weight of the family beside its peers, as ratios taken in one run. `cargo xtask bench` runs it.
//!
//! Without arguments every table is printed, with the name of a table that one. `case NAME COUNT` is what the
//! program calls itself with, to be counted from outside; cargo calls it before rustc, to count that.

use std::process::ExitCode;

mod allocations;
mod cargo;
mod compile_time;
mod debug;
mod exposure;
mod instructions;
mod lifecycle;
mod report;
mod timing;
mod weight;
mod wiping;

type Result<T> = std::result::Result<T, String>;

/// A table by name.
type Table = (&'static str, fn() -> Result<()>);

const TABLES: &[Table] = &[
    ("debug", debug::table),
    ("wiping", || {
        wiping::table();
        Ok(())
    }),
    ("lifecycle", || {
        lifecycle::table();
        Ok(())
    }),
    ("exposure", exposure::table),
    ("compile-time", compile_time::table),
    ("weight", weight::table),
];

fn main() -> ExitCode {
    if let Some(logs) = std::env::var_os(instructions::LOGS) {
        return instructions::stand_before_rustc(&logs);
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => TABLES.iter().try_for_each(|(_, table)| table()),
        ["case", name, count] => count
            .parse()
            .map_err(|_| format!("`{count}` is not a count"))
            .and_then(|count| debug::repeat(name, count)),
        [name] => match TABLES.iter().find(|(known, _)| *known == name) {
            Some((_, table)) => table(),
            None => Err(usage()),
        },
        _ => Err(usage()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> String {
    let names: Vec<_> = TABLES.iter().map(|(name, _)| *name).collect();
    format!("usage: cargo xtask bench [{}]", names.join("|"))
}
