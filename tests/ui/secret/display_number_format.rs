use secret_core::Secret;

fn main() {
    let pin: Secret<u16> = Secret::new(Box::new(4711));
    println!("{:x}", pin);
}
