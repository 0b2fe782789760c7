use secret_core::{Secret, zeroize::Zeroize};

#[derive(Default)]
struct Pair(u8, u8);

impl Zeroize for Pair {
    fn zeroize(&mut self) {}
}

fn main() {
    let left = Secret::<Pair>::init_with_mut(|_| ());
    let right = Secret::<Pair>::init_with_mut(|_| ());
    let _same = left == right;
}
