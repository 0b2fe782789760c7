use secret_core::SecretString;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    // SAFETY: there is one thread.
    unsafe { std::env::set_var("API_KEY", key.expose_secret()) };
}
