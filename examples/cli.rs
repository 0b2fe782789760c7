//! A command line tool that takes its token as an argument, from a file, from standard input or from the environment.
//!
//! ```sh
//! API_TOKEN=… cargo run --example cli -- upload
//! cargo run --example cli -- --token @/run/secrets/token upload
//! pass show api | cargo run --example cli -- --token - upload
//! ```
//!
//! Neither its help nor any of its errors shows the token.

use clap::{Parser, Subcommand};
use secret_core::{Redact, SecretString};

#[derive(Parser, Redact)]
#[command(about = "Uploads things")]
struct Arguments {
    /// The token of the API: `@path` of a file, `-` for standard input, or the token itself
    #[arg(long, env = "API_TOKEN", hide_env_values = true)]
    token: SecretString,

    /// How often to try
    #[arg(long, default_value_t = 3)]
    tries: u16,

    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Redact)]
enum Command {
    /// Uploads everything
    Upload,
    /// Shows which token would be used
    Whoami,
}

fn main() {
    let arguments = Arguments::parse();
    println!("{arguments:?}");
    let used = arguments.token.fingerprint();
    match arguments.command {
        Command::Upload => println!("uploading with token {used}, {} tries", arguments.tries),
        Command::Whoami => println!("token {used}"),
    }
}
