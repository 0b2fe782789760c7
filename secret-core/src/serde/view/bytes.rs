//! Secret bytes on their way into a `with` module such as [`base64`](crate::serde::base64).

use core::ops::Deref;

use crate::secret::SecretBytes;

/// Secret bytes that `revealed("why")` is writing. Only it makes one, so that `with = "secret_core::serde::base64"`
/// reads and writes there and does not let a derived `Serialize` write the secret.
pub struct OpenedBytes<'a>(&'a SecretBytes);

/// [`OpenedBytes`] and nothing else, for what the compiler says about anything else.
#[diagnostic::on_unimplemented(
    message = "a derived `Serialize` would write these secret bytes",
    label = "only the view of `revealed` writes them",
    note = "derive `Redact` with `#[redact(serialize)]` instead of `Serialize`: `redacted()` hides them, `revealed(\"why\")` writes them",
    note = "or hide them: `#[serde(serialize_with = \"secret_core::serde::redacted\")]`, and `deserialize_with` for reading"
)]
pub trait RevealedBytes {
    fn bytes(&self) -> &SecretBytes;
}

impl RevealedBytes for OpenedBytes<'_> {
    fn bytes(&self) -> &SecretBytes {
        self.0
    }
}

impl OpenedBytes<'_> {
    pub fn get(&self) -> &Self {
        self
    }
}

/// Functions of users take the secret itself.
impl Deref for OpenedBytes<'_> {
    type Target = SecretBytes;

    fn deref(&self) -> &SecretBytes {
        self.0
    }
}

/// A value that is handed to a function of `serialize_with`: as itself, but secret bytes as [`OpenedBytes`].
pub struct Opening<'a, T: ?Sized>(pub &'a T);

impl<'a> Opening<'a, SecretBytes> {
    pub fn open(&self) -> OpenedBytes<'a> {
        OpenedBytes(self.0)
    }
}

pub trait Closed<'a, T: ?Sized> {
    fn open(&self) -> Itself<'a, T>;
}

impl<'a, T: ?Sized> Closed<'a, T> for Opening<'a, T> {
    fn open(&self) -> Itself<'a, T> {
        Itself(self.0)
    }
}

pub struct Itself<'a, T: ?Sized>(&'a T);

impl<'a, T: ?Sized> Itself<'a, T> {
    pub fn get(&self) -> &'a T {
        self.0
    }
}
