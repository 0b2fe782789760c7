use secret_core::Redact;

#[derive(Redact)]
#[redact(serialize)]
#[serde(into = "String")]
enum Event {
    #[serde(serialize_with = "write")]
    Login(u32),
    #[serde(serialize_with = "write")]
    Logout(u32),
}

fn main() {
    let event = Event::Login(1);
    let _ = serde_json::to_string(&event.redacted());
    let _ = serde_json::to_string(&event.revealed("why"));
}
