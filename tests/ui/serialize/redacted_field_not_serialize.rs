use secret_core::Redact;

struct Cookie;

#[derive(Redact)]
#[redact(serialize)]
struct Config {
    #[redact]
    cookie: Cookie,
}

fn main() {}
