use secret_core::Redact;

#[derive(Redact)]
struct Request {
    body: serde_json::Value,
}

fn main() {}
