use secret_core::SecretString;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let _span = tracing::info_span!("login", key = %key.expose_secret()).entered();
}
