//! Where values are looked for, in which order, and which files are refused.

use std::fs;
use std::path::Path;

use secret_core::SecretString;
use secret_env::{Check, Loader};
use serde::Deserialize;
use serde::de::DeserializeOwned;

fn load<T: DeserializeOwned>(variables: &[(&str, &str)]) -> T {
    let loader = Loader::new().variables(variables.iter().copied());
    loader.load().expect("the variables are right")
}

/// Writes a file that only its owner can read.
fn write_private(path: &Path, text: impl AsRef<[u8]>) {
    fs::write(path, text).expect("the directory can be written to");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("the file is ours");
    }
}

#[test]
fn places_come_in_order() {
    #[derive(Deserialize)]
    struct Config {
        key: SecretString,
    }
    let directory = tempfile::tempdir().expect("a temporary directory");
    let at = |name: &str| directory.path().join(name);
    fs::create_dir(at("secrets")).expect("a new directory");
    fs::create_dir(at("credentials")).expect("a new directory");
    write_private(&at("named"), "from-named-file");
    write_private(&at("secrets/app-key"), "from-directory");
    write_private(&at("credentials/APP_KEY"), "from-systemd");
    write_private(&at("first.env"), "APP_KEY=from-first-dotenv\n");
    write_private(&at("second.env"), "APP_KEY=from-second-dotenv\n");
    let mut variables = vec![
        (String::from("APP_KEY"), String::from("from-environment")),
        (
            String::from("APP_KEY_FILE"),
            at("named").display().to_string(),
        ),
        (
            String::from("CREDENTIALS_DIRECTORY"),
            at("credentials").display().to_string(),
        ),
    ];
    let load = |variables: &[(String, String)]| -> Config {
        Loader::new()
            .prefix("APP_")
            .variables(variables.to_vec())
            .secret_dir(at("secrets"))
            .secret_dir(at("not-there"))
            .dotenv(at("not-there.env"))
            .dotenv(at("first.env"))
            .dotenv(at("second.env"))
            .load()
            .expect("the key is somewhere")
    };
    assert!(load(&variables).key == "from-environment");
    variables.remove(0);
    assert!(load(&variables).key == "from-named-file");
    variables.remove(0);
    assert!(load(&variables).key == "from-directory");
    fs::remove_file(at("secrets/app-key")).expect("the file is there");
    assert!(load(&variables).key == "from-systemd");
    variables.clear();
    assert!(load(&variables).key == "from-first-dotenv");
    write_private(
        &at("first.env"),
        format!("APP_KEY_FILE={}\n", at("named").display()),
    );
    assert!(
        load(&variables).key == "from-named-file",
        "the first file names it"
    );
    fs::remove_file(at("first.env")).expect("the file is there");
    assert!(load(&variables).key == "from-second-dotenv");
}

#[test]
fn a_field_whose_name_ends_in_file_names_no_file() {
    #[derive(Deserialize)]
    struct Config {
        tls: Option<String>,
        tls_file: String,
    }
    let config: Config = load(&[("TLS_FILE", "/not/there")]);
    assert_eq!((config.tls, config.tls_file.as_str()), (None, "/not/there"));
}

#[test]
fn kubernetes_volumes_are_read_through_their_links() {
    #[derive(Deserialize)]
    struct Config {
        db: Db,
    }
    #[derive(Deserialize)]
    struct Db {
        password: SecretString,
    }
    let directory = tempfile::tempdir().expect("a temporary directory");
    let at = |name: &str| directory.path().join(name);
    fs::create_dir(at("..2026")).expect("a new directory");
    write_private(&at("..2026/db__password"), "hunter2");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("..2026", at("..data")).expect("a new link");
        std::os::unix::fs::symlink("..data/db__password", at("db__password")).expect("a new link");
        let loader = Loader::new()
            .variables([("X", "")])
            .secret_dir(directory.path());
        assert!(
            loader
                .load::<Config>()
                .expect("the secret is there")
                .db
                .password
                == "hunter2"
        );
    }
}

#[test]
fn expansion_is_off_until_it_is_asked_for() {
    #[derive(Deserialize)]
    struct Config {
        password: SecretString,
        url: String,
    }
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join(".env");
    write_private(
        &path,
        "HOST=db\nPASSWORD='pa$$word${HOME}'\nURL=\"http://${HOST}/${USER}\"\n",
    );
    let loader = || Loader::new().dotenv(&path).variables([("USER", "ada")]);
    let config: Config = loader().load().expect("the file is right");
    assert!(config.password == "pa$$word${HOME}");
    assert_eq!(config.url, "http://${HOST}/${USER}");
    let config: Config = loader().expand().load().expect("the file is right");
    assert!(config.password == "pa$$word${HOME}");
    assert_eq!(config.url, "http://db/ada");
}

#[cfg(unix)]
#[test]
fn files_that_others_can_read_are_refused() {
    use std::os::unix::fs::PermissionsExt;

    #[derive(Deserialize)]
    struct Config {
        api_key: SecretString,
    }
    #[derive(Deserialize)]
    struct Public {
        port: u16,
    }
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("key");
    write_private(&path, "k-4711");
    let set = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("the file is ours");
    };
    let loader = || Loader::new().variables([("API_KEY_FILE", path.display().to_string())]);
    set(&path, 0o644);
    set(directory.path(), 0o755);
    let error = loader()
        .load::<Config>()
        .err()
        .expect("others can read it")
        .to_string();
    assert!(
        error.contains(
            "API_KEY (file named by API_KEY_FILE): everybody on this machine can read the file"
        ),
        "{error}"
    );
    assert!(loader().without(Check::FileMode).load::<Config>().is_ok());
    set(directory.path(), 0o700);
    assert!(
        loader().load::<Config>().is_ok(),
        "others do not get into the directory"
    );
    set(directory.path(), 0o755);
    set(&path, 0o640);
    assert!(
        loader()
            .load::<Config>()
            .expect("the group may read it")
            .api_key
            == "k-4711"
    );

    let dotenv = directory.path().join(".env");
    write_private(&dotenv, "API_KEY=k-4711\nPORT=80\n");
    set(&dotenv, 0o644);
    let loader = || Loader::new().variables([("X", "")]).dotenv(&dotenv);
    assert!(loader().load::<Config>().is_err());
    assert_eq!(
        loader().load::<Public>().expect("a port is no secret").port,
        80
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_file() {
    #[derive(Deserialize)]
    struct Config {
        #[allow(dead_code, reason = "only loaded")]
        api_key: SecretString,
    }
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("pipe");
    let made = std::process::Command::new("mkfifo")
        .arg(&path)
        .status()
        .expect("POSIX has it");
    assert!(made.success());
    let loader = Loader::new().variables([("API_KEY_FILE", path.display().to_string())]);
    let error = loader
        .load::<Config>()
        .err()
        .expect("nobody writes to the pipe")
        .to_string();
    assert!(
        error.contains("API_KEY (file named by API_KEY_FILE): the file is no regular file"),
        "{error}"
    );
}
