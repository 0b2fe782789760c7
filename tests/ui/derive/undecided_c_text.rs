use secret_core::Redact;

#[derive(Redact)]
struct Config {
    name: [std::ffi::c_char; 4],
}

fn main() {}
