use secret_core::Redacted;

fn main() {
    let code = Redacted::new(4711);
    println!("{}", code.expose_secret());
}
