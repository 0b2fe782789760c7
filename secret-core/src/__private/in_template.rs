//! What stands for a field in a template of `#[redact(display = "…")]`.

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::sync::Arc;
use core::fmt::{self, Debug, Display, Write};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use core::num::NonZero;

use zeroize::Zeroize;

use super::Value;
use crate::placeholder;
use crate::redacted::Redacted;
use crate::secret::Secret;

/// A field that a template shows as `{field}`, and whose `Display` shows no more than its `Debug`: a number, what always
/// redacts, or what has a template of its own. Nobody vouches for a `Display` that somebody else wrote.
#[diagnostic::on_unimplemented(
    message = "nobody has decided whether the `Display` of `{Self}` may be shown",
    label = "the template shows this field",
    note = "write `{{field:?}}` in the template to show it as `Debug` does",
    note = "if its `Display` may be shown, mark the field `#[redact(safe)]`",
    note = "for a type of your own, `#[derive(Redact)]` with `#[redact(display = \"…\")]` on it"
)]
pub trait InTemplateField: Display {}

macro_rules! in_template {
    ($($type:ty),* $(,)?) => { $(
        #[diagnostic::do_not_recommend]
        impl InTemplateField for $type {}
    )* };
}

// That text is not `LogSafe` is said where its `Debug` form is made.
in_template!(
    bool,
    char,
    str,
    String,
    u8,
    u16,
    u32,
    u64,
    u128,
    usize,
    i8,
    i16,
    i32,
    i64,
    i128,
    isize,
    f32,
    f64,
    IpAddr,
    Ipv4Addr,
    Ipv6Addr,
    SocketAddr,
    SocketAddrV4,
    SocketAddrV6,
    NonZero<u8>,
    NonZero<u16>,
    NonZero<u32>,
    NonZero<u64>,
    NonZero<u128>,
    NonZero<usize>,
    NonZero<i8>,
    NonZero<i16>,
    NonZero<i32>,
    NonZero<i64>,
    NonZero<i128>,
    NonZero<isize>,
);

#[cfg(feature = "std")]
in_template!(std::io::ErrorKind);

macro_rules! in_template_inside {
    ($({$($bounds:tt)*} $type:ty),* $(,)?) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($bounds)*> InTemplateField for $type where Self: Display {}
    )* };
}

in_template_inside!(
    {T: InTemplateField + ?Sized} &T,
    {T: InTemplateField + ?Sized} &mut T,
    {T: InTemplateField + ?Sized} Box<T>,
    {T: InTemplateField + ?Sized} Rc<T>,
    {T: InTemplateField + ?Sized} Arc<T>,
    {T: InTemplateField + ToOwned + ?Sized} Cow<'_, T>,
    {T: Zeroize + ?Sized} Secret<T>,
    {T: ?Sized} Redacted<T>,
);

/// The value itself, once its `Debug` form has been made, which is what checks that it may be shown.
#[inline]
pub fn in_template<'a, T: InTemplateField>(_checked: Value<'_>, value: &'a T) -> &'a dyn Display {
    value
}

/// The same for a field that is shown by decision.
#[inline]
pub fn displayed<'a, T: DisplayedField>(_checked: Value<'_>, value: &'a T) -> &'a dyn Display {
    value
}

/// A field marked `#[redact(safe)]` that a template shows as `{field}`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `Display`, which the template asks for",
    label = "the template shows this field",
    note = "write `{{field:?}}` in the template to show it as `Debug` does"
)]
pub trait DisplayedField: Display {}

#[diagnostic::do_not_recommend]
impl<T: Display + ?Sized> DisplayedField for T {}

/// A marked field: its `Display` is what its `Debug` shows. It honours width, fill and alignment as a whole and
/// ignores the precision, which would cut a placeholder in two.
pub struct InTemplate<'a>(pub Value<'a>);

impl Display for InTemplate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut length = Length(0);
        if f.width().is_some() {
            write!(length, "{:?}", self.0)?;
        }
        placeholder::pad_around(f, length.0, |f| f.write_fmt(format_args!("{:?}", self.0)))
    }
}

impl Debug for InTemplate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return self.0.fmt(f);
        }
        Display::fmt(self, f)
    }
}

/// Counts the characters written to it.
struct Length(usize);

impl Write for Length {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.chars().count();
        Ok(())
    }
}
