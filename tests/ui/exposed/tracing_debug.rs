use secret_core::SecretString;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    tracing::info!(key = ?key.expose_secret(), "signing in");
}
