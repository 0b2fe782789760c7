use secret_core::SecretString;

fn main() {
    let key = SecretString::from(String::from("k-4711"));
    let _list = [key.expose_secret(), key.expose_secret()].join(",");
}
