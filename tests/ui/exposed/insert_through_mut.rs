use secret_core::Secret;

fn main() {
    let mut key = Secret::<String>::init_with_mut(|mut text| text.push('k'));
    key.expose_secret_mut().insert(0, 'k');
}
