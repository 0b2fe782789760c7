//! `inventory` and `--list-declassified`.

use std::fs;

use super::{LEAKING, Workspace, manifest, with_a_leak};

#[test]
fn the_inventory_lists_who_exposes() {
    let workspace = with_a_leak();
    let run = workspace.check(&["inventory"]);
    run.ends_with(0)
        .says("app/src/main.rs:2  expose_secret  secrecy::SecretBox<str>  in app::main");
    workspace.write("known.txt", &run.stdout);
    workspace
        .check(&["inventory", "--check", "known.txt"])
        .ends_with(0);
    workspace.write(
        "app/src/main.rs",
        &format!("{LEAKING}pub fn more() {{ secrecy::load().expose_secret(); }}\n"),
    );
    workspace
        .check(&["inventory", "--check", "known.txt"])
        .ends_with(101)
        .says("app::more");
}

#[test]
fn what_is_declassified_is_listed_with_its_reason() {
    let workspace = Workspace::new();
    workspace.write(
        "base/src/lib.rs",
        "pub struct Exposed(pub &'static str);\nimpl Exposed {\n    #[inline(never)]\n    \
         pub fn declassify(&self, _reason: &'static str) -> &str { self.0 }\n}\n",
    );
    workspace.write(
        "app/src/main.rs",
        "fn show() {\n    println!(\"{}\", base::Exposed(\"k\").declassify(\"the \\\"demo\\\" key | is public\"));\n}\n\
         fn main() { show(); }\n",
    );
    let line = r#"app/src/main.rs:2  declassify  base::Exposed  in app::show  "the \"demo\" key | is public""#;
    let run = workspace.check(&["--list-declassified"]);
    run.ends_with(0).says(line).says("reached from app::main");
    workspace
        .check(&["inventory", "--format", "markdown"])
        .ends_with(0)
        .says(r#"| `declassify` | the "demo" key \| is public | `base::Exposed` | `app::show` |"#);
}

/// Secrets of all kinds, and a way to one of them that leads through a method, a trait and a closure.
const SERVICE: &str = "use secrecy::{ExposeSecret, SecretBox, SecretString};

struct Config {
    port: u16,
    key: SecretString,
}

struct Session(u8, Option<SecretBox<str>>);

trait Send {
    fn send(&self);
}

impl Send for Config {
    fn send(&self) {
        let _ = self.key.expose_secret().len();
    }
}

impl Session {
    fn all(&self, to: &[Config]) {
        to.iter().for_each(|one| one.send());
    }
}

const NAME: &str = \"DB_PASSWORD\";

fn load() -> Option<String> {
    let _ = std::env::var(\"HOME\");
    std::env::var(NAME).ok().or(std::env::var(\"API_KEY\").ok())
}

fn main() {
    let config = Config { port: 1, key: secrecy::load() };
    let _ = (config.port, load());
    Session(0, None).all(&[config]);
}

#[cfg(test)]
struct InTests(SecretString);
";

const TABLE: &str = "app/src/main.rs:3  type  Config
app/src/main.rs:5  field  Config.key  SecretString
app/src/main.rs:8  type  Session
app/src/main.rs:8  field  Session.1  Option<SecretBox<str>>
app/src/main.rs:30  variable  API_KEY  std::env::var  in app::load
app/src/main.rs:30  variable  DB_PASSWORD  std::env::var  in app::load
app/src/main.rs:16  expose_secret  secrecy::SecretBox<str>  in app::<Config as Send>::send
    reached from app::Session::all
    reached from app::main through app::Session::all
";

#[test]
fn the_inventory_has_secrets_places_and_ways() {
    let workspace = with_a_leak();
    workspace.write("app/src/main.rs", SERVICE);
    let run = workspace.check(&["inventory", "-p", "app"]);
    run.ends_with(0);
    assert_eq!(run.stdout, TABLE);
    for (format, file, line) in [
        ("json", "known.json", "\"name\": \"Config.key\","),
        (
            "markdown",
            "known.md",
            "| app/src/main.rs:30 | variable | `API_KEY` |  | `std::env::var` | `app::load` |",
        ),
        ("table", "known.txt", "  variable  API_KEY  "),
    ] {
        let run = workspace.check(&["inventory", "-p", "app", "--format", format]);
        run.ends_with(0).says(line);
        workspace.write(file, &run.stdout);
    }
    // Lines that move are no growth, nor is what is gone.
    let check = |file| workspace.check(&["inventory", "-p", "app", "--check", file]);
    let moved = SERVICE
        .replace("const NAME", "// The database.\nconst NAME")
        .replace(".or(std::env::var(\"API_KEY\").ok())", "");
    workspace.write("app/src/main.rs", &moved);
    for file in ["known.json", "known.md", "known.txt"] {
        check(file).ends_with(0);
    }
    for (more, said) in [
        ("struct Other { token: SecretString }", "Other.token"),
        (
            "pub fn other() { let _ = std::env::var(\"OTHER_TOKEN\"); }",
            "OTHER_TOKEN",
        ),
        (
            "pub fn other(config: &Config) { config.send(); }",
            "app::other",
        ),
        (
            "pub fn other(of: &Config) { let _ = of.key.expose_secret(); }",
            "app::other",
        ),
    ] {
        workspace.write("app/src/main.rs", &format!("{SERVICE}{more}\n"));
        for file in ["known.json", "known.md", "known.txt"] {
            check(file)
                .ends_with(101)
                .says("does not list all that there is")
                .says(said)
                .says_not("DB_PASSWORD");
        }
    }
    fs::write(workspace.path("known.json"), "{").unwrap();
    check("known.json")
        .ends_with(101)
        .says("cannot read known.json");
}

/// Stand-ins for `secret-core` with the shape of what its derive writes, and for `secret-env`.
const CORE: &str = "pub mod __private {
    pub struct Marked<'a, T>(pub &'a T);
    impl<T> std::fmt::Debug for Marked<'_, T> {
        fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { to.write_str(\"-\") }
    }
}
";
const ENV: &str = "pub struct Loader;
impl Loader {
    pub fn new() -> Self { Self }
    #[inline(never)]
    pub fn prefix(self, _: impl Into<String>) -> Self { self }
    #[inline(never)]
    pub fn load<T: Default>(self) -> Option<T> { Some(T::default()) }
}
#[inline(never)]
pub fn from_env<T: Default>() -> Option<T> { Some(T::default()) }
";
const LOADING: &str = "#[derive(Default)]
struct Config {
    user: String,
    password: secret_core::Secret<String>,
}
#[derive(Default)]
struct Login {
    code: secret_core::Redacted<String>,
}
impl std::fmt::Debug for Config {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_tuple(\"Config\").field(&secret_core::__private::Marked(&self.user)).finish()
    }
}
fn main() {
    let config: Config = secret_env::from_env().unwrap();
    let _: Option<Login> = secret_env::Loader::new().prefix(\"APP_\").load();
    let _ = config.user.len();
    let _ = &config.password;
}
";

#[test]
fn variables_of_loaded_structs_and_reads_of_marked_fields_are_listed() {
    let workspace = Workspace::new();
    workspace.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"base\", \"core\", \"env\"]\n",
    );
    let secrets = "#[derive(Default)] pub struct Secret<T>(T);\n#[derive(Default)] pub struct Redacted<T>(T);\n";
    workspace.write("core/Cargo.toml", &manifest("secret_core", ""));
    workspace.write("core/src/lib.rs", &format!("{CORE}{secrets}"));
    workspace.write("env/Cargo.toml", &manifest("secret_env", ""));
    workspace.write("env/src/lib.rs", ENV);
    let dependencies = "[dependencies]\nsecret_core = { path = \"../core\" }\nsecret_env = { path = \"../env\" }\n";
    workspace.write("app/Cargo.toml", &manifest("app", dependencies));
    workspace.write("app/src/main.rs", LOADING);
    workspace
        .check(&["inventory", "-p", "app"])
        .ends_with(0)
        .says("main.rs:16  variable  PASSWORD  secret_env  in app::main")
        .says("main.rs:17  variable  APP_CODE  secret_env  in app::main")
        .says("main.rs:18  read  Config.0  in app::main")
        .says_not("main.rs:19  read");
}
