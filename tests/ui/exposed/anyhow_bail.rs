use secret_core::SecretString;

fn main() -> anyhow::Result<()> {
    let key = SecretString::from(String::from("k-4711"));
    anyhow::bail!("refused {}", key.expose_secret());
}
