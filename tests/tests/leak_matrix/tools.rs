//! Command lines and property tests.

use clap::{CommandFactory, Parser};
use proptest::strategy::{Just, Strategy};
use proptest::test_runner::{Config, TestRunner};
use secret_core::{Secret, SecretString};
use std::fmt::Debug;

use crate::canary::{CANARY, plain};
use crate::channel::{Theme, redacted, refused};

pub(crate) const THEME: Theme = Theme {
    name: "command lines and property tests",
    channels: &[
        refused!(
            "clap: wrong value, its error",
            "the secret is not a valid `u16`",
            rejected::<Plain>(&["--pin", CANARY]),
            rejected::<Ours>(&["--pin", CANARY])
        ),
        refused!(
            "clap: a default that is the secret",
            "a default in the program is no secret",
            Plain::command().render_long_help().to_string(),
            rejected::<WithDefault>(&[])
        ),
        refused!(
            "clap: help shows a variable, [env: NAME=…]",
            "the program must set `hide_env_values = true`",
            child,
            println!("{}", Plain::command().render_help()),
            println!("{}", rejected::<Shown>(&[]))
        ),
        redacted!(
            "clap: help with hide_env_values",
            "[env: LEAK_MATRIX_KEY]",
            child,
            println!("{}", Plain::command().render_help()),
            println!("{}", Ours::command().render_help())
        ),
        redacted!(
            "clap: the parsed arguments, {:?}",
            "key: Some([REDACTED])",
            format!("{:?}", Plain::parse_from(["app", "--key", CANARY])),
            format!("{:?}", Ours::parse_from(["app", "--key", CANARY]))
        ),
        redacted!(
            "proptest: minimal failing input",
            "minimal failing input: [REDACTED]",
            failing(Just(plain())),
            failing(Just(crate::canary::secret()))
        ),
    ],
};

#[derive(Debug, Parser)]
#[allow(dead_code, reason = "read through `Debug`")]
struct Plain {
    #[arg(long, env = "LEAK_MATRIX_KEY")]
    key: Option<String>,
    #[arg(long, default_value = "hunter2-correct")]
    other: String,
    #[arg(long)]
    pin: Option<u16>,
}

#[derive(Debug, Parser)]
#[allow(dead_code, reason = "read through `Debug`")]
struct Ours {
    #[arg(long, env = "LEAK_MATRIX_KEY", hide_env_values = true)]
    key: Option<SecretString>,
    #[arg(long)]
    pin: Option<Secret<u16>>,
}

#[derive(Debug, Parser)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Shown {
    #[arg(long, env = "LEAK_MATRIX_KEY")]
    key: Option<SecretString>,
}

#[derive(Debug, Parser)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct WithDefault {
    #[arg(long, default_value = "hunter2-correct")]
    key: SecretString,
}

/// Why the arguments were refused, in both forms.
fn rejected<P: Parser + Debug>(arguments: &[&str]) -> String {
    let error = P::try_parse_from([&["app"], arguments].concat()).expect_err("it is refused");
    format!("{error} {error:?}")
}

fn failing<S: Strategy>(strategy: S) -> String {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let failure = TestRunner::new(config).run(&strategy, |_| {
        Err(proptest::test_runner::TestCaseError::fail("by design"))
    });
    failure.unwrap_err().to_string()
}
