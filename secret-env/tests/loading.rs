//! What is loaded from where, and how it is read.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::net::IpAddr;

use secret_core::{Redact, Secret, SecretBytes, SecretString};
use secret_env::{Check, Loader};
use serde::Deserialize;
use serde::de::DeserializeOwned;

fn load<T: DeserializeOwned>(variables: &[(&str, &str)]) -> T {
    Loader::new()
        .variables(variables.iter().copied())
        .load()
        .expect("the variables are right")
}

#[derive(Deserialize, Redact)]
#[allow(dead_code, reason = "read through `Debug`")]
struct Database {
    #[redact(safe)]
    host: String,
    #[serde(default = "default_port")]
    port: u16,
    password: Option<SecretString>,
}

fn default_port() -> u16 {
    5432
}

#[test]
fn structs_nest() {
    #[derive(Deserialize, Redact)]
    #[allow(dead_code, reason = "read through `Debug`")]
    struct Config {
        database: Database,
        replica: Option<Database>,
        cache: Option<Database>,
    }
    let config: Config = load(&[
        ("DATABASE__HOST", "db"),
        ("DATABASE__PASSWORD", "hunter2"),
        ("REPLICA__HOST", "db2"),
        ("REPLICA__PORT", "1"),
    ]);
    assert_eq!(
        format!("{config:?}"),
        "Config { database: Database { host: \"db\", port: 5432, password: Some([REDACTED]) }, \
         replica: Some(Database { host: \"db2\", port: 1, password: None }), cache: None }"
    );
    assert!(
        config
            .database
            .password
            .is_some_and(|password| password == "hunter2")
    );
}

#[test]
fn a_nested_struct_of_defaults_needs_no_variable() {
    #[derive(Deserialize)]
    struct Config {
        limits: Limits,
    }
    #[derive(Deserialize)]
    struct Limits {
        #[serde(default)]
        rate: u32,
        burst: Option<u32>,
    }
    let config: Config = load(&[]);
    assert_eq!((config.limits.rate, config.limits.burst), (0, None));
}

#[test]
fn names_follow_serde() {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Config {
        api_key: SecretString,
        #[serde(rename = "DATABASE_URL")]
        url: String,
        #[serde(alias = "log_level")]
        level: String,
        r#type: u8,
        #[serde(skip)]
        skipped: u8,
    }
    let config: Config = load(&[
        ("API_KEY", "k-4711"),
        ("DATABASE_URL", "sqlite:"),
        ("LOG_LEVEL", "info"),
        ("TYPE", "7"),
        ("SKIPPED", "7"),
    ]);
    assert!(config.api_key == "k-4711");
    assert_eq!(
        (config.url.as_str(), config.level.as_str()),
        ("sqlite:", "info")
    );
    assert_eq!((config.r#type, config.skipped), (7, 0));
}

#[test]
fn text_stays_as_it_is_and_numbers_are_exact() {
    #[derive(Deserialize)]
    struct Config {
        account: String,
        exponent: String,
        flag: String,
        zeros: u32,
        huge: u128,
        negative: i64,
        ratio: f64,
        on: bool,
        letter: char,
        bind: IpAddr,
        empty: String,
    }
    let config: Config = load(&[
        ("ACCOUNT", "00123"),
        ("EXPONENT", "1e5"),
        ("FLAG", "true"),
        ("ZEROS", "007"),
        ("HUGE", "340282366920938463463374607431768211455"),
        ("NEGATIVE", "-9223372036854775808"),
        ("RATIO", "1e-3"),
        ("ON", "true"),
        ("LETTER", "é"),
        ("BIND", "::1"),
        ("EMPTY", ""),
    ]);
    assert_eq!(
        (config.account.as_str(), config.exponent.as_str()),
        ("00123", "1e5")
    );
    assert_eq!((config.flag.as_str(), config.empty.as_str()), ("true", ""));
    assert_eq!(
        (config.zeros, config.huge, config.negative),
        (7, u128::MAX, i64::MIN)
    );
    assert_eq!((config.ratio, config.on, config.letter), (0.001, true, 'é'));
    assert!(config.bind.is_loopback());
}

#[test]
fn lossy_numbers_are_refused() {
    #[derive(Deserialize)]
    struct Config {
        #[serde(rename = "n")]
        _n: u16,
    }
    for text in [
        "1e3", "1.0", " 1", "1_000", "0x10", "65536", "-1", "true", "1,2",
    ] {
        let result = Loader::new().variables([("N", text)]).load::<Config>();
        assert!(result.is_err(), "{text} was accepted");
    }
}

#[test]
fn lists_are_separated_or_numbered() {
    #[derive(Deserialize)]
    struct Config {
        hosts: Vec<String>,
        ports: [u16; 2],
        none: Vec<u8>,
        tokens: Vec<SecretString>,
        upstreams: Vec<Upstream>,
        pair: (String, u8),
    }
    #[derive(Deserialize)]
    struct Upstream {
        url: String,
        weight: u8,
    }
    let config: Config = load(&[
        ("HOSTS", "a, b,c"),
        ("PORTS", "80,443"),
        ("NONE", ""),
        ("TOKENS", "t-1,t-2"),
        ("UPSTREAMS__0__URL", "http://a"),
        ("UPSTREAMS__0__WEIGHT", "1"),
        ("UPSTREAMS__1__URL", "http://b"),
        ("UPSTREAMS__1__WEIGHT", "2"),
        ("PAIR", "x,1"),
    ]);
    assert_eq!(config.hosts, ["a", "b", "c"]);
    assert_eq!((config.ports, config.none.len()), ([80, 443], 0));
    assert!(config.tokens[1] == "t-2");
    assert_eq!(
        (config.upstreams[1].url.as_str(), config.upstreams[1].weight),
        ("http://b", 2)
    );
    assert_eq!(config.pair, (String::from("x"), 1));
}

#[test]
fn more_than_ten_numbered_variables_keep_their_order() {
    #[derive(Deserialize)]
    struct Config {
        items: Vec<usize>,
    }
    let variables: Vec<_> = (0..12)
        .map(|index| (format!("ITEMS__{index}"), index.to_string()))
        .collect();
    let config: Config = Loader::new()
        .variables(variables)
        .load()
        .expect("a complete list");
    assert_eq!(config.items, (0..12).collect::<Vec<_>>());
}

#[test]
fn maps_take_the_rest_of_the_name_as_key() {
    #[derive(Deserialize)]
    struct Config {
        tenants: BTreeMap<String, SecretString>,
        quotas: HashMap<String, u32>,
    }
    let config: Config = load(&[
        ("TENANTS__ACME", "t-1"),
        ("TENANTS__GLOBEX", "t-2"),
        ("QUOTAS__ACME", "3"),
    ]);
    assert_eq!(
        config.tenants.keys().collect::<Vec<_>>(),
        ["acme", "globex"]
    );
    assert!(config.tenants["globex"] == "t-2");
    assert_eq!(config.quotas["acme"], 3);
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Level {
    Debug,
    VeryLoud,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Store {
    Memory,
    File(String),
    S3 {
        bucket: String,
        secret_key: SecretString,
    },
    Pair(u8, u8),
}

#[test]
fn enums_take_a_name_or_a_group() {
    #[derive(Deserialize)]
    struct Config {
        level: Level,
        levels: Vec<Level>,
        stores: Vec<Store>,
    }
    let config: Config = load(&[
        ("LEVEL", "very-loud"),
        ("LEVELS", "debug,very-loud"),
        ("STORES__0", "memory"),
        ("STORES__1__FILE", "/tmp/x"),
        ("STORES__2__S3__BUCKET", "b"),
        ("STORES__2__S3__SECRET_KEY", "k-4711"),
        ("STORES__3__PAIR", "1,2"),
    ]);
    assert_eq!(config.level, Level::VeryLoud);
    assert_eq!(config.levels, [Level::Debug, Level::VeryLoud]);
    assert!(matches!(&config.stores[0], Store::Memory));
    assert!(matches!(&config.stores[1], Store::File(path) if path == "/tmp/x"));
    assert!(
        matches!(&config.stores[2], Store::S3 { bucket, secret_key } if bucket == "b" && *secret_key == "k-4711")
    );
    assert!(matches!(&config.stores[3], Store::Pair(1, 2)));
}

#[test]
fn flattened_structs_and_tagged_enums_find_their_types() {
    #[derive(Deserialize)]
    struct Config {
        name: String,
        #[serde(flatten)]
        limits: Limits,
        backend: Backend,
        either: Either,
    }
    #[derive(Deserialize)]
    struct Limits {
        rate: u16,
        ratio: f64,
        strict: bool,
        zip: String,
        also_one: String,
        tags: Vec<String>,
        api_token: SecretString,
        burst: Option<i8>,
    }
    #[derive(Deserialize)]
    #[serde(tag = "kind", rename_all = "lowercase")]
    enum Backend {
        Redis { port: u16, password: SecretString },
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
    }
    let config: Config = load(&[
        ("NAME", "1"),
        ("RATE", "1"),
        ("RATIO", "1"),
        ("STRICT", "true"),
        ("ZIP", "00123"),
        ("ALSO_ONE", "1"),
        ("TAGS", "1,b"),
        ("API_TOKEN", "12345"),
        ("BURST", "-1"),
        ("BACKEND__KIND", "redis"),
        ("BACKEND__PORT", "6379"),
        ("BACKEND__PASSWORD", "hunter2"),
        ("EITHER", "5"),
    ]);
    let limits = config.limits;
    assert_eq!(
        (config.name.as_str(), limits.rate, limits.ratio),
        ("1", 1, 1.0)
    );
    assert_eq!((limits.strict, limits.burst), (true, Some(-1)));
    assert_eq!(
        (limits.zip.as_str(), limits.also_one.as_str()),
        ("00123", "1")
    );
    assert_eq!(limits.tags, ["1", "b"]);
    assert!(limits.api_token == "12345");
    let Backend::Redis { port, password } = config.backend;
    assert!(port == 6379 && password == "hunter2");
    assert!(matches!(config.either, Either::Text(text) if text == "5"));
}

#[test]
fn a_flattened_secret_is_known_by_its_type() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only loaded")]
    struct Config {
        #[serde(flatten)]
        keys: Keys,
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only loaded")]
    struct Keys {
        key: SecretString,
        spare: Option<SecretString>,
        many: Vec<SecretString>,
        name: String,
    }
    let variables = [
        ("KEY", "k-4711"),
        ("SPARE", "k-4712"),
        ("MANY", "k-1,k-2"),
        ("NAME", "k"),
    ];
    let table = Loader::new()
        .variables(variables)
        .explain::<Config>()
        .to_string();
    let shown: Vec<_> = table
        .lines()
        .filter(|line| line.ends_with("[REDACTED]"))
        .collect();
    assert_eq!(shown.len(), 3, "{table}");
    assert!(
        table.ends_with("(text)\nSPARE     environment  [REDACTED]"),
        "{table}"
    );
    let refused =
        Loader::new().variables([("KEY", "changeme"), ("MANY", ""), ("NAME", "changeme")]);
    let error = refused
        .load::<Config>()
        .err()
        .expect("the key is a placeholder")
        .to_string();
    assert!(
        error.contains("- KEY (environment): the secret is a placeholder")
            && !error.contains("NAME:"),
        "{error}"
    );
}

#[test]
fn secrets_of_every_kind_are_read() {
    #[derive(Deserialize)]
    struct Config {
        text: SecretString,
        bytes: SecretBytes,
        number: Secret<u32>,
        optional: Option<SecretString>,
        #[serde(deserialize_with = "secret_env::strong::<20, _>")]
        strong: SecretString,
    }
    let config: Config = load(&[
        ("TEXT", "k-4711"),
        ("BYTES", "k-4711"),
        ("NUMBER", "4711"),
        ("STRONG", "4711-abcd"),
    ]);
    assert!(config.text == "k-4711" && config.bytes == b"k-4711");
    assert!(config.number == Secret::new(Box::new(4711)));
    assert!(config.optional.is_none() && config.strong == "4711-abcd");
}

#[test]
fn checks_are_switched_off_by_name() {
    #[derive(Deserialize)]
    struct Config {
        api_key: SecretString,
    }
    for (value, check) in [
        ("", Check::Empty),
        ("changeme", Check::Placeholder),
        (" k-4711", Check::Whitespace),
    ] {
        let loader = || Loader::new().variables([("API_KEY", value)]);
        let error = loader()
            .load::<Config>()
            .err()
            .expect("the check refuses it")
            .to_string();
        assert!(
            error.contains(&format!(".without(Check::{check:?})")),
            "{error}"
        );
        let config = loader()
            .without(check)
            .load::<Config>()
            .expect("the check is off");
        assert!(config.api_key == value);
    }
}

#[test]
fn two_names_for_one_variable_are_one() {
    #[derive(Deserialize)]
    struct Config {
        #[serde(rename = "logLevel", alias = "log_level")]
        level: String,
    }
    assert_eq!(load::<Config>(&[("LOG_LEVEL", "info")]).level, "info");
}

#[test]
fn keys_of_maps_are_of_their_type() {
    #[derive(Deserialize)]
    struct Config {
        shards: BTreeMap<u8, String>,
        levels: HashMap<Level2, u8>,
        #[serde(default)]
        files: BTreeMap<String, String>,
    }
    #[derive(Deserialize, PartialEq, Eq, Hash)]
    #[serde(rename_all = "lowercase")]
    enum Level2 {
        Low,
    }
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    fs::write(file.path(), "content").expect("the file is ours");
    let path = file.path().display().to_string();
    let config: Config = load(&[
        ("SHARDS__1", "a"),
        ("LEVELS__LOW", "3"),
        ("FILES__ACME_FILE", &path),
    ]);
    assert_eq!(
        (config.shards[&1].as_str(), config.levels[&Level2::Low]),
        ("a", 3)
    );
    assert_eq!(
        config.files,
        BTreeMap::from([(String::from("acme"), String::from("content"))])
    );
}

#[test]
fn names_that_say_secret_make_text_and_maps_secret_but_no_settings() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only loaded")]
    struct Config {
        tokens: BTreeMap<String, String>,
        cookie_secure: bool,
        auth_port: u16,
        cookie_same_site: SameSite,
        pin: u32,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum SameSite {
        None,
    }
    let loader = Loader::new().minimum_strength(40).variables([
        ("TOKENS__ACME", "correct-horse-battery"),
        ("COOKIE_SECURE", "true"),
        ("AUTH_PORT", "8080"),
        ("COOKIE_SAME_SITE", "none"),
        ("PIN", "4711"),
    ]);
    let explanation = loader.explain::<Config>();
    assert!(explanation.error().is_none(), "{:?}", explanation.error());
    let table = explanation.to_string();
    for secret in [
        "TOKENS__ACME      environment  [REDACTED]",
        "PIN               environment  [REDACTED]",
    ] {
        assert!(table.contains(secret), "{table}");
    }
    let loader = Loader::new().variables([("TOKENS__ACME", "changeme")]);
    let error = loader
        .load::<Config>()
        .err()
        .expect("it is a placeholder")
        .to_string();
    assert!(
        error.contains("TOKENS__ACME (environment): the secret is a placeholder"),
        "{error}"
    );
}

#[test]
fn a_type_without_end_is_refused() {
    #[derive(Deserialize)]
    struct Endless {
        #[allow(dead_code, reason = "only loaded")]
        list: List,
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only loaded")]
    struct List(Vec<List>);
    assert!(
        Loader::new()
            .variables([("LIST", "a")])
            .load::<Endless>()
            .is_err()
    );
}

#[test]
fn unused_variables_are_shown_under_a_prefix() {
    #[derive(Deserialize)]
    struct Config {
        #[allow(dead_code, reason = "only loaded")]
        level: Option<String>,
    }
    let loader = Loader::new()
        .prefix("APP_")
        .variables([("APP_LEVLE", "info"), ("OTHER", "x")]);
    assert_eq!(
        loader.explain::<Config>().to_string(),
        "variable   source       value\n\
         APP_LEVEL  -            (default)\n\
         APP_LEVLE  environment  (not used)"
    );
}

#[test]
fn random_keys_are_as_strong_as_they_are_long() {
    use proptest::prelude::*;
    proptest!(|(hex in "[0-9a-f]{32}", base64 in "[A-Za-z0-9+/]{22}", short in "[ -~]{1,8}")| {
        prop_assert!(secret_env::strength_bits(&hex) >= 128);
        prop_assert!(secret_env::strength_bits(&base64) >= 110);
        prop_assert!(secret_env::strength_bits(&short) <= 53);
    });
}

#[test]
fn what_is_empty_is_told() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only loaded")]
    struct Config {
        port: u16,
        tenants: HashMap<String, SecretString>,
        api_keys: Vec<SecretString>,
        cert: String,
    }
    let loader =
        Loader::new().variables([("PORT", ""), ("API_KEYS", ""), ("CERTS_FILE", "/not/there")]);
    let error = loader.load::<Config>().err().expect("all of it is wrong");
    let problems: Vec<_> = error.problems().iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "API_KEYS (environment): the secret is empty: give it a value, or remove the variable \
             (to allow it: `.without(Check::Empty)`)",
            "CERT: not set, text was expected",
            "PORT (environment): it is empty, and a whole number from 0 to 65535 was expected",
            "TENANTS: not set, at least one variable that begins with TENANTS__ was expected",
        ]
    );
}
