use secret_core::SecretBytes;

fn main() {
    let key = SecretBytes::from(vec![0x2a; 32]);
    let _copy = key.expose_secret().to_vec();
}
