//! Compile time of the derive: a generated crate of 200 structs, checked alone.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::timing::median;
use crate::{Result, cargo, instructions, report};

const STRUCTS: usize = 200;
const ROUNDS: usize = 11;

/// A crate of structs: how each is derived, what text fields are marked with, what secret fields are marked with and
/// their type.
struct Variant {
    name: &'static str,
    program: &'static str,
    derive: &'static str,
    text: &'static str,
    mark: &'static str,
    secret: &'static str,
}

const VARIANTS: &[Variant] = &[
    Variant {
        name: "no derive",
        program: "bare",
        derive: "",
        text: "",
        mark: "",
        secret: "String",
    },
    Variant {
        name: "std Debug",
        program: "plain",
        derive: "#[derive(Debug)]",
        text: "",
        mark: "",
        secret: "String",
    },
    Variant {
        name: "derive(Redact), SecretString fields",
        program: "ours",
        derive: "#[derive(secret_core::Redact)]",
        text: "#[redact(safe)]",
        mark: "",
        secret: "secret_core::SecretString",
    },
    Variant {
        name: "derive(Redact), String fields marked #[redact]",
        program: "marked",
        derive: "#[derive(secret_core::Redact)]",
        text: "#[redact(safe)]",
        mark: "#[redact]",
        secret: "String",
    },
    Variant {
        name: "secrecy fields, std Debug",
        program: "secrecy_fields",
        derive: "#[derive(Debug)]",
        text: "",
        mark: "",
        secret: "secrecy::SecretString",
    },
    Variant {
        name: "veil",
        program: "veil_fixed",
        derive: "#[derive(veil::Redact)]",
        text: "",
        mark: "#[redact(fixed = 8)]",
        secret: "String",
    },
    Variant {
        name: "redactable",
        program: "redactable_secret",
        derive: "#[derive(redactable::Sensitive)]",
        text: "",
        mark: "#[sensitive(redactable::Secret)]",
        secret: "String",
    },
];

pub(crate) fn table() -> Result<()> {
    let folder = cargo::scratch("compile-time")?;
    let target = folder.join("target");
    write_crate(&folder)?;
    let mut times = vec![Vec::new(); VARIANTS.len()];
    for round in 0..=ROUNDS {
        for (variant, times) in VARIANTS.iter().zip(&mut times) {
            // Written anew, so that cargo sees a change and checks this program alone.
            write_program(&folder, variant)?;
            let (time, _) = cargo::run(&folder, &target, &["check", "--bin", variant.program])?;
            // The first round builds the dependencies.
            if round > 0 {
                times.push(time);
            }
        }
    }
    let mut medians = Vec::new();
    let mut counts = Vec::new();
    for (variant, times) in VARIANTS.iter().zip(times) {
        medians.push(median(times).as_secs_f64());
        write_program(&folder, variant)?;
        let arguments = ["check", "--bin", variant.program];
        counts.push(instructions::of_cargo(&folder, &target, &arguments)?);
    }
    let rows: Vec<_> = VARIANTS
        .iter()
        .enumerate()
        .map(|(row, variant)| {
            vec![
                variant.name.to_owned(),
                format!("{:.0} ms", medians[row] * 1e3),
                beside_std(&medians, row),
                format!("{:.0} M", counts[row] / 1e6),
                beside_std(&counts, row),
            ]
        })
        .collect();
    report::print(
        "`cargo check`, not incremental, of 200 structs of 10 fields, 2 of them secret: what is added to the structs, beside std Debug",
        &["", "median", "ratio", "rustc's instructions", "ratio"],
        &rows,
    );
    Ok(())
}

/// What a variant adds to the bare structs, as a multiple of what std Debug adds.
fn beside_std(costs: &[f64], row: usize) -> String {
    format!("{:.2}", (costs[row] - costs[0]) / (costs[1] - costs[0]))
}

fn write_crate(folder: &Path) -> Result<()> {
    let manifest = format!(
        "[package]\nname = \"compile-time\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nsecret-core = {{ path = \"{}\", features = [\"derive\"] }}\n\
         secrecy = \"0.10\"\nveil = \"0.3\"\nredactable = \"0.10\"\n",
        cargo::workspace().join("secret-core").display()
    );
    let lock = cargo::workspace().join("Cargo.lock");
    fs::create_dir_all(folder.join("src/bin"))
        .and_then(|()| fs::write(folder.join("Cargo.toml"), manifest))
        .and_then(|()| fs::copy(lock, folder.join("Cargo.lock")).map(drop))
        .map_err(|error| error.to_string())?;
    VARIANTS
        .iter()
        .try_for_each(|variant| write_program(folder, variant))
}

fn write_program(folder: &Path, variant: &Variant) -> Result<()> {
    let Variant {
        derive,
        text,
        mark,
        secret,
        ..
    } = variant;
    let mut source = String::from("#![allow(dead_code)]\nfn main() {}\n");
    for number in 0..STRUCTS {
        // Writing into a `String` cannot fail.
        let _ = write!(
            source,
            "{derive}\npub struct Config{number} {{\n    {text} pub host: String,\n    pub port: u16,\n    \
             {text} pub region: String,\n    pub workers: u32,\n    pub memory_limit: u64,\n    pub verbose: bool,\n    \
             pub retries: Option<u32>,\n    {text} pub service: String,\n    {mark} pub api_key: {secret},\n    \
             {mark} pub password: {secret},\n}}\n"
        );
    }
    let file = folder
        .join("src/bin")
        .join(variant.program)
        .with_extension("rs");
    fs::write(file, source).map_err(|error| error.to_string())
}
