//! What is left of secrets in the environment of a process that has loaded them: read from `/proc/self/environ`, and
//! from the environment of a child process.
//!
//! Each case runs in a process of its own, this program with the name of the case as its argument.

use std::env;
use std::fs;
use std::process::{Command, ExitCode, Output};

use secret_core::{Redact, SecretString};
use secret_env::{LoadError, Loader};
use serde::Deserialize;

const CANARY: &str = "correct-horse-battery-staple-quagmire";

/// The shortest part of the canary that counts as a leak.
const RUN: usize = 8;

#[derive(Redact, Deserialize)]
struct Config {
    port: u16,
    app_key: SecretString,
    #[redact]
    password: String,
    tokens: Option<Vec<SecretString>>,
}

struct Case {
    name: &'static str,
    /// Runs in the child.
    run: fn(),
    /// Whether the secrets are still there afterwards.
    leaves: bool,
    /// What the child must have printed.
    prints: &'static str,
}

const CASES: &[Case] = &[
    Case {
        name: "control: nothing is loaded",
        run: || (),
        leaves: true,
        prints: "",
    },
    Case {
        name: "from_env",
        run: || {
            let config: Config = secret_env::from_env().expect("the variables are right");
            assert!(config.app_key.expose_secret().starts_with("correct-horse"));
            assert!(config.password.starts_with("correct-horse"));
            assert_eq!(config.tokens.expect("two tokens").len(), 2);
            println!("port {}", config.port);
        },
        leaves: false,
        prints: "port 8080",
    },
    Case {
        name: "a variable that was set by the process itself",
        run: || {
            let value = env::var("APP_KEY").expect("the variable is set");
            set_variable("APP_KEY", &format!("{value}-{value}"));
            load().expect("the variables are right");
        },
        leaves: false,
        prints: "",
    },
    Case {
        name: "threads that are running",
        run: || {
            let (finish, finished) = std::sync::mpsc::channel::<()>();
            let thread = std::thread::spawn(move || finished.recv());
            let error = load().expect_err("another thread may be reading the environment");
            println!("{error}");
            drop(finish);
            thread
                .join()
                .expect("it does not panic")
                .expect_err("nothing was sent");
        },
        leaves: true,
        prints: "the environment: its secrets cannot be removed while 2 threads are running",
    },
    Case {
        name: "threads that have ended",
        run: || {
            std::thread::spawn(|| ()).join().expect("it does not panic");
            load().expect("one thread is left");
        },
        leaves: false,
        prints: "",
    },
    Case {
        name: "keep_environment",
        run: || {
            let loader = Loader::new().keep_environment();
            println!(
                "port {}",
                loader
                    .load::<Config>()
                    .expect("the variables are right")
                    .port
            );
        },
        leaves: true,
        prints: "port 8080",
    },
    Case {
        name: "explain",
        run: || println!("{}", Loader::new().explain::<Config>()),
        leaves: true,
        prints: "APP_KEY   environment  [REDACTED]",
    },
    Case {
        name: "a variable in memory that cannot be written to",
        run: || {
            put_read_only();
            let error = load().expect_err("one of the secrets cannot be wiped");
            println!("{error}");
        },
        leaves: true,
        prints: "a secret in it lies in memory that cannot be written to",
    },
    Case {
        name: "a load that fails",
        run: || {
            set_variable("PORT", "none");
            println!("{:?}", load().expect_err("the port is wrong"));
        },
        leaves: true,
        prints: "PORT (environment): a whole number from 0 to 65535 was expected",
    },
];

fn load() -> Result<Config, LoadError> {
    secret_env::from_env()
}

#[allow(
    unsafe_code,
    reason = "setting a variable is unsafe while threads may be running"
)]
fn set_variable(name: &str, value: &str) {
    // SAFETY: the child has one thread.
    unsafe { env::set_var(name, value) };
}

/// Puts a text of the program itself into the environment, as C code may.
#[allow(unsafe_code, reason = "only the C library does that")]
fn put_read_only() {
    unsafe extern "C" {
        fn putenv(string: *const std::ffi::c_char) -> std::ffi::c_int;
    }
    // SAFETY: the child has one thread, and the string lives as long as the program.
    let result = unsafe { putenv(c"TOKENS=read-only-token".as_ptr()) };
    assert_eq!(result, 0);
}

fn main() -> ExitCode {
    if let Some(case) = env::args()
        .nth(1)
        .and_then(|name| CASES.iter().find(|case| case.name == name))
    {
        return child(case);
    }
    let failed = CASES.iter().filter(|case| !passes(case)).count();
    println!(
        "test result: {} passed; {failed} failed",
        CASES.len() - failed
    );
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Runs the case, and then prints what can be read of the environment from inside and from a child.
fn child(case: &Case) -> ExitCode {
    (case.run)();
    let block = fs::read("/proc/self/environ").expect("Linux has it");
    println!("{}", String::from_utf8_lossy(&block));
    let status = Command::new("env").status().expect("`env` is there");
    ExitCode::from(u8::from(!status.success()))
}

fn passes(case: &Case) -> bool {
    let output = Command::new(env::current_exe().expect("this program has a path"))
        .arg(case.name)
        .env_clear()
        .envs([
            ("PATH", "/usr/bin:/bin"),
            ("PORT", "8080"),
            ("APP_KEY", CANARY),
            ("PASSWORD", CANARY),
        ])
        .env("TOKENS", format!("{CANARY},{CANARY}"))
        .output()
        .expect("this program can be started");
    let fault = fault(case, &output);
    println!(
        "test environment after {} ... {}",
        case.name,
        fault.as_deref().unwrap_or("ok")
    );
    fault.is_none()
}

fn fault(case: &Case, output: &Output) -> Option<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Some(format!(
            "FAILED: {}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    if !text.contains("PATH=/usr/bin:/bin") || !text.contains(case.prints) {
        return Some(format!("FAILED: not what was to be printed: {text}"));
    }
    let leaves = CANARY
        .as_bytes()
        .windows(RUN)
        .any(|run| output.stdout.windows(RUN).any(|seen| seen == run));
    match (case.leaves, leaves) {
        (false, true) => Some(String::from("FAILED: a part of the secret is left")),
        (true, false) => Some(String::from("FAILED: the secret is gone")),
        _ => None,
    }
}
