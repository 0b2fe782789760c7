//! What the service is told by its environment.

use std::collections::BTreeMap;
use std::env;

use secrecy::{ExposeSecret, SecretString};
use tracing::info;

/// The parts of the database's address.
#[derive(Debug)]
pub struct Database {
    pub host: String,
    pub address: String,
}

impl Database {
    /// There is no database in an example.
    pub fn connect(&self) -> bool {
        self.address.ends_with("/app")
    }
}

/// The secrets are of a type that does not print them.
pub struct Config {
    pub api_key: SecretString,
    pub second_factor: SecretString,
    pub tunnel_token: SecretString,
    pub webhook_key: SecretString,
    pub database: Database,
}

fn variable(name: &str) -> SecretString {
    env::var(name).unwrap_or_default().into()
}

impl Config {
    pub fn from_env() -> Self {
        let host = env::var("DATABASE_HOST").unwrap_or_else(|_| "localhost".to_owned());
        let code = variable("DATABASE_PASSWORD");
        Self {
            api_key: variable("API_KEY"),
            second_factor: variable("SECOND_FACTOR"),
            tunnel_token: variable("TUNNEL_TOKEN"),
            webhook_key: variable("WEBHOOK_KEY"),
            database: Database {
                // 1: whoever prints the database's settings prints the password.
                address: format!("postgres://app:{}@{host}/app", code.expose_secret()),
                host,
            },
        }
    }

    pub fn announce(&self) {
        let mut settings = BTreeMap::new();
        settings.insert("database", self.database.host.clone());
        settings.insert("webhook", self.webhook_key.expose_secret().to_owned());
        // 2: the map has been put together for the hooks, and is printed as a whole.
        info!("starting with {settings:?}");
    }
}
