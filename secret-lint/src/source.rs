//! The lints that read text and no MIR.

pub mod committed;
pub(crate) mod extent;
pub mod hardcoded;
pub mod literal;
mod placeholder;
mod randomness;
pub(crate) mod secret_fields;
pub(crate) mod secret_literal;
pub mod shape;
pub(crate) mod test_code;
pub(crate) mod tokens;
#[expect(unreachable_pub, reason = "the file is public in secret-core")]
pub(crate) mod words;
