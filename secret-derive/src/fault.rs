//! The faults of a type, collected so that all of them are reported in one go.

use proc_macro2::Span;
use syn::Error;

#[derive(Default)]
pub(crate) struct Faults(Option<Error>);

impl Faults {
    /// Adds a fault at the token that the user wrote.
    pub(crate) fn add(&mut self, span: Span, message: impl std::fmt::Display) {
        self.push(Error::new(span, message));
    }

    pub(crate) fn push(&mut self, error: Error) {
        match &mut self.0 {
            Some(errors) => errors.combine(error),
            None => self.0 = Some(error),
        }
    }

    /// All faults as one error, if there are any.
    pub(crate) fn into_error(self) -> Option<Error> {
        self.0
    }
}
