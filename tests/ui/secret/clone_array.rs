use secret_core::Secret;

fn main() {
    let key = Secret::<[u8; 32]>::init_with_mut(|mut key| key.fill(7));
    let _copy = key.clone();
}
