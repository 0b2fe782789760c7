use secret_core::{Redact, Secret};

struct Seed([u8; 32]);

impl secret_core::zeroize::Zeroize for Seed {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

#[derive(Redact)]
#[redact(serialize)]
struct Config {
    seed: Secret<Seed>,
}

fn main() {}
