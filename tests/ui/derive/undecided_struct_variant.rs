use secret_core::Redact;

#[derive(Redact)]
enum Login {
    Named { name: String },
}

fn main() {}
