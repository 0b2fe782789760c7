use secret_core::Secret;

fn main() {
    let mut key = Secret::<String>::init_with_mut(|mut text| text.push('k'));
    let _taken = std::mem::take(&mut *key.expose_secret_mut());
}
