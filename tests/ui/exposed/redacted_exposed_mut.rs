use secret_core::Redacted;

fn main() {
    let mut code = Redacted::new(4711);
    println!("{:?}", code.expose_secret_mut());
}
