//! Secrets that `secret-env` loads: from the environment, and from each kind of file.

use secret_core::{Redact, SecretString};
use secret_env::Loader;
use serde::Deserialize;

use super::{Scenario, Source, measured, ours};
use crate::stage::Stage;

#[derive(Redact, Deserialize)]
struct Config {
    key: SecretString,
}

#[derive(Redact, Deserialize)]
struct Outer {
    #[serde(flatten)]
    config: Config,
}

#[derive(Redact, Deserialize)]
struct Service {
    app_key: SecretString,
}

#[derive(Redact, Deserialize)]
struct Incomplete {
    #[serde(rename = "key")]
    _key: SecretString,
    #[serde(rename = "other")]
    _other: u16,
}

/// The files of the run end in a line break, as files do.
fn load(stage: &mut Stage, loader: Loader) {
    let config: Config = loader
        .prefix("APP_")
        .trim()
        .load()
        .expect("the secret is there");
    stage.live(&config.key);
}

const fn from(source: Source, name: &'static str, run: fn(&mut Stage)) -> Scenario {
    Scenario {
        source,
        ..ours(name, run)
    }
}

const fn environment_measured(
    name: &'static str,
    why: &'static str,
    run: fn(&mut Stage),
) -> Scenario {
    Scenario {
        source: Source::Environment,
        ..measured(name, why, run)
    }
}

pub(super) const SCENARIOS: &[Scenario] = &[
    from(Source::Environment, "variable, from_env", |stage| {
        let service: Service = secret_env::from_env().expect("the secret is there");
        stage.live(&service.app_key);
    }),
    from(Source::Environment, "variable with a prefix", |stage| {
        load(stage, Loader::new());
    }),
    from(Source::NamedFile, "file named by APP_KEY_FILE", |stage| {
        load(stage, Loader::new());
    }),
    from(Source::File, "file in a secret directory", |stage| {
        let directory = stage.file("");
        load(stage, Loader::new().secret_dir(directory));
    }),
    from(Source::Dotenv, ".env", |stage| {
        let path = stage.file(".env");
        load(stage, Loader::new().dotenv(path));
    }),
    from(Source::Dotenv, ".env, with expansion", |stage| {
        let path = stage.file(".env");
        load(stage, Loader::new().dotenv(path).expand());
    }),
    environment_measured(
        "variable beside one that is missing",
        "a load that fails leaves the environment as it was, for another try; end the process",
        |stage| {
            stage.live("the environment block");
            let result: Result<Incomplete, _> = Loader::new().prefix("APP_").load();
            assert!(result.is_err());
        },
    ),
    from(
        Source::Environment,
        "variable in a flattened struct",
        |stage| {
            let outer: Outer = Loader::new()
                .prefix("APP_")
                .load()
                .expect("the secret is there");
            stage.live(&outer.config.key);
        },
    ),
];
