use secret_core::Secret;

fn main() {
    let mut pin = Secret::<String>::init_with_mut(|_| ());
    let grown: &mut String = &mut pin.expose_secret_mut();
    grown.push_str("1");
}
