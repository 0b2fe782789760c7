//! From the crates' bodies to what is found, with what was found before for the same input.

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::{Path, PathBuf},
    slice,
    sync::Arc,
    time::SystemTime,
};

use anyhow::{Context, Error, Result, anyhow};
use serde::{Deserialize, Serialize};

use super::{
    cargo::Unit,
    cost::{Clock, Cost},
    digest::{self, Digest},
    guard::guarded,
    record::{self, Record},
};
use crate::{
    analysis::{Flows, SourceText, analyse},
    mir::{BodyKind, Crate, interned},
    model::Model,
    report::{Finding, sources::Sources},
};

/// What was found in some crates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Checked {
    pub(super) findings: Vec<Finding>,
    /// How many functions were read.
    pub(super) function_count: usize,
    /// What could not be checked, and why.
    pub(super) gaps: Vec<String>,
    /// What it took this time.
    #[serde(skip)]
    pub(super) cost: Cost,
}

/// Checks all crates together. Crates with tests are a program of their own: the same functions are in their normal twin.
pub(super) fn of_workspace(
    units: &[Unit],
    root: &Path,
    target: &Path,
    configuration: Option<&Path>,
) -> Result<Checked> {
    let key = key(units.iter().map(|unit| &unit.record), configuration)?;
    let path = target.join("findings").join(key);
    if let Some(checked) = read(&path) {
        return Ok(checked);
    }
    let model = model(configuration)?;
    let mut checked = Checked::default();
    let mut crates = BTreeMap::new();
    let clock = Clock::of_thread();
    for unit in units {
        crates.insert(
            &unit.record_path,
            checked.read(&unit.record, &unit.record_path),
        );
    }
    checked.cost.load = clock.seconds();
    let normal = |unit: &&Unit| !unit.record.is_test;
    let has_tests = units.iter().any(|unit| unit.record.is_test);
    let program: Vec<_> = units
        .iter()
        .filter(normal)
        .filter_map(|unit| crates.get(&unit.record_path).cloned())
        .collect();
    checked.find(&program, root, &model);
    if has_tests {
        let tested: HashSet<_> = units
            .iter()
            .filter(|unit| unit.record.is_test)
            .map(|unit| &unit.target.src_path)
            .collect();
        let is_in = |unit: &&Unit| unit.record.is_test || !tested.contains(&unit.target.src_path);
        let program: Vec<_> = units
            .iter()
            .filter(is_in)
            .filter_map(|unit| crates.get(&unit.record_path).cloned())
            .collect();
        checked.find(&program, root, &model);
    }
    checked.write(&path)?;
    Ok(checked)
}

/// Checks one crate with those that it uses, and keeps what has to do with it: the rest was said of them before.
pub(super) fn of_crate(bodies: Crate, record: &Record, model: &Model) -> Checked {
    let mut checked = Checked::default();
    let mut crates = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting = record.dependencies.clone();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        if let Some(dependency) = Record::read(&path) {
            crates.push((path.clone(), Checked::default().read(&dependency, &path)));
            waiting.extend(dependency.dependencies);
        } else {
            checked.gaps.push(format!(
                "what `{}` passes to a crate that has lost its record, as a cache in RUSTC_WRAPPER does it: {}",
                record.name,
                path.display()
            ));
        }
    }
    crates.sort_by(|left, right| left.0.cmp(&right.0));
    let mut program: Vec<_> = crates.into_iter().map(|(_, bodies)| bodies).collect();
    checked.take(record, &bodies);
    program.push(bodies);
    checked.find(&program, &record.directory, model);
    let own: HashSet<PathBuf> = record
        .sources
        .iter()
        .map(|source| record.directory.join(source))
        .collect();
    let is_own = |file: &Arc<str>| own.contains(&record.directory.join(&**file));
    checked.findings.retain(|finding| {
        let places = finding
            .source
            .iter()
            .chain(&finding.path)
            .map(|(span, _)| span);
        places.chain([&finding.sink]).any(|span| is_own(&span.file))
    });
    checked
}

impl Checked {
    /// The bodies of a crate, of which it counts what was read and what was not.
    fn read(&mut self, record: &Record, path: &Path) -> Crate {
        match record.read_bodies(path) {
            Ok(bodies) => {
                self.take(record, &bodies);
                bodies
            }
            Err(error) => {
                self.gaps
                    .push(format!("crate `{}`: {error:#}", record.name));
                Crate::default()
            }
        }
    }

    fn take(&mut self, record: &Record, bodies: &Crate) {
        self.function_count += bodies
            .bodies
            .iter()
            .filter(|body| body.kind == BodyKind::Function)
            .count();
        self.gaps.extend(
            record
                .failure
                .iter()
                .map(|failure| format!("crate `{}`: {failure}", record.name)),
        );
        self.gaps.extend(bodies.unparsed.iter().map(|unparsed| {
            let body = unparsed.body.as_deref().unwrap_or("between functions");
            format!(
                "crate `{}`, {body}: cannot read `{}`",
                record.name,
                unparsed.text.trim()
            )
        }));
    }

    /// Follows the flows.
    fn find(&mut self, program: &[Crate], root: &Path, model: &Model) {
        let texts = Texts(Sources::below(root));
        self.find_by(program, &|crates| analyse(crates, model, &texts));
    }

    /// Where it panics, what each crate has by itself is found all the same, but for those that are the reason.
    fn find_by(&mut self, program: &[Crate], analyse: &dyn Fn(&[Crate]) -> Flows) {
        let clock = Clock::of_thread();
        let found = guarded(|| analyse(program));
        self.cost.analysis += clock.seconds();
        match found {
            Ok(flows) => self.add(flows),
            Err(said) => {
                let names: Vec<_> = program
                    .iter()
                    .map(|bodies| format!("`{}`", bodies.name))
                    .collect();
                let names = names.join(", ");
                if let [_] = program {
                    self.gaps.push(format!("crate {names}: {said}"));
                    return;
                }
                self.gaps.push(format!("flows between {names}: {said}"));
                for bodies in program {
                    self.find_by(slice::from_ref(bodies), analyse);
                }
            }
        }
    }

    fn add(&mut self, flows: Flows) {
        for path in flows.unfinished {
            let gap = format!("`{path}` takes too many steps: flows through it may be missing");
            if !self.gaps.contains(&gap) {
                self.gaps.push(gap);
            }
        }
        self.findings.extend(flows.findings);
        let mut seen = HashSet::new();
        self.findings.retain(|finding| seen.insert(finding.clone()));
    }

    fn write(&self, path: &Path) -> Result<()> {
        let (encoded, texts) = interned::writing(|| postcard::to_allocvec(self));
        let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
        let folder = path.parent().context("the folder has no name")?;
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        record::write_at_once(path, &postcard::to_allocvec(&(texts, encoded?))?)?;
        remove_unused(folder);
        Ok(())
    }
}

/// How many results are kept: enough for some branches, and for some packages and features in turn.
const KEPT: usize = 16;

/// Removes all but those that were used last. Somebody else may do the same, so it is no matter if one is gone.
fn remove_unused(folder: &Path) {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = files
        .filter_map(|file| Some((file.metadata().ok()?.modified().ok()?, file.path())))
        .collect();
    files.sort();
    for (_, file) in files.iter().rev().skip(KEPT) {
        let _ = fs::remove_file(file);
    }
}

fn read(path: &Path) -> Option<Checked> {
    let file = fs::read(path).ok()?;
    // For `remove_unused`; where it cannot be set, the file goes earlier.
    let _ = fs::File::options()
        .append(true)
        .open(path)
        .and_then(|file| file.set_modified(SystemTime::now()));
    let (texts, encoded): (Vec<String>, Vec<u8>) = postcard::from_bytes(&file).ok()?;
    interned::reading(texts.into_iter().map(Arc::from).collect(), || {
        postcard::from_bytes(&encoded)
    })
    .ok()
}

/// Of all that the findings depend on: the checker, the configuration, the bodies and the text of the sources.
fn key<'a>(
    records: impl IntoIterator<Item = &'a Record>,
    configuration: Option<&Path>,
) -> Result<Digest> {
    let mut pieces = vec![super::checker().into_bytes()];
    pieces.push(match configuration {
        Some(path) => fs::read(path).with_context(|| format!("cannot read {}", path.display()))?,
        None => Vec::new(),
    });
    let mut sources = BTreeMap::new();
    for record in records {
        pieces.push(serde_json::to_vec(record)?);
        for source in &record.sources {
            let path = record.directory.join(source);
            // One that is gone is one more reason to look again.
            sources
                .entry(path)
                .or_insert_with_key(|path| fs::read(path).unwrap_or_default());
        }
    }
    pieces.extend(sources.into_values());
    Ok(digest::of_all(pieces.iter().map(Vec::as_slice)))
}

/// What is built in, and what the workspace adds to it.
pub(super) fn model(configuration: Option<&Path>) -> Result<Model> {
    let mut model = Model::builtin().map_err(Error::msg)?;
    if let Some(path) = configuration {
        let shown = path.display();
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
        model
            .extend(&text)
            .map_err(|error| anyhow!("{shown}: {error}"))?;
    }
    Ok(model)
}

/// Source files, for what MIR does not tell.
pub(super) struct Texts(pub(super) Sources);

impl SourceText for Texts {
    fn text(&self, file: &str) -> Option<Arc<str>> {
        Some(self.0.file(file)?.text().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_decides_on_the_findings_is_part_of_the_key() {
        let folder = tempfile::tempdir().unwrap();
        let configuration = folder.path().join("secret-lint.toml");
        fs::write(&configuration, "version = 1").unwrap();
        fs::write(folder.path().join("lib.rs"), "fn a() {}").unwrap();
        let record = Record {
            checker: "1".into(),
            name: "a".into(),
            is_test: false,
            directory: folder.path().to_owned(),
            sources: vec!["lib.rs".into()],
            dependencies: Vec::new(),
            failure: None,
            bodies: "0".into(),
        };
        let key_of = |record: &Record| key([record], Some(&configuration)).unwrap();
        let mut keys = vec![key_of(&record)];
        assert_eq!(key_of(&record), keys[0]);
        keys.push(key([&record], None).unwrap());
        keys.push(key_of(&Record {
            bodies: "1".into(),
            ..record.clone()
        }));
        keys.push(key_of(&Record {
            is_test: true,
            ..record.clone()
        }));
        fs::write(folder.path().join("lib.rs"), "fn b() {}").unwrap();
        keys.push(key_of(&record));
        fs::write(&configuration, "version = 1\n# more").unwrap();
        keys.push(key_of(&record));
        assert_eq!(
            keys.iter().collect::<HashSet<_>>().len(),
            keys.len(),
            "{keys:?}"
        );
    }

    #[test]
    fn only_results_that_are_used_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = |number: usize| folder.path().join(format!("findings/{number:02}"));
        for number in 0..2 * KEPT {
            Checked::default().write(&path(number)).unwrap();
            // The first is asked for all the time.
            assert_eq!(read(&path(0)), Some(Checked::default()), "{number}");
        }
        let kept = fs::read_dir(folder.path().join("findings")).unwrap();
        assert_eq!(kept.count(), KEPT);
        assert!(path(2 * KEPT - 1).is_file() && !path(1).exists());
    }

    #[test]
    fn a_panic_costs_the_crate_that_causes_it() {
        let named = |name: &str| Crate {
            name: name.into(),
            ..Crate::default()
        };
        let analyse = |crates: &[Crate]| {
            let mut flows = Flows::default();
            for bodies in crates {
                assert_ne!(bodies.name, "bad", "a local that there is none of");
                flows.unfinished.push(bodies.name.clone());
            }
            flows
        };
        let mut checked = Checked::default();
        checked.find_by(&[named("a"), named("bad"), named("c")], &analyse);
        let [between, a, bad, c] = checked.gaps.as_slice() else {
            panic!("{checked:?}")
        };
        assert!(between.starts_with("flows between `a`, `bad`, `c`: the checker panicked at "));
        assert!(
            bad.starts_with("crate `bad`: the checker panicked at ")
                && bad.contains("please report it")
        );
        assert!(a.starts_with("`a` takes") && c.starts_with("`c` takes"));
        let mut checked = Checked::default();
        checked.find_by(&[named("bad")], &analyse);
        assert_eq!(checked.gaps.len(), 1);
    }

    #[test]
    fn what_was_found_before_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("findings/key");
        let checked = Checked {
            findings: Vec::new(),
            function_count: 3,
            gaps: vec!["a".into()],
            cost: Cost::default(),
        };
        assert_eq!(read(&path), None);
        checked.write(&path).unwrap();
        assert_eq!(read(&path), Some(checked));
        fs::write(&path, "cut").unwrap();
        assert_eq!(read(&path), None);
    }
}
