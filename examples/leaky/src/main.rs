//! A service that mirrors a repository: it signs in, fetches with retries, and starts a tunnel. It leaks in eight ways.
//!
//! `cargo secret-lint` here reports, each with its path from where the secret is exposed:
//!
//! 1. `secret_to_plain`: the database's address keeps the password in a `String` of a struct that derives `Debug`
//! 2. `secret_in_log`: the start-up message dumps a map with the webhook's key
//! 3. `secret_in_error`: the refused key is part of the error
//! 4. `secret_in_url`: the access token is a parameter of the URL
//! 5. `secret_in_log`: the retry helper logs the header that it was given
//! 6. `secret_in_log`: `#[instrument]` records the code of the second factor
//! 7. `secret_in_args`: the tunnel's token is an argument of a child process
//! 8. `secret_in_log`: `expect` shows the key that could not be parsed

mod config;
mod fetch;
mod tunnel;

use anyhow::Result;
use tracing::info;

use config::Config;

fn main() -> Result<()> {
    let config = Config::from_env();
    config.announce();
    info!(
        host = config.database.host,
        connected = config.database.connect()
    );
    fetch::check_key(&config.api_key)?;
    fetch::sign_in("mirror", &config.second_factor);
    let url = fetch::address(&config.api_key)?;
    let answer = fetch::fetch(&url, &config.api_key);
    info!(length = answer.map(|text| text.len()), "fetched");
    let mut tunnel = tunnel::start(&config.tunnel_token)?;
    info!(
        process = tunnel.id(),
        seed = tunnel::seed(&config.tunnel_token),
        "tunnel is up"
    );
    tunnel.wait()?;
    Ok(())
}
