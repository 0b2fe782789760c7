use secret_core::SecretString;

static KEY: SecretString = SecretString::from(String::from("k-4711"));

fn main() {
    let _ = &KEY;
}
