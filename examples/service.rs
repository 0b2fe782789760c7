//! A service that loads its secrets, prints its configuration, serves an API that demands a key, and calls it.
//!
//! `cargo run --example service` needs nothing. To give it secrets of your own, set `API_KEY`, `DATABASE_URL` or
//! `WEBHOOK__SIGNING_KEY`; what is not set comes from a `.env` file that it makes itself.

use std::error::Error;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use secret_core::zeroize::Zeroizing;
use secret_core::{Redact, Secret, SecretString};
use serde::Deserialize;
use tempfile::TempDir;
use tracing::{info, instrument, warn};

#[derive(Redact, Deserialize)]
#[allow(dead_code, reason = "a real service has a database and a webhook")]
struct Config {
    #[serde(default = "any_port")]
    bind: SocketAddr,
    api_key: SecretString,
    #[redact(url)]
    database_url: SecretString,
    #[redact(safe)]
    region: Option<String>,
    webhook: Webhook,
}

#[derive(Redact, Deserialize)]
#[allow(dead_code, reason = "a real service has a webhook")]
struct Webhook {
    #[serde(default)]
    retries: u16,
    signing_key: SecretString,
}

fn any_port() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

/// Secrets are loaded before any thread is started, so that they can be wiped from the environment.
fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stdout)
        .with_ansi(false)
        .init();

    let directory = tempfile::tempdir()?;
    let loader = secret_env::Loader::new()
        .minimum_strength(32)
        .dotenv(write_fresh_keys(&directory)?);
    println!("{}\n", loader.explain::<Config>());
    let config: Config = loader.load()?;
    println!("{config:#?}\n");
    info!(?config, "configuration loaded");

    let config = Arc::new(config);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind(config.bind))?;
    let address = listener.local_addr()?;
    let api = api(Arc::clone(&config));
    std::thread::spawn(move || runtime.block_on(async { axum::serve(listener, api).await }));

    let url = format!("http://{address}/greeting");
    call(&url, &config.api_key)?;
    call(
        &url,
        &SecretString::from(String::from("guessed by somebody else")),
    )?;
    Ok(())
}

/// A `.env` file of fresh keys that only this user can read.
fn write_fresh_keys(directory: &TempDir) -> Result<PathBuf, Box<dyn Error>> {
    let mut text = Zeroizing::new(String::with_capacity(1024));
    for line in [
        "API_KEY=",
        "\nWEBHOOK__SIGNING_KEY=",
        "\nDATABASE_URL=postgres://app:",
    ] {
        text.push_str(line);
        let key = Secret::<[u8; 32]>::try_init_with_mut(|mut key| getrandom::fill(&mut *key))?;
        text.push_str(&Zeroizing::new(base16ct::lower::encode_string(
            &*key.expose_secret(),
        )));
    }
    text.push_str("@localhost/app\n");
    let path = directory.path().join(".env");
    write_private(&path, text.as_bytes())?;
    Ok(path)
}

fn write_private(path: &Path, text: &[u8]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    std::io::Write::write_all(&mut options.open(path)?, text)
}

fn api(config: Arc<Config>) -> Router {
    Router::new()
        .route("/greeting", get(async || "hello"))
        .layer(middleware::from_fn_with_state(config, demand_key))
}

/// Lets a request pass that presents the key. `==` takes the same time wherever the two differ.
#[instrument(skip(request, next))]
async fn demand_key(
    State(config): State<Arc<Config>>,
    request: Request,
    next: Next,
) -> Result<Response, StatusCode> {
    if bearer(request.headers()).is_some_and(|presented| config.api_key == presented) {
        info!(key = %config.api_key.fingerprint(), "accepted");
        Ok(next.run(request).await)
    } else {
        warn!("refused");
        Err(StatusCode::UNAUTHORIZED)
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}

fn call(url: &str, key: &SecretString) -> Result<(), Box<dyn Error>> {
    let agent = ureq::Agent::new_with_config(
        ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build(),
    );
    let request = agent.get(url).header(AUTHORIZATION, authorization(key)?);
    info!(?request, key = %key.fingerprint(), "calling");
    let mut response = request.call()?;
    let status = response.status();
    info!(%status, body = response.body_mut().read_to_string()?, "answered");
    Ok(())
}

/// A header that prints as `Sensitive`.
fn authorization(key: &SecretString) -> Result<HeaderValue, Box<dyn Error>> {
    let text = Zeroizing::new(["Bearer ", &key.expose_secret()].concat());
    let mut value = HeaderValue::from_str(&text)?;
    value.set_sensitive(true);
    Ok(value)
}
