//! One row of the matrix, and how it is checked.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::canary;

/// Tells a child process which side of which channel it is to run.
const CHILD: &str = "LEAK_MATRIX_CHILD";

/// The rules that the compile-fail cases state.
pub(crate) const PRINTED: &str = "an exposed secret cannot be printed, formatted or logged";
pub(crate) const COPIED: &str = "an exposed secret cannot be copied into a plain value";
pub(crate) const SERIALISED: &str = "a secret is not serialised unless the code says how";
pub(crate) const UNDECIDED: &str = "may hold a secret: it is not `LogSafe`";
pub(crate) const SEEN: &str = "arguments, variables and paths are seen by others";

/// Channels of one kind.
pub(crate) struct Theme {
    pub(crate) name: &'static str,
    pub(crate) channels: &'static [Channel],
}

pub(crate) struct Channel {
    pub(crate) name: &'static str,
    /// Sends a plain value through the channel, which must show it.
    pub(crate) control: Drive,
    pub(crate) closed: Closed,
}

/// How a channel is closed.
pub(crate) enum Closed {
    /// By the compiler: the cases in `tests/ui`, and the rule that their errors state.
    DoesNotCompile {
        cases: &'static [&'static str],
        rule: &'static str,
    },
    /// The channel is used, and has the text instead of the secret.
    Redacted { drive: Drive, shows: &'static str },
    /// The value is not taken, for the reason that the text gives.
    Refused { drive: Drive, says: &'static str },
}

/// What sends a canary through a channel and gives all that came out.
pub(crate) enum Drive {
    Here(fn() -> String),
    /// In a process of its own, of which all output counts, with the canaries of [`VARIABLES`] in its environment.
    Child(fn() -> ExitCode),
}

/// What a child process finds in its environment, beside `PATH`: the canary, and the canary with a byte that is not
/// UTF-8.
pub(crate) const VARIABLES: [&str; 2] = ["LEAK_MATRIX_KEY", "LEAK_MATRIX_RAW"];

/// A channel that is closed by the compiler; the control is the only one that can be driven.
macro_rules! does_not_compile {
    ($name:literal, $cases:expr, $rule:expr, |$value:ident| $body:expr) => {
        $crate::channel::Channel {
            name: $name,
            control: $crate::channel::Drive::Here(|| {
                let $value = $crate::canary::plain();
                $body
            }),
            closed: $crate::channel::Closed::DoesNotCompile {
                cases: &$cases,
                rule: $rule,
            },
        }
    };
    ($name:literal, $cases:expr, $rule:expr, child, |$value:ident| $body:expr) => {
        $crate::channel::Channel {
            name: $name,
            control: $crate::channel::Drive::Child(|| {
                let $value = $crate::canary::plain();
                std::process::Termination::report($body)
            }),
            closed: $crate::channel::Closed::DoesNotCompile {
                cases: &$cases,
                rule: $rule,
            },
        }
    };
}
pub(crate) use does_not_compile;

/// A channel that redacts: the same code for a plain `String` and a `SecretString`, or a control and ours apart.
macro_rules! redacted {
    ($name:literal, |$value:ident| $body:expr) => {
        $crate::channel::redacted!(
            $name,
            "[REDACTED]",
            {
                let $value = $crate::canary::plain();
                $body
            },
            {
                let $value = $crate::canary::secret();
                $body
            }
        )
    };
    ($name:literal, child, |$value:ident| $body:expr) => {
        $crate::channel::redacted!(
            $name,
            "[REDACTED]",
            child,
            {
                let $value = $crate::canary::plain();
                $body
            },
            {
                let $value = $crate::canary::secret();
                $body
            }
        )
    };
    ($name:literal, $shows:expr, child, $control:expr, $ours:expr) => {
        $crate::channel::Channel {
            name: $name,
            control: $crate::channel::Drive::Child(|| std::process::Termination::report($control)),
            closed: $crate::channel::Closed::Redacted {
                drive: $crate::channel::Drive::Child(|| std::process::Termination::report($ours)),
                shows: $shows,
            },
        }
    };
    ($name:literal, $shows:expr, $control:expr, $ours:expr) => {
        $crate::channel::Channel {
            name: $name,
            control: $crate::channel::Drive::Here(|| $control),
            closed: $crate::channel::Closed::Redacted {
                drive: $crate::channel::Drive::Here(|| $ours),
                shows: $shows,
            },
        }
    };
}
pub(crate) use redacted;

/// A channel where the value is refused, with a control that the plain type's refusal quotes it.
macro_rules! refused {
    ($name:literal, $says:expr, child, $control:expr, $ours:expr) => {
        $crate::channel::Channel {
            name: $name,
            control: $crate::channel::Drive::Child(|| std::process::Termination::report($control)),
            closed: $crate::channel::Closed::Refused {
                drive: $crate::channel::Drive::Child(|| std::process::Termination::report($ours)),
                says: $says,
            },
        }
    };
    ($name:literal, $says:expr, $control:expr, $ours:expr) => {
        $crate::channel::Channel {
            name: $name,
            control: $crate::channel::Drive::Here(|| $control),
            closed: $crate::channel::Closed::Refused {
                drive: $crate::channel::Drive::Here(|| $ours),
                says: $says,
            },
        }
    };
}
pub(crate) use refused;

impl Channel {
    /// Drives the channel, control first.
    pub(crate) fn check(&self) -> Result<(), String> {
        let shown = self.control.run("control", self.name);
        if canary::found(&shown).is_none() {
            return Err(format!("the control shows nothing: {shown}"));
        }
        match &self.closed {
            Closed::DoesNotCompile { cases, rule } => {
                cases.iter().try_for_each(|case| check_case(case, rule))
            }
            Closed::Redacted { drive, shows: text } | Closed::Refused { drive, says: text } => {
                let output = drive.run("ours", self.name);
                if let Some(encoding) = canary::found(&output) {
                    return Err(format!("the secret came out {encoding}: {output}"));
                }
                if !output.contains(text) {
                    return Err(format!("`{text}` is not in: {output}"));
                }
                Ok(())
            }
        }
    }

    /// In a child: runs the side that the parent asked for.
    pub(crate) fn run_side(&self, side: &str) -> ExitCode {
        let drive = match &self.closed {
            Closed::Redacted { drive, .. } | Closed::Refused { drive, .. } if side == "ours" => {
                drive
            }
            _ => &self.control,
        };
        match drive {
            Drive::Child(run) => run(),
            Drive::Here(_) => unreachable!("the parent runs it itself"),
        }
    }
}

impl Drive {
    fn run(&self, side: &str, name: &str) -> String {
        match self {
            Self::Here(run) => run(),
            Self::Child(_) => {
                let program = std::env::current_exe().expect("the path of this program");
                let mut command = Command::new(program);
                output_of(with_canaries(&mut command).env(CHILD, format!("{side} {name}")))
            }
        }
    }
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DoesNotCompile { cases, .. } => {
                write!(f, "does not compile ({})", cases.join(", "))
            }
            Self::Redacted { .. } => f.write_str("redacted"),
            Self::Refused { .. } => f.write_str("refused"),
        }
    }
}

/// What this process is to run as a child, if it is one.
pub(crate) fn child_to_be() -> Option<String> {
    std::env::var(CHILD).ok()
}

/// Everything that a program writes.
pub(crate) fn output_of(command: &mut Command) -> String {
    let output = command.output().expect("the program starts");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

/// Nothing of this machine gets into the child, nor into the text of a failure.
fn with_canaries(command: &mut Command) -> &mut Command {
    let mut raw = canary::plain().into_bytes();
    raw.push(0xff);
    let raw: std::ffi::OsString = std::os::unix::ffi::OsStringExt::from_vec(raw);
    let [key, raw_key] = VARIABLES;
    command
        .env_clear()
        .envs(std::env::vars_os().filter(|(name, _)| name == "PATH"))
        .env("RUST_BACKTRACE", "1")
        .env(key, canary::CANARY)
        .env(raw_key, raw)
}

/// That a case is among those which `compile_fail` compiles, and that its error states the rule.
fn check_case(case: &str, rule: &str) -> Result<(), String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui").join(case);
    let read = |extension| {
        let path = path.with_extension(extension);
        fs::read_to_string(path).map_err(|error| format!("{case}.{extension}: {error}"))
    };
    read("rs")?;
    if read("stderr")?.contains(rule) {
        Ok(())
    } else {
        Err(format!("{case}.stderr does not say `{rule}`"))
    }
}
