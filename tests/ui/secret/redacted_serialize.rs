use secret_core::Redacted;

fn main() {
    let code = Redacted::new(4711);
    let _ = serde_json::to_string(&code);
}
