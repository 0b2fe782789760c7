use secret_core::Redact;

use std::collections::HashMap;

#[derive(Redact)]
#[redact(zeroize)]
struct Session {
    #[redact]
    headers: HashMap<String, String>,
}

fn main() {}
