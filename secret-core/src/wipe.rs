//! Wiping buffers that are left behind, at the speed of `memset`.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroize;

/// Wipes the whole allocation, spare capacity included.
///
/// `zeroize` wipes a `Vec` element by element but a slice of bytes in bulk, so the vector is stretched over its
/// allocation first; that does not reallocate.
pub(crate) fn bytes(mut buffer: Vec<u8>) {
    buffer.resize(buffer.capacity(), 0);
    buffer.as_mut_slice().zeroize();
}

/// Boxes the bytes without spare capacity and without leaving a copy.
///
/// `Vec::into_boxed_slice` shrinks by reallocation, which may move the bytes and free the old block unwiped, so a
/// buffer with spare capacity is copied once and wiped.
#[inline]
pub(crate) fn into_boxed_slice(buffer: Vec<u8>) -> Box<[u8]> {
    if buffer.len() == buffer.capacity() {
        return buffer.into_boxed_slice();
    }
    let exact = Box::from(buffer.as_slice());
    bytes(buffer);
    exact
}

/// [`into_boxed_slice`] for text.
#[inline]
pub(crate) fn into_boxed_str(text: String) -> Box<str> {
    if text.len() == text.capacity() {
        return text.into_boxed_str();
    }
    let exact = Box::from(text.as_str());
    bytes(text.into_bytes());
    exact
}

/// Makes room for `additional` more bytes; when that takes a new allocation, the old one is wiped.
pub(crate) fn reserve(buffer: &mut Vec<u8>, additional: usize) {
    let needed = buffer.len().saturating_add(additional);
    if needed <= buffer.capacity() {
        return;
    }
    let mut larger = Vec::with_capacity(needed.max(buffer.capacity().saturating_mul(2)));
    larger.extend_from_slice(buffer);
    bytes(core::mem::replace(buffer, larger));
}
