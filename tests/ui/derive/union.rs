use secret_core::Redact;

#[derive(Redact)]
union Bits {
    number: u32,
    float: f32,
}

fn main() {}
