//! The scenarios under the system allocator.

fn main() {
    secret_residue::scenario();
}
