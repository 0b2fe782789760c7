use secret_core::Redact;

#[derive(Redact)]
struct Job {
    command: std::process::Command,
}

fn main() {}
