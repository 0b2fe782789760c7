//! std::process: arg, args, env, envs, shells; standard input is where a secret belongs.

// real: zeroclaw-labs/zeroclaw#11 (tunnel tokens are visible in the process list)
// real: comit-network/rendezvous-server#4 (a secret key on the command line)
use std::io::Write;
use std::process::{Command, Stdio};

use secrecy::{ExposeSecret, SecretString};

pub fn leak_arg(s: &SecretString) -> Command {
    let mut command = Command::new("cloudflared");
    command.arg("tunnel").arg("--token").arg(s.expose_secret()); //~ LEAK secret_in_args
    command
}

pub fn leak_args(s: &SecretString) -> Command {
    let mut command = Command::new("ngrok");
    command.args(["config", "add-authtoken", s.expose_secret()]); //~ LEAK secret_in_args
    command
}

pub fn leak_formatted(s: &SecretString) -> Command {
    let mut command = Command::new("curl");
    let header = format!("Authorization: Bearer {}", s.expose_secret());
    command.arg("-H").arg(&header).arg("https://h/"); //~ LEAK secret_in_args
    command
}

pub fn leak_list(s: &SecretString) -> Command {
    let mut list = vec!["login".to_owned()];
    list.push(format!("--key={}", s.expose_secret()));
    let mut command = Command::new("tool");
    command.args(&list); //~ LEAK secret_in_args
    command
}

pub fn leak_shell(s: &SecretString) -> Command {
    let script = format!("echo {} | login", s.expose_secret());
    let mut command = Command::new("sh");
    command.args(["-c", &script]); //~ LEAK secret_in_args
    command
}

pub fn leak_variable(s: &SecretString) -> Command {
    let mut command = Command::new("psql");
    command.env("PGUSER", "ada"); //~ OK
    command.env("PGPASSWORD", s.expose_secret()); //~ LEAK secret_in_args
    command
}

pub fn leak_variables(s: &SecretString) -> Command {
    let mut command = Command::new("psql");
    command.envs([("PGUSER", "ada"), ("PGPASSWORD", s.expose_secret())]); //~ LEAK secret_in_args
    command
}

fn run(arguments: &[&str]) -> Command {
    let mut command = Command::new("tool");
    command.args(arguments); // id=run //~ LEAK secret_in_args
    command
}

pub fn leak_helper(s: &SecretString) -> Command {
    run(&["login", "--key", s.expose_secret()]) // alt=run //~ ANY
}

pub fn ok_standard_input(s: &SecretString) -> std::io::Result<()> {
    let mut child = Command::new("true").arg("--password-stdin").stdin(Stdio::piped()).spawn()?; //~ OK
    if let Some(mut input) = child.stdin.take() {
        _ = input.write_all(s.expose_secret().as_bytes()); //~ OK
    }
    child.wait().map(|status| println!("{status}")) //~ OK
}

pub fn ok_arguments(s: &SecretString) -> Command {
    let mut command = run(&["login", "--user", "ada"]); //~ OK
    command.arg(s.expose_secret().len().to_string()); //~ OK
    command.arg("--key-file").arg("/run/secrets/api_key"); //~ OK
    command.env("KEY_LENGTH", s.expose_secret().len().to_string()).env_remove("API_KEY"); //~ OK
    command
}

pub fn ok_chosen(s: &SecretString) -> Command {
    let mut command = Command::new("tool");
    if s.expose_secret().is_empty() {
        command.arg("--anonymous"); //~ OK
    }
    command.current_dir("/").stdout(Stdio::null()); //~ OK
    command
}
