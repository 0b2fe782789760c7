//! What `#[redact(zeroize)]` calls for each marked field.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::wipe;

/// A marked field that is about to be dropped. How it is wiped is found by its type, whatever alias that is written
/// as: first text and bytes, which are wiped in bulk, then types that wipe themselves, then those that can be wiped.
pub struct Wipe<'a, T: ?Sized>(pub &'a mut T);

impl Wipe<'_, String> {
    pub fn wipe(self) {
        wipe::bytes(core::mem::take(self.0).into_bytes());
    }
}

impl Wipe<'_, Vec<u8>> {
    pub fn wipe(self) {
        wipe::bytes(core::mem::take(self.0));
    }
}

impl Wipe<'_, Option<String>> {
    pub fn wipe(self) {
        if let Some(text) = self.0.take() {
            wipe::bytes(text.into_bytes());
        }
    }
}

pub trait WipesItself: Sized {
    fn wipe(self) {}
}

impl<T: ZeroizeOnDrop + ?Sized> WipesItself for Wipe<'_, T> {}

/// By reference, so that it is found last.
pub trait WipeAny {
    type Value: ?Sized;

    fn wipe(&mut self)
    where
        Self::Value: WipeField;
}

impl<T: ?Sized> WipeAny for Wipe<'_, T> {
    type Value = T;

    fn wipe(&mut self)
    where
        T: WipeField,
    {
        self.0.wipe_field();
    }
}

/// A field that can be wiped.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be wiped: it does not implement `Zeroize`",
    label = "`#[redact(zeroize)]` wipes this field on drop, since it is marked",
    note = "use `SecretString` or `Secret<T>`, which wipe themselves",
    note = "for a type of your own, `#[derive(zeroize::Zeroize)]` on it; for a type parameter, write the bound where it is declared"
)]
pub trait WipeField {
    fn wipe_field(&mut self);
}

#[diagnostic::do_not_recommend]
impl<T: Zeroize + ?Sized> WipeField for T {
    fn wipe_field(&mut self) {
        self.zeroize();
    }
}
