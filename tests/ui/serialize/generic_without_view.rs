use secret_core::Redact;

#[derive(Debug)]
struct Region;

impl secret_core::LogSafe for Region {}

#[derive(Redact)]
#[redact(serialize)]
struct Config<T> {
    value: T,
}

fn dump(config: &Config<Region>) -> String {
    serde_json::to_string(&config.redacted()).unwrap()
}

fn main() {}
