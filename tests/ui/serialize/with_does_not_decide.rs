use secret_core::{LogSafe, Redact};

#[derive(Debug)]
struct Region;

impl LogSafe for Region {}

fn write<S: serde::Serializer>(_: &Region, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("eu")
}

#[derive(Redact)]
#[redact(serialize)]
struct Config {
    #[serde(serialize_with = "write")]
    region: Region,
    #[serde(serialize_with = "write")]
    #[redact(safe)]
    safe: Region,
}

fn main() {}
