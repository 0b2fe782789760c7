//! What stands for a field in a template of `#[redact(display = "…")]`.

use core::fmt::{self, Debug, Display, Write};

use super::Value;
use crate::placeholder;

/// A field that a template shows as `{field}`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `Display`, which the template asks for",
    label = "the template shows this field",
    note = "write `{{field:?}}` in the template to show it as `Debug` does"
)]
pub trait InTemplateField: Display {}

#[diagnostic::do_not_recommend]
impl<T: Display + ?Sized> InTemplateField for T {}

/// The value itself, once its `Debug` form has been made, which is what checks that it may be shown.
#[inline]
pub fn in_template<'a, T: InTemplateField>(_checked: Value<'_>, value: &'a T) -> &'a dyn Display {
    value
}

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
