use std::fmt;

use secret_core::Redact;

#[derive(Redact)]
struct Login {
    #[redact]
    user: String,
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.user)
    }
}

#[derive(Redact)]
#[redact(display = "{login} on {port}")]
struct Session {
    login: Login,
    port: u16,
}

fn main() {}
