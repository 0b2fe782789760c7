use secret_core::Secret;

fn main() {
    let mut key = Secret::<Vec<u8>>::init_with_mut(|mut bytes| bytes.push(1));
    let mut plain = Vec::new();
    std::mem::swap(&mut plain, &mut *key.expose_secret_mut());
}
