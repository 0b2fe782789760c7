//! `cargo secret-lint inventory` and `--list-declassified`: the secrets of a workspace, every place that takes one out of its
//! type, and who gets there.

use std::{
    collections::BTreeSet,
    fs,
    io::{Write as _, stderr, stdout},
    path::Path,
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::{
    cargo,
    check::Workspace,
    findings::{self, Texts},
    options::{InventoryFormat, Options},
    record::Record,
};
use crate::{
    analysis::inventory::{self, Caller, DECLASSIFYING, Loaded, LoadedFrom, TakenOut},
    mir::Span,
    report::sources::Sources,
    source::{
        hardcoded::is_in_tests,
        secret_fields::{Holder, holders},
    },
};

mod written;

/// What is listed.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Inventory {
    secrets: BTreeSet<Secret>,
    places: BTreeSet<Place>,
}

/// A type, a field, or something that a secret is loaded from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Secret {
    file: String,
    line: u32,
    kind: Kind,
    name: String,
    /// Of a field.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    ty: Option<String>,
    /// What loads it, and the function that calls that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    loaded_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    function: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// A struct or enum with secrets in it.
    Type,
    Field,
    /// Of the environment; or a header.
    Variable,
    /// What a function gives out.
    Input,
}

/// One place that takes a secret out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Place {
    file: String,
    line: u32,
    what: String,
    /// What the code says why it is declassified, if that is a literal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The name of its type.
    // secret-lint: allow(undeclared_secret, reason = "the name of a type")
    secret: String,
    function: String,
    /// Functions of the workspace that reach it.
    callers: Vec<Reaching>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Reaching {
    function: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    through: Vec<String>,
}

/// Writes the list, or compares it with a file.
pub(super) fn run(
    options: &Options,
    format: InventoryFormat,
    check: Option<&Path>,
) -> Result<ExitCode> {
    let inventory = match of_workspace(options)? {
        Ok(inventory) => inventory,
        Err(code) => return Ok(code),
    };
    let Some(path) = check else {
        write!(stdout(), "{}", inventory.written(format)?)?;
        return Ok(ExitCode::SUCCESS);
    };
    let known =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let format = match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => InventoryFormat::Json,
        Some("md") => InventoryFormat::Markdown,
        _ => format,
    };
    let new = inventory
        .added_to(&known, format)
        .with_context(|| format!("cannot read {}", path.display()))?;
    if new.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(
        stderr(),
        "error: {} does not list all that there is:",
        path.display()
    )?;
    for line in new {
        writeln!(stderr(), "  {line}")?;
    }
    Ok(super::FAILED.into())
}

/// Writes the declassified places only.
pub(super) fn declassified(options: &Options) -> Result<ExitCode> {
    let mut inventory = match of_workspace(options)? {
        Ok(inventory) => inventory,
        Err(code) => return Ok(code),
    };
    inventory.secrets.clear();
    inventory.places.retain(|place| place.what == DECLASSIFYING);
    write!(stdout(), "{}", inventory.written(InventoryFormat::Table)?)?;
    Ok(ExitCode::SUCCESS)
}

fn of_workspace(options: &Options) -> Result<Result<Inventory, ExitCode>> {
    let workspace = match Workspace::compile(options)? {
        Ok(workspace) => workspace,
        Err(code) => return Ok(Err(code)),
    };
    let mut crates = Vec::new();
    for unit in &workspace.units {
        if let Some(failure) = &unit.record.failure {
            bail!("crate `{}` could not be read: {failure}", unit.record.name);
        }
        let bodies = unit.record.read_bodies(&unit.record_path)?;
        if !bodies.unparsed.is_empty() {
            writeln!(
                stderr(),
                "warning: {} parts of crate `{}` could not be read, and what is in them is not listed",
                bodies.unparsed.len(),
                unit.record.name
            )?;
        }
        crates.push(bodies);
    }
    let model = findings::model(workspace.configuration().as_deref())?;
    let sources = Sources::below(workspace.root());
    let records = workspace.units.iter().map(|unit| &unit.record);
    let generated = cargo::target_directory(options, &workspace.metadata);
    let declared = declared(records, &sources, &generated);
    let found = inventory::inventory(&crates, &model, &Texts(sources));

    let mut inventory = Inventory::default();
    for (span, holder) in &declared {
        inventory.declare(span, holder);
    }
    for loaded in found.loaded {
        inventory.load(loaded, &declared);
    }
    for place in found.taken_out {
        inventory.take_out(place, &declared);
    }
    Ok(Ok(inventory))
}

/// The types with secrets, each with the file and the lines of its name and its fields.
type Declared = Vec<(Lines, Holder)>;

struct Lines {
    file: String,
    of_type: u32,
    of_fields: Vec<u32>,
}

/// Those in the sources of the crates, but for tests, if no crate with tests was asked for, and for what is generated.
fn declared<'a>(
    records: impl Iterator<Item = &'a Record>,
    sources: &Sources,
    generated: &Path,
) -> Declared {
    let mut includes_tests = false;
    let mut names = BTreeSet::new();
    for record in records {
        includes_tests |= record.is_test;
        let files = record.sources.iter().filter(|file| {
            file.extension().is_some_and(|extension| extension == "rs")
                && !record.directory.join(file).starts_with(generated)
        });
        names.extend(files.filter_map(|file| file.to_str()));
    }
    let mut found = Vec::new();
    for name in names {
        let Some(file) = sources.file(name) else {
            continue;
        };
        for holder in holders(file.text()) {
            let start = file.position(holder.start);
            if !includes_tests && is_in_tests(name, &file, start) {
                continue;
            }
            let fields = holder.fields.iter();
            let lines = Lines {
                file: name.to_owned(),
                of_type: start.line,
                of_fields: fields
                    .map(|field| file.position(field.start).line)
                    .collect(),
            };
            found.push((lines, holder));
        }
    }
    found
}

impl Inventory {
    fn declare(&mut self, lines: &Lines, holder: &Holder) {
        let secret = |line, kind, name, ty| Secret {
            file: lines.file.clone(),
            line,
            kind,
            name,
            ty,
            loaded_by: None,
            function: None,
        };
        self.secrets
            .insert(secret(lines.of_type, Kind::Type, holder.name.clone(), None));
        for (field, line) in holder.fields.iter().zip(&lines.of_fields) {
            let of = match &field.variant {
                Some(variant) => format!("{}::{variant}", holder.name),
                None => holder.name.clone(),
            };
            let name = format!("{of}.{}", field.name);
            let ty = Some(field.ty.clone());
            self.secrets.insert(secret(*line, Kind::Field, name, ty));
        }
    }

    fn load(&mut self, loaded: Loaded, declared: &Declared) {
        let Loaded {
            span,
            from,
            function,
        } = loaded;
        let mut add = |kind, name, loaded_by| {
            self.secrets.insert(Secret {
                file: span.file.to_string(),
                line: span.start.line,
                kind,
                name,
                ty: None,
                loaded_by,
                function: Some(function.clone()),
            });
        };
        match from {
            LoadedFrom::Name(name, by) => add(Kind::Variable, name, Some(by)),
            LoadedFrom::Function(name) => add(Kind::Input, name, None),
            LoadedFrom::Struct(of, prefix) => {
                let Some(holder) = only_one(declared, &of) else {
                    return;
                };
                let fields = holder.fields.iter();
                for field in fields.filter(|field| !holder.is_renamed && !field.is_renamed) {
                    let name = format!("{prefix}{}", field.name.to_uppercase());
                    add(Kind::Variable, name, Some("secret_env".to_owned()));
                }
            }
        }
    }

    fn take_out(&mut self, place: TakenOut, declared: &Declared) {
        let TakenOut {
            span: Span { file, start, .. },
            what,
            reason,
            mut secret,
            field,
            function,
            callers,
        } = place;
        if let Some(step) = field {
            let of = secret.rsplit("::").next().unwrap_or_default();
            let named = only_one(declared, of).and_then(|holder| {
                let is_it = |number: usize, variant: &Option<String>| match variant {
                    Some(variant) => step == format!("{variant}.{number}"),
                    None => step == number.to_string(),
                };
                let mut fields = holder.fields.iter();
                fields.find(|field| is_it(field.number, &field.variant))
            });
            secret.push('.');
            secret.push_str(named.map_or(&step, |field| &field.name));
        }
        let callers = callers.into_iter();
        self.places.insert(Place {
            file: file.to_string(),
            line: start.line,
            what: what.to_owned(),
            reason,
            secret,
            function,
            callers: callers
                .map(|Caller { function, through }| Reaching { function, through })
                .collect(),
        });
    }
}

/// The type of this name, if there is one of it: the path says no more here.
fn only_one<'d>(declared: &'d Declared, name: &str) -> Option<&'d Holder> {
    let mut named = declared.iter().filter(|(_, holder)| holder.name == name);
    let (_, holder) = named.next()?;
    named.next().is_none().then_some(holder)
}
