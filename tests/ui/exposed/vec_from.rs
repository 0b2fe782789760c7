use secret_core::SecretBytes;

fn main() {
    let key = SecretBytes::from(vec![0x2a; 32]);
    let _copy = Vec::<u8>::from(key.expose_secret());
}
