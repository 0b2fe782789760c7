//! Files and directories that cannot be read are listed like everything else, and never with what is in them.

use std::fs;
use std::path::Path;

use secret_core::SecretString;
use secret_env::{FileFault, Loader, Place, ProblemKind};
use serde::Deserialize;

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
fn files_that_variables_name_are_read_or_refused() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    struct Config {
        missing: SecretString,
        directory: SecretString,
        large: SecretString,
        bytes: SecretString,
        text: String,
        mistaken: SecretString,
        right: SecretString,
        port: u16,
    }
    let directory = tempfile::tempdir().expect("a temporary directory");
    let at = |name: &str| directory.path().join(name);
    write_private(&at("large"), vec![b'k'; (1 << 20) + 1]);
    write_private(&at("bytes"), b"\xff\xfe canary");
    write_private(&at("port"), "canary");
    write_private(&at("right"), "k-4711");
    let path = |name: &str| at(name).display().to_string();
    let loader = Loader::new().variables([
        ("MISSING_FILE", path("missing")),
        ("DIRECTORY_FILE", path("")),
        ("LARGE_FILE", path("large")),
        ("BYTES_FILE", path("bytes")),
        ("TEXT_FILE", path("bytes")),
        ("MISTAKEN_FILE", String::from("canary-4711")),
        ("RIGHT_FILE", path("right")),
        ("PORT_FILE", path("port")),
    ]);
    let error = loader.load::<Config>().err().expect("most is wrong");
    assert_eq!(
        error.to_string(),
        "the configuration has 7 problems:\n\
         - BYTES (file named by BYTES_FILE): not valid UTF-8\n\
         - DIRECTORY (file named by DIRECTORY_FILE): the file is no regular file\n\
         - LARGE (file named by LARGE_FILE): the file is larger than 1 MiB\n\
         - MISSING (file named by MISSING_FILE): the file does not exist (a relative path begins in the working directory)\n\
         - MISTAKEN (file named by MISTAKEN_FILE): the file does not exist (a relative path begins in the working directory)\n\
         - PORT (file named by PORT_FILE): a whole number from 0 to 65535 was expected\n\
         - TEXT (file named by TEXT_FILE): not valid UTF-8\n\
         looked for each NAME and NAME_FILE in: the environment"
    );
    let variable = String::from("DIRECTORY_FILE");
    assert_eq!(
        error.problems()[1].kind(),
        &ProblemKind::File(FileFault::NotAFile)
    );
    assert_eq!(
        error.problems()[1].place(),
        Some(&Place::NamedFile { variable })
    );
}

#[test]
fn directories_and_dotenv_files_are_searched_or_refused() {
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "it is never loaded")]
    struct Config {
        api_key: SecretString,
    }
    let directory = tempfile::tempdir().expect("a temporary directory");
    let at = |name: &str| directory.path().join(name);
    write_private(&at(".env"), "API_KEY='canary");
    write_private(&at("file"), "");
    fs::create_dir(at("secrets")).expect("a new directory");
    write_private(&at("secrets/api-key"), "canary-1");
    write_private(&at("secrets/api_key"), "canary-2");
    let loader = Loader::new()
        .variables([("X", "")])
        .secret_dir(at("secrets"))
        .secret_dir(at("file"))
        .secret_dir(at("absent"))
        .dotenv(at(".env"))
        .dotenv(at("absent.env"))
        .dotenv(at("secrets"));
    let error = loader
        .load::<Config>()
        .err()
        .expect("much is wrong")
        .to_string();
    let root = directory.path().display();
    assert_eq!(
        error,
        format!(
            "the configuration has 4 problems:\n\
             - {root}/.env: line 1, column 9: the quote that opens here is never closed\n\
             - {root}/file: the directory cannot be read: not a directory\n\
             - {root}/secrets: the file is no regular file\n\
             - {root}/secrets/api_key: sets the same variable as {root}/secrets/api-key: keep one\n\
             looked for each NAME and NAME_FILE in: the environment, {root}/secrets, {root}/absent (not there), \
             {root}/.env, {root}/absent.env (not there)"
        )
    );
    assert_eq!(
        loader
            .explain::<Config>()
            .error()
            .expect("much is wrong")
            .problems()
            .len(),
        4
    );
}
