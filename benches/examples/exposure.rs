//! Two functions that open a secret, for their assembly to be looked at.

use secret_core::{Secret, SecretString};

/// Opens a text: the loads of its pointer and length.
#[inline(never)]
pub fn open_text(secret: &SecretString) -> &str {
    secret
        .expose_secret()
        .declassify("the pointer is only looked at")
}

/// Opens an array: the load of its pointer.
#[inline(never)]
pub fn open_array(secret: &Secret<[u8; 32]>) -> &[u8; 32] {
    secret
        .expose_secret()
        .declassify("the pointer is only looked at")
}
