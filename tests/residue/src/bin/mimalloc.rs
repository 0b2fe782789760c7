//! The scenarios under mimalloc, which moves blocks that the system allocator would shrink in place.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    secret_residue::scenario();
}
